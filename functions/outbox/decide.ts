import type { OutboxDetail } from '../../schemas/api/outbox.ts';
import type { Decided } from '../../schemas/call.ts';
import { instantOf } from '../../schemas/time.ts';
import { callOf, callRow, receivedOf, receivedRow } from '../calls/rows.ts';
import { Conflict, Forbidden, type Refusal, Refused } from '../shared/errors.ts';
import { theTable } from '../shared/ports.ts';
import { messageOf, messageRow } from '../shared/rows.ts';
import type { Call } from '../shared/serve.ts';
import { ConditionFailed, type Item } from '../shared/table/port.ts';
import { type Caller, decisionsOn, detailOf, type Found, mayHaveLeft, mayOutbox } from './entry.ts';
import { findEntry } from './list.ts';

type What = 'again' | 'give-up';

const notNow = (what: What, row: Item): Refusal => ({
  path: 'state',
  code: 'not-now',
  message:
    what === 'again'
      ? {
          ru: `Отправить ещё раз можно то, что не удалось или от чего отказались; сейчас состояние «${String(row.state)}»`,
          en: `What failed or was given up can be tried again; this is “${String(row.state)}”`,
          ro: `Se poate trimite din nou ce a eșuat sau la ce s-a renunțat; acum starea este „${String(row.state)}”`,
        }
      : {
          ru: `Отказаться можно от того, что ещё не ушло; сейчас состояние «${String(row.state)}»`,
          en: `What has not left can be given up; this is “${String(row.state)}”`,
          ro: `Se poate renunța la ce nu a plecat încă; acum starea este „${String(row.state)}”`,
        },
});

const mayArriveTwice: Refusal = {
  path: 'evenSo',
  code: 'may-have-left',
  message: {
    ru: 'Сообщение могло дойти: чем кончилась последняя попытка, неизвестно. Подтвердите, что отправить его ещё раз всё равно нужно',
    en: 'The message may have arrived: how the last attempt ended is not known. Confirm that it is to be sent again even so',
    ro: 'Mesajul ar fi putut ajunge: nu se știe cum s-a încheiat ultima încercare. Confirmați că trebuie trimis din nou',
  },
};

/** The row as it is after the decision. */
const decidedOn = (row: Item, decided: Decided): Item => {
  const { at } = decided;
  const isAgain = decided.what === 'again';
  switch (row.row) {
    case 'call': {
      const { nextAttemptAt: _, failingSince: __, ...call } = callOf(row);
      return callRow({
        ...call,
        state: isAgain ? 'queued' : 'given-up',
        failures: 0,
        resent: call.resent + (isAgain ? 1 : 0),
        decided,
        changedAt: at,
      });
    }
    case 'message': {
      const { nextAttemptAt: _, ...message } = messageOf(row);
      return messageRow({
        ...message,
        state: isAgain ? 'queued' : 'given-up',
        ...(isAgain ? { resent: (message.resent ?? 0) + 1, resentAt: at } : {}),
        decided,
        changedAt: at,
      });
    }
    default: {
      const { nextAttemptAt: _, problem: __, ...received } = receivedOf(row);
      return receivedRow({ ...received, state: 'received', resentAt: at, decided, changedAt: at });
    }
  }
};

const decide = async (
  id: string,
  what: What,
  { reason, evenSo }: { reason: string; evenSo: boolean },
  caller: Caller,
): Promise<OutboxDetail> => {
  const found: Found = await findEntry(id, caller);
  const { reader, now } = caller;
  if (!mayOutbox('edit', found, caller))
    throw new Forbidden(
      `your roles (${reader.user.roles.join(', ')}) have no right to edit (outbox) here; an administrator gives rights`,
    );
  const { row } = found;
  if (!decisionsOn(row).includes(what)) throw new Refused([notNow(what, row)]);
  if (what === 'again' && !evenSo && row.row === 'message' && mayHaveLeft(messageOf(row)))
    throw new Refused([mayArriveTwice]);
  const decided: Decided = {
    what: what === 'again' ? 'again' : 'given-up',
    by: { user: reader.user.id },
    reason,
    at: instantOf(now),
  };
  const after = decidedOn(row, decided);
  try {
    await theTable().write({
      put: after,
      if: { equals: { state: String(row.state), attempts: Number(row.attempts) } },
    });
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
    throw new Conflict(`"${id}" has gone on since it was read; look at it again`, { cause: error });
  }
  const detail = detailOf({ ...found, row: after }, caller);
  if (detail === undefined) throw new Error(`"${id}" is a row that cannot be shown`);
  return detail;
};

/** POST /v1/outbox/{id}/again: one more attempt of the same call or message, so that nothing is doubled where it can be asked for. */
export const sendAgain = (call: Call<'outbox.again'>) => decide(call.params.id, 'again', call.body, call);

/** POST /v1/outbox/{id}/give-up */
export const giveUp = (call: Call<'outbox.giveUp'>) =>
  decide(call.params.id, 'give-up', { reason: call.body.reason, evenSo: true }, call);
