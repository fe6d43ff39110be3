import type { Executor, Outcome } from '../../calls/carry.ts';
import { Refused } from '../../shared/errors.ts';
import { callCourier, intakeState, intakesOf } from '../cdek/courier.ts';
import { CdekRefused } from '../cdek/errors.ts';
import { courierBecame } from '../follow.ts';
import { aboutParcel, type Opened, subjectOf, writeParcel } from '../opened.ts';

const askedFor = (answer: string | undefined): string | undefined =>
  /^call ([0-9a-f]{8}-[0-9a-f-]{27})$/i.exec(answer ?? '')?.[1];

/** The call that an attempt before has made, its answer lost or not. */
const madeBefore = async ({ call, parcel, cdek }: Opened, order: string): Promise<string | undefined> => {
  const answered = askedFor(call.answer);
  if (answered !== undefined || call.attempts === 1) return answered;
  const known = parcel.courier?.uuid;
  return (await intakesOf(cdek, order)).find((uuid) => uuid !== known);
};

const asked = async (open: Opened): Promise<Outcome> => {
  const { call, card, parcel, cdek } = open;
  const { uuid: order, courier } = parcel;
  if (order === undefined || courier?.state !== 'asked') return { as: 'done', answer: 'called off' };
  const before = await madeBefore(open, order);
  if (before === undefined) {
    const { day, from, to } = courier;
    return {
      as: 'waiting',
      afterSeconds: 3,
      answer: `call ${await callCourier(cdek, { order, day, from, to })}`,
    };
  }
  const state = await intakeState(cdek, before);
  if (state.as === 'under-way')
    return { as: 'waiting', afterSeconds: state.afterSeconds * call.attempts, answer: `call ${before}` };
  if (state.as === 'failed')
    return {
      as: 'refused',
      problem: `CDEK sends no courier: ${state.reasons.map(({ code, means }) => means?.en ?? code).join(', ')}`,
    };
  await writeParcel(card.deal.id, parcel.id, (now, it, context) =>
    courierBecame(now, it, { uuid: before }, `${call.id}:${call.resent}`, context),
  );
  return { as: 'done', answer: 'the courier comes' };
};

/** Calls a courier for a registered parcel. */
export const courier: Executor = {
  carry: aboutParcel(async (open) => {
    try {
      return await asked(open);
    } catch (error) {
      if (error instanceof CdekRefused || error instanceof Refused)
        return { as: 'refused', problem: error.message };
      throw error;
    }
  }),
  async failed(call, doing) {
    const { card, parcel } = await subjectOf(call, doing);
    await writeParcel(card.deal.id, parcel.id, (now, it, context) =>
      courierBecame(now, it, { problem: call.problem ?? '' }, `${call.id}:${call.resent}`, context),
    );
  },
};
