import { takeMailEvent } from '../notify/mail-events.ts';
import { mailIdKey } from '../notify/rfc-id.ts';
import { messageKey } from '../shared/keys.ts';
import { theCompany, theTable } from '../shared/ports.ts';
import { messageOf } from '../shared/rows.ts';
import type { Bounce } from './bounce.ts';

/**
 * A mail server says in a letter of its own that one of ours did not arrive: the letter is marked as one that SES told us of. Only
 * where the report names our letter by the id it left under and the address it went to: whoever knows both got it.
 *
 * @returns the deal of that letter
 */
export const takeBounce = async (
  { of, recipient, status, problem }: Bounce,
  now: Date,
): Promise<string | undefined> => {
  const table = theTable();
  const known = of === undefined ? undefined : await table.get(mailIdKey(of), { consistent: true });
  if (typeof known?.message !== 'string') return undefined;
  const row = await table.get(messageKey(known.message), { consistent: true });
  const message = row === undefined ? undefined : messageOf(row);
  if (message?.providerId === undefined || message.to.trim().toLowerCase() !== recipient) return undefined;
  await takeMailEvent(
    {
      'detail-type': 'Email Bounced',
      detail: {
        mail: { messageId: message.providerId, tags: { message: [message.id] } },
        bounce: {
          bounceType: status?.startsWith('4') === true ? 'Transient' : 'Permanent',
          bouncedRecipients: [
            {
              emailAddress: message.to,
              diagnosticCode: [status, problem].filter((part) => part !== undefined).join(' '),
            },
          ],
        },
      },
    },
    { table, company: await theCompany(), now },
  );
  return message.deal;
};
