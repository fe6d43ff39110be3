import { finalStates } from '../../../schemas/parcel-state.ts';
import type { Executor, Outcome } from '../../calls/carry.ts';
import { cancelIntake } from '../cdek/courier.ts';
import { CdekRefused } from '../cdek/errors.ts';
import {
  cancelOrder,
  orderBy,
  orderByNumber,
  refuseOrder,
  requestState,
  returnFromClient,
} from '../cdek/orders.ts';
import { bucketOf } from '../cdek/statuses.ts';
import { accepted, cancelled, notDone, returnOf, withParcel } from '../follow.ts';
import { aboutParcel, type Opened, subjectOf, writeParcel } from '../opened.ts';

const isAsked = 'asked for';

/** What CDEK does not do is told once, with why; the parcel goes on as it did. */
const failed: Exclude<Executor, (...given: never) => unknown>['failed'] = async (call, doing) => {
  const { card, parcel } = await subjectOf(call, doing);
  await writeParcel(card.deal.id, parcel.id, (now, it, context) =>
    notDone(now, it, call.problem ?? '', `${call.id}:${call.resent}`, context),
  );
};

const refusedBy = (error: unknown): Outcome => {
  if (error instanceof CdekRefused) return { as: 'refused', problem: error.message };
  throw error;
};

/** One whose order CDEK has not heard of yet, or heard without our hearing its answer. */
const unsent = async ({ card, parcel, cdek }: Opened): Promise<Outcome> => {
  if (parcel.state === 'rejected') {
    await writeParcel(card.deal.id, parcel.id, (now, it, at) => cancelled(now, it, at));
    return { as: 'done', answer: 'CDEK had not taken it' };
  }
  const there = await orderByNumber(cdek, parcel.number);
  if (there !== undefined)
    await writeParcel(card.deal.id, parcel.id, (now, it) => accepted(now, it, there.uuid));
  return { as: 'waiting', afterSeconds: there === undefined ? 60 : 1 };
};

/** A courier who was called for what is called off would come for nothing. */
const sendAway = async ({ card, parcel, cdek }: Opened): Promise<void> => {
  const { courier } = parcel;
  if (courier?.uuid === undefined) return;
  await cancelIntake(cdek, courier.uuid);
  await writeParcel(card.deal.id, parcel.id, (now, { courier: _, ...rest }) => withParcel(now, rest));
};

/** Calls off a parcel that was not handed in. */
export const cancel: Executor = {
  failed,
  carry: aboutParcel(async (open) => {
    const { call, card, parcel, cdek } = open;
    try {
      // A callback may have told that it is removed before we ask.
      if (parcel.state === 'cancelled') await sendAway(open);
      if (finalStates.has(parcel.state) && parcel.state !== 'rejected')
        return { as: 'done', answer: parcel.state };
      if (parcel.uuid === undefined) return await unsent(open);
      if (call.answer !== isAsked) {
        await cancelOrder(cdek, parcel.uuid);
        return { as: 'waiting', afterSeconds: 3, answer: isAsked };
      }
      const order = await orderBy(cdek, parcel.uuid);
      const isRemoved =
        order === undefined ||
        order.statuses.some(({ code, deleted }) => !deleted && bucketOf(code) === 'cancelled');
      const { as, reasons } = isRemoved
        ? { as: 'done' as const, reasons: [] }
        : await requestState(cdek, parcel.uuid, 'DELETE');
      if (as === 'refused')
        return { as, problem: `CDEK refuses: ${reasons.map(({ code }) => code).join(', ')}` };
      if (as === 'under-way') return { as: 'waiting', afterSeconds: Math.min(3600, 3 * 2 ** call.attempts) };
      await sendAway(open);
      await writeParcel(card.deal.id, parcel.id, (now, it, at) => cancelled(now, it, at));
      return { as: 'done', answer: 'removed' };
    } catch (error) {
      return refusedBy(error);
    }
  }),
};

/** Has a parcel turned back that is under way; its statuses tell the rest. */
export const refusal: Executor = {
  failed,
  carry: aboutParcel(async ({ call, parcel, cdek }) => {
    if (finalStates.has(parcel.state) || parcel.uuid === undefined)
      return { as: 'done', answer: parcel.state };
    try {
      await refuseOrder(cdek, parcel.uuid);
      return { as: 'done', answer: 'turned back' };
    } catch (error) {
      const order = call.attempts > 1 ? await orderBy(cdek, parcel.uuid) : undefined;
      // The answer of an attempt before was lost.
      if (order?.statuses.some(({ code }) => bucketOf(code) === 'returned') === true)
        return { as: 'done', answer: 'turned back' };
      return refusedBy(error);
    }
  }),
};

/** Has a delivered parcel brought back; what does it is a parcel of its own. */
export const clientReturn: Executor = {
  failed,
  carry: aboutParcel(async ({ call, card, parcel, cdek }) => {
    const { uuid } = parcel;
    if (uuid === undefined) return { as: 'refused', problem: 'it never was at CDEK' };
    const known = new Set(card.parcels.flatMap((other) => other.uuid ?? []));
    const there = call.attempts > 1 ? await orderBy(cdek, uuid) : undefined;
    const lost = there?.related.find(
      ({ type, uuid: other }) => /return|reverse/.test(type) && !known.has(other),
    );
    try {
      const back = lost?.uuid ?? (await returnFromClient(cdek, uuid, parcel.tariff));
      await writeParcel(card.deal.id, parcel.id, (now, it, context) => {
        const { asked: _, ...rest } = it;
        const without = withParcel(now, rest);
        return without.parcels.some((other) => other.uuid === back)
          ? without
          : withParcel(without, returnOf(it, back, context));
      });
      return { as: 'done', answer: `comes back as ${back}` };
    } catch (error) {
      return refusedBy(error);
    }
  }),
};
