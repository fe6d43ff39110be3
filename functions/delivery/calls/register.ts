import { languageOf } from '../../../schemas/pack.ts';
import type { Parcel, ParcelProblem } from '../../../schemas/parcel.ts';
import { finalStates } from '../../../schemas/parcel-state.ts';
import { say } from '../../../schemas/text.ts';
import type { Executor, Outcome } from '../../calls/carry.ts';
import { tellThatItFailed } from '../../calls/failed.ts';
import type { Context } from '../../deals/context.ts';
import { type Refusal, Refused } from '../../shared/errors.ts';
import { log } from '../../shared/log.ts';
import { theTable } from '../../shared/ports.ts';
import { CdekRefused } from '../cdek/errors.ts';
import {
  type CdekOrder,
  orderByNumber,
  type Registration,
  registerOrder,
  registrationBy,
  standing,
} from '../cdek/orders.ts';
import { cityIn } from '../city-in.ts';
import { accepted, cancelled, heard, problemsOf, rejected, withParcel } from '../follow.ts';
import { aboutParcel, cdekOf, type Opened, subjectOf, writeParcel } from '../opened.ts';
import { remade } from '../order.ts';
import { unpayable } from '../payable.ts';
import { recipientOf } from '../recipient.ts';
import { shipStepOf } from '../steps-of.ts';
import { addressIn, draftOf } from '../to-draft.ts';

/** CDEK checks an order within a minute; one it has not decided on for a day it never will. */
const longestMs = 24 * 3_600_000;

const ofRefusals = (refusals: readonly Refusal[], { pack }: Context): ParcelProblem[] =>
  refusals.map(({ path, code, message }) => ({
    code: `${path}: ${code}`.slice(0, 120),
    words: say(message, languageOf(pack)).slice(0, 500),
  }));

/** Puts down that the parcel is not taken, with a task for who mends it. */
const refuse = async (
  { call, card, parcel }: Opened,
  problems: (context: Context) => ParcelProblem[],
  said: string,
): Promise<Outcome> => {
  await writeParcel(card.deal.id, parcel.id, (now, it, context) =>
    rejected(now, it, problems(context), `${call.id}:${call.resent}`, context),
  );
  return { as: 'refused', problem: said };
};

/** One that was refused and is sent once more is made anew of what the deal says now. */
const anew = async (open: Opened): Promise<Opened | Outcome> => {
  const { card, parcel, context } = open;
  if (parcel.state !== 'rejected') return open;
  const step = shipStepOf(context.pipeline, parcel.step);
  if (step === undefined)
    return {
      as: 'refused',
      problem: `${context.pipeline.id} has no step "${parcel.step}" any more; order anew`,
    };
  let refusals: readonly Refusal[] = [];
  const written = await writeParcel(card.deal.id, parcel.id, async (now, it, at) => {
    const made = await remade(now, it, step, await recipientOf(now.deal, theTable()), at);
    refusals = made.ok ? [] : made.refusals;
    return made.ok ? withParcel(now, made.value) : now;
  });
  if (refusals.length === 0) return { ...open, ...written };
  return refuse(open, (at) => ofRefusals(refusals, at), refusals.map(({ code }) => code).join(', '));
};

const registration = async ({ call, card, parcel, context, cdek }: Opened): Promise<Registration> => {
  if (parcel.uuid !== undefined) return registrationBy(cdek, parcel.uuid);
  const settings = context.pack.integrations?.cdek;
  if (settings === undefined) throw new Error(`pack ${context.pack.id} has no settings of CDEK any more`);
  const { to } = parcel;
  const address =
    to.point === undefined && to.city === undefined ? addressIn(card.deal, to.address) : undefined;
  const city = address === undefined ? to.city : await cityIn(cdek, address);
  const placed = city === undefined ? parcel : { ...parcel, to: { ...to, city } };
  const refusals = await unpayable(cdek, placed);
  if (refusals.length > 0) throw new Refused(refusals);
  const recipient = await recipientOf(card.deal, theTable());
  return registerOrder(cdek, draftOf(placed, card.deal, recipient, settings), call.attempts > 1);
};

const became = async (open: Opened, found: Registration): Promise<Outcome> => {
  const { call, card, parcel, context } = open;
  const { id: deal } = card.deal;
  switch (found.as) {
    case 'registered':
      await writeParcel(deal, parcel.id, (now, it, at) => heard(now, it, found.order, at).card);
      return { as: 'done', answer: 'registered' };
    case 'under-way':
      await writeParcel(deal, parcel.id, (now, it) => accepted(now, it, found.uuid));
      if (context.now.getTime() - Date.parse(call.createdAt) > longestMs && call.resent === 0)
        return refuse(
          open,
          () => [{ code: 'undecided', words: 'СДЭК не закончил проверку заказа за сутки' }],
          'CDEK has not decided for a day',
        );
      return {
        as: 'waiting',
        afterSeconds: Math.min(600, found.afterSeconds * 2 ** Math.min(8, call.attempts - 1)),
        answer: `taken for checking: ${found.uuid}`,
      };
    case 'invalid':
      return refuse(
        open,
        (at) => problemsOf(found.reasons, at),
        `CDEK found it invalid: ${found.reasons.map(({ code }) => code).join(', ')}`,
      );
    default:
      return found satisfies never;
  }
};

/** One that was called off before CDEK heard of it; where an attempt may have arrived, it is looked for and called off there. */
const calledOff = async ({ call, card, parcel, cdek }: Opened): Promise<Outcome> => {
  const there = call.attempts > 1 ? await orderByNumber(cdek, parcel.number) : undefined;
  await writeParcel(card.deal.id, parcel.id, (now, it, at) =>
    there === undefined ? cancelled(now, it, at) : accepted(now, it, there.uuid),
  );
  return { as: 'done', answer: there === undefined ? 'called off before it was sent' : 'called off at CDEK' };
};

const carry = aboutParcel(async (given) => {
  const { parcel: before } = given;
  if (before.track !== undefined) return { as: 'done', answer: 'registered' };
  if (before.state === 'cancelled') return { as: 'done', answer: 'called off' };
  if (before.asked === 'cancel' && before.uuid === undefined) return calledOff(given);
  // It was found invalid, and a callback has told it: the same is not sent again by itself.
  if (before.state === 'rejected' && given.call.history.at(-2)?.as === 'waiting')
    return {
      as: 'refused',
      problem: `CDEK found it invalid: ${(before.problems ?? []).map(({ code }) => code).join(', ')}`,
    };
  const open = await anew(given);
  if ('as' in open) return open;
  try {
    return await became(open, await registration(open));
  } catch (error) {
    if (error instanceof CdekRefused)
      return refuse(open, (at) => problemsOf(error.reasons, at), error.message);
    if (error instanceof Refused) return refuse(open, (at) => ofRefusals(error.refusals, at), error.message);
    throw error;
  }
});

/** The order that CDEK has made although nobody heard it; `unknown` where CDEK cannot be asked either. */
const madeAllTheSame = async ({ number, pack }: Parcel): Promise<CdekOrder | undefined | 'unknown'> => {
  try {
    return await standing(await cdekOf(pack), number);
  } catch (error) {
    log.warn({ number, error }, 'whether CDEK has a parcel cannot be asked now');
    return 'unknown';
  }
};

const unheard = (problem: string, isKnown: boolean): ParcelProblem => ({
  code: 'no-answer',
  words: isKnown
    ? problem
    : `${problem.slice(0, 300)}. Есть ли заказ у СДЭК, узнать не удалось: проверьте его номер в кабинете СДЭК, прежде чем заказывать другую посылку`,
});

/** Has CDEK make an order of a parcel, once however often it is asked. */
export const register: Executor = {
  carry,
  async failed(call, doing) {
    const { card, parcel } = await subjectOf(call, doing);
    // Given up without an answer; what CDEK refused has been put down with its reasons.
    if (parcel.state === 'rejected') return;
    const there = await madeAllTheSame(parcel);
    await writeParcel(card.deal.id, parcel.id, (now, it, context) => {
      if (there === undefined || there === 'unknown')
        return rejected(
          now,
          it,
          [unheard(call.problem ?? '', there === undefined)],
          `${call.id}:${call.resent}`,
          context,
        );
      // What people gave up they do not want; what only was not heard of is there.
      if (call.state !== 'given-up') return heard(now, it, there, context).card;
      return finalStates.has(it.state) || it.asked !== undefined
        ? now
        : withParcel(now, { ...it, uuid: there.uuid, asked: 'cancel' });
    });
    // It is being checked still, and is asked after again when a person has it sent again.
    if (there !== undefined && there !== 'unknown' && there.track === undefined && call.state === 'failed')
      await tellThatItFailed(call, doing);
  },
};
