import type { Sender } from '../../schemas/incoming.ts';

/** What was found out about a letter before it is decided whose it is. */
export type Evidence = {
  /** the deal of the first recipient whose tag is right */
  readonly tagged?: string | undefined;
  /** deals of the letters it answers: of In-Reply-To, then of References from the last to the first */
  readonly answered: readonly string[];
  /** the mailbox of the company that it was sent to */
  readonly mailbox?: string | undefined;
  /** the domain of its From vouches for it */
  readonly isProven: boolean;
  /** who is known by the address in From */
  readonly contacts: readonly string[];
  /** open deals that name one of them */
  readonly openDeals: readonly string[];
};

export type Place =
  | { readonly to: 'deal'; readonly deal: string; readonly by: 'address' | 'answer' }
  /** somebody is to say what it is; `suggests`: the one deal it may belong to */
  | { readonly to: 'mailbox'; readonly mailbox: string; readonly suggests?: string }
  | { readonly to: 'unmatched'; readonly suggests?: string };

/**
 * Whose a letter is: of the deal whose address it was sent to, else of the deal of the letter it answers. The writer's address
 * alone proves nothing and attaches nothing: it suggests, where there is no choice.
 */
export const match = ({ tagged, answered, mailbox, openDeals }: Evidence): Place => {
  if (tagged !== undefined) return { to: 'deal', deal: tagged, by: 'address' };
  const [first] = answered;
  if (first !== undefined) return { to: 'deal', deal: first, by: 'answer' };
  const [only, ...others] = openDeals;
  const suggestion = only === undefined || others.length > 0 ? {} : { suggests: only };
  return mailbox === undefined
    ? { to: 'unmatched', ...suggestion }
    : { to: 'mailbox', mailbox, ...suggestion };
};

/** Whether the writer is somebody that the deal names. */
export const senderOf = (
  { isProven, contacts }: Pick<Evidence, 'isProven' | 'contacts'>,
  named: readonly string[],
): Sender => {
  if (!isProven) return 'unproven';
  return contacts.some((contact) => named.includes(contact)) ? 'known' : 'unknown';
};
