import type { SmsGateway } from '../../schemas/integrations/sms.ts';
import type { OutgoingMessage } from '../../schemas/message.ts';
import { instantOf } from '../../schemas/time.ts';
import { type Asked, queueCall } from '../calls/queue.ts';
import { oneLine } from '../notify/letter.ts';
import { Passing } from '../shared/errors.ts';
import { messageKey } from '../shared/keys.ts';
import { messageOf, messageRow } from '../shared/rows.ts';
import { ConditionFailed, type Table, type Write } from '../shared/table/port.ts';
import { plainWhereItSaves, segmentsOf } from './segments.ts';

const tries = 4;

/** A message as it is now. */
export const messageNow = async (id: string, table: Table): Promise<OutgoingMessage | undefined> => {
  const row = await table.get(messageKey(id), { consistent: true });
  return row === undefined ? undefined : messageOf(row);
};

/**
 * Writes a message by a rule, which gives back what it was given where there is nothing to change.
 *
 * @param along - goes into the same transaction; where it was written before, nothing is
 * @returns the message as it is then; nothing where there is none
 */
export const changeMessage = async (
  id: string,
  rule: (message: OutgoingMessage) => OutgoingMessage,
  table: Table,
  along?: Write,
): Promise<OutgoingMessage | undefined> => {
  for (let tried = 1; tried <= tries; tried += 1) {
    const before = await messageNow(id, table);
    const after = before === undefined ? undefined : rule(before);
    if (before === undefined || after === undefined || after === before) return before;
    const { state, attempts, changedAt } = before;
    const write: Write = {
      put: messageRow(after),
      if: { equals: { state, attempts, changedAt } },
    };
    try {
      if (along === undefined) await table.write(write);
      else await table.transact([write, along]);
      return after;
    } catch (error) {
      if (!(error instanceof ConditionFailed)) throw error;
      if (along !== undefined && error.failed.includes(1)) return before;
    }
  }
  throw new Passing(`others kept writing message "${id}"`);
};

/** Which time it is that a message is to go: people may have had it sent again. */
export const roundOf = ({ resent = 0 }: OutgoingMessage): number => resent;

/** What names a message to a gateway: once for each time that people had it sent. */
export const nameOf = (message: OutgoingMessage): string =>
  roundOf(message) === 0 ? message.id : `${message.id}.${roundOf(message)}`;

/** The words as they go over the air. */
export const wordsOf = ({ body }: Pick<OutgoingMessage, 'body'>): string => plainWhereItSaves(body);

/** Whether nobody knows how its last attempt of this time ended: the gateway may have it. */
export const isUnknown = ({ history, resentAt, createdAt }: OutgoingMessage): boolean => {
  const last = history?.at(-1);
  return last?.as === 'begun' && last.at >= (resentAt ?? createdAt);
};

/** The gateway's id of a message, kept with its name in front: two gateways may give the same. */
export const providerIdOf = (gateway: SmsGateway, id: string): string => `${gateway}:${id}`;
export const gatewayIdOf = ({ providerId }: OutgoingMessage): string | undefined =>
  providerId?.slice(providerId.indexOf(':') + 1);

/** Bodies of messages hold codes and names: what people read of a call is which text it is. */
const askedOf = (message: OutgoingMessage, gateway: SmsGateway, pack: string): Asked => ({
  provider: gateway,
  kind: 'sms',
  occasion: `${message.id}:${roundOf(message)}`,
  pack,
  about: `SMS: ${message.text}`,
  input: { message: message.id, round: roundOf(message) },
});

/** Has a message go by a gateway: the call is made if and only if the message says so. Asked twice it is asked once. */
export const goBy = async (
  message: OutgoingMessage,
  gateway: SmsGateway,
  { pack, deal }: { pack: string; deal: Asked['deal'] },
  { table, now }: { table: Table; now: Date },
): Promise<void> => {
  const { write } = queueCall({ ...askedOf(message, gateway, pack), deal }, now);
  await changeMessage(
    message.id,
    (before) =>
      (before.state === 'queued' || before.state === 'retrying') && roundOf(before) === roundOf(message)
        ? {
            ...before,
            sms: { gateway, is: 'queued', parts: Math.max(1, segmentsOf(wordsOf(before)).parts) },
            changedAt: instantOf(now),
          }
        : before,
    table,
    write,
  );
};

/** What may be written of a problem: one line. */
export const problemOf = (problem: string): string => oneLine(problem).slice(0, 400);
