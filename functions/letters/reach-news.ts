import type { Contact, Reach } from '../../schemas/contact.ts';
import type { OutgoingMessage } from '../../schemas/message.ts';
import { type Instant, instantOf } from '../../schemas/time.ts';

type Email = NonNullable<Reach['email']>;

/** What became of a letter, as far as it says something of the address or of the person. */
export type ReachNews =
  | { readonly as: 'bounced'; readonly problem: string }
  /** failed for a moment, at this moment */
  | { readonly as: 'soft'; readonly problem: string; readonly at: Date }
  | { readonly as: 'complained'; readonly problem: string };

const softKeptMs = 7 * 24 * 60 * 60_000;
const softAllowed = 3;

/** Those of the seven days before the newest, whichever of them was told first. */
const softOf = ({ soft = [] }: Partial<Email>, at: Date): Instant[] => {
  const all = [...new Set([...soft, instantOf(at)])].sort();
  const newest = Date.parse(all.at(-1) ?? instantOf(at));
  return all.filter((one) => newest - Date.parse(one) < softKeptMs).slice(-softAllowed);
};

const problemOf = (problem: string): { problem: string } => ({ problem: problem.slice(0, 300) });

const emailAfter = (
  before: Partial<Email>,
  news: ReachNews,
  letter: Pick<OutgoingMessage, 'id'>,
  now: Date,
): Partial<Email> => {
  const at = instantOf(now);
  switch (news.as) {
    case 'bounced':
      return before.state === 'bounced'
        ? before
        : { ...before, state: 'bounced', at, letter: letter.id, ...problemOf(news.problem) };
    case 'complained':
      return before.state === 'bounced'
        ? { ...before, optedOut: true }
        : before.state === 'complained'
          ? before
          : {
              ...before,
              state: 'complained',
              at,
              letter: letter.id,
              optedOut: true,
              ...problemOf(news.problem),
            };
    case 'soft': {
      if (before.state === 'bounced') return before;
      const soft = softOf(before, news.at);
      return soft.length < softAllowed
        ? { ...before, at: before.at ?? at, soft }
        : { ...before, state: 'bounced', at, soft, letter: letter.id, ...problemOf(news.problem) };
    }
    default:
      return news satisfies never;
  }
};

/** What is known of a person's address once this is known too; told again it is the same. */
export const reachAfter = (
  contact: Contact,
  news: ReachNews,
  letter: Pick<OutgoingMessage, 'id'>,
  now: Date,
): Contact => {
  const before = contact.reach?.email ?? {};
  const after = emailAfter(before, news, letter, now);
  if (JSON.stringify(after) === JSON.stringify(before)) return contact;
  const { at = instantOf(now), ...email } = after;
  return {
    ...contact,
    reach: { ...contact.reach, email: { ...email, at } },
    version: contact.version + 1,
    changedAt: instantOf(now),
  };
};
