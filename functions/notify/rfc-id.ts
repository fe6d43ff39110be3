import type { OutgoingMessage } from '../../schemas/message.ts';
import { joinThread } from '../letters/thread.ts';
import type { Key, Table } from '../shared/table/port.ts';

/** The Message-ID that SES puts in place of whatever a letter had. */
export const rfcIdOf = (providerId: string, region: string): string =>
  `<${providerId}@${region === 'us-east-1' ? 'email' : region}.amazonses.com>`;

/** Under which an incoming letter finds what it answers: `{ deal, contact?, message }`. */
export const mailIdKey = (rfcId: string): Key => ({ pk: `MAIL-ID#${rfcId.toLowerCase()}`, sk: 'MAIL-ID' });

/**
 * Notes down under which id a letter to a client has left, so that the answer finds its deal and the next letter its thread.
 * Told again it changes nothing. @returns that id
 */
export const noteRfcId = async (
  { id: message, deal, contact, user, to }: OutgoingMessage,
  providerId: string,
  { table }: { table: Table },
): Promise<string> => {
  const rfcId = rfcIdOf(providerId, process.env.AWS_REGION ?? '');
  if (deal === undefined || user !== undefined) return rfcId;
  await table.write({
    put: {
      ...mailIdKey(rfcId),
      row: 'mail-id',
      message,
      deal,
      ...(contact === undefined ? {} : { contact }),
    },
  });
  await joinThread({ deal, contact, address: to }, { id: rfcId, is: 'sent', message }, table);
  return rfcId;
};
