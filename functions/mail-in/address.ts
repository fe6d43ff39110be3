import type { Mailbox } from '../intake/letters.ts';
import { equalInTime } from '../shared/equal-in-time.ts';
import { linkToken } from '../shared/link-token.ts';

/** So much of a link's token fits into an address beside the deal's id, and is 50 bits that nobody guesses by mail. */
const tagLength = 10;

/** What the address of a deal ends with. */
export const tagOf = async (deal: string): Promise<string> =>
  (await linkToken('mail', deal)).slice(0, tagLength);

/** The address by which answers find a deal. Deals of ids in capitals have none: an address has no case. */
export const addressOf = async (deal: string, domain: string): Promise<string> =>
  `deal+${deal}.${await tagOf(deal)}@${domain}`;

const dealAddress = /^deal\+([a-z0-9][a-z0-9._-]{0,25})\.([a-z2-7]{10})@(.+)$/;
const boxAddress = /^box\+([a-z0-9][a-z0-9._-]{0,63})@(.+)$/;

/** The deal whose address this is; nothing where the tag is not that deal's. */
export const dealAt = async (recipient: string, domain: string): Promise<string | undefined> => {
  const [, deal, tag, at] = dealAddress.exec(recipient.trim().toLowerCase()) ?? [];
  if (deal === undefined || tag === undefined || at === '' || at !== domain.toLowerCase()) return undefined;
  return equalInTime(tag, await tagOf(deal)) ? deal : undefined;
};

/** The mailbox of the company whose address this is, or to which its provider forwards: `box+<its entry>@<domain>`. */
export const mailboxAt = (
  recipient: string,
  domain: string,
  mailboxes: readonly Mailbox[],
): Mailbox | undefined => {
  const address = recipient.trim().toLowerCase();
  const [, entry, at] = boxAddress.exec(address) ?? [];
  return mailboxes.find(
    (box) =>
      box.entry.active &&
      (box.data.address.toLowerCase() === address ||
        (at === domain.toLowerCase() && box.entry.id.toLowerCase() === entry)),
  );
};
