import type { OutgoingMessage } from '../../schemas/message.ts';
import { instantOf } from '../../schemas/time.ts';
import type { Doing } from '../calls/carry.ts';
import { followFailure } from '../notify/after-failure.ts';
import { withOutcome } from '../notify/history.ts';
import { dealKey } from '../shared/keys.ts';
import { count } from '../shared/metrics.ts';
import { raiseTask, responsibleOnly } from '../tasks/raise.ts';
import { changeMessage, problemOf, providerIdOf, roundOf } from './message.ts';
import { isFinal, type SmsState, type Taken } from './provider.ts';

const isLastWay = ({ turns }: OutgoingMessage): boolean => (turns?.left.length ?? 0) === 0;

/** The client heard nothing, by no way: somebody calls them. */
const askToCall = async (message: OutgoingMessage, problem: string, { table }: Doing): Promise<void> => {
  const { deal, user, id } = message;
  if (deal === undefined || user !== undefined || !isLastWay(message)) return;
  if ((await table.get(dealKey(deal))) === undefined) return;
  await raiseTask(
    deal,
    {
      occasion: `sms:${id}:${roundOf(message)}`,
      to: responsibleOnly,
      title: {
        ru: 'Клиент не получил SMS: свяжитесь с ним',
        en: 'The client did not get an SMS: get in touch',
        ro: 'Clientul nu a primit SMS-ul: luați legătura cu el',
      },
      description: {
        ru: `«${message.subject}»: ${problem}. Позвоните клиенту или проверьте номер в карточке контакта; отправить ещё раз можно в исходящих.`,
        en: `“${message.subject}”: ${problem}. Call the client or check the number on the card of the contact; the outbox sends it again.`,
        ro: `„${message.subject}”: ${problem}. Sunați clientul sau verificați numărul din fișa contactului; din lista de trimiteri se poate trimite din nou.`,
      },
      dueIn: { unit: 'workdays', amount: 1 },
    },
    { by: { system: 'sms' } },
  );
};

const isOnItsWay = ({ state }: OutgoingMessage): boolean => state === 'queued' || state === 'retrying';

/** It will not go: the next way to the same person is gone, and where none is left people are told. Done twice it is done once. */
export const lost = async (message: OutgoingMessage, said: string, doing: Doing): Promise<void> => {
  const problem = problemOf(said);
  // What follows first: a call that ends in between is repeated, and what follows twice follows once.
  await followFailure({ ...message, problem }, doing);
  await askToCall(message, problem, doing);
  await changeMessage(
    message.id,
    (before) => {
      if (!isOnItsWay(before) || roundOf(before) !== roundOf(message)) return before;
      const { nextAttemptAt: _, ...rest } = before;
      return {
        ...withOutcome(rest, 'refused', problem),
        state: 'failed',
        problem,
        changedAt: instantOf(doing.now),
      };
    },
    doing.table,
  );
  count('LettersFailed');
};

/** Its person wants none: no other way is looked for, and nobody has anything to mend. */
export const withheld = (message: OutgoingMessage, problem: string, { table, now }: Doing) =>
  changeMessage(
    message.id,
    (before) => {
      const { nextAttemptAt: _, ...rest } = before;
      return isOnItsWay(before) ? { ...rest, state: 'failed', problem, changedAt: instantOf(now) } : before;
    },
    table,
  );

/** A gateway has it. That is believed even where it was given up before. */
export const taken = async (
  message: OutgoingMessage,
  { id, state, parts, cost }: Pick<Extract<Taken, { as: 'taken' }>, 'id' | 'state' | 'parts' | 'cost'>,
  { table, now }: Doing,
): Promise<void> => {
  await changeMessage(
    message.id,
    (before) => {
      const { nextAttemptAt: _, problem: __, sms, ...rest } = before;
      if (sms === undefined || before.state === 'sent' || before.state === 'delivered') return before;
      return {
        ...withOutcome(rest, 'done'),
        state: 'sent',
        providerId: providerIdOf(sms.gateway, id),
        sms: {
          ...sms,
          is: isFinal(state) ? 'sent' : state, // what has ended is heard of when it is asked after
          ...(parts === undefined ? {} : { parts }),
          ...(cost === undefined ? {} : { cost: cost.slice(0, 20) }),
        },
        changedAt: instantOf(now),
      };
    },
    table,
  );
  count('LettersSent');
};

const why: Readonly<Record<'undelivered' | 'rejected' | 'expired', string>> = {
  undelivered: 'it could not be delivered to this phone',
  rejected: 'the operator rejected it',
  expired: 'the phone was not to be reached until its time ran out',
};

/**
 * Writes down where a gateway says that a message is. One that will not arrive goes the next way. What has ended stays as it
 * ended; said twice it is done once.
 */
export const became = async (message: OutgoingMessage, is: SmsState, doing: Doing): Promise<void> => {
  if (message.state !== 'sent' || message.sms === undefined || message.sms.is === is || is === 'unknown')
    return;
  const isLost = is === 'undelivered' || is === 'rejected' || is === 'expired';
  const problem = isLost ? `${message.sms.gateway}: ${why[is]}` : undefined;
  if (problem !== undefined) {
    await followFailure({ ...message, problem }, doing);
    await askToCall(message, problem, doing);
  }
  let isNew = false;
  await changeMessage(
    message.id,
    (before) => {
      isNew = before.state === 'sent' && before.providerId === message.providerId && before.sms !== undefined;
      if (!isNew || before.sms === undefined) return before;
      return {
        ...before,
        state: isLost ? 'bounced' : is === 'delivered' ? 'delivered' : 'sent',
        ...(problem === undefined ? {} : { problem }),
        sms: { ...before.sms, is },
        changedAt: instantOf(doing.now),
      };
    },
    doing.table,
  );
  if (isNew && isLost) count('LettersBounced');
};
