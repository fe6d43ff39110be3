import * as z from 'zod';
import { EntityId } from '../../schemas/ids.ts';
import { Passing } from '../shared/errors.ts';
import { idOf } from '../shared/new-id.ts';
import { contentOf } from '../shared/rows.ts';
import { ConditionFailed, type Key, type Table } from '../shared/table/port.ts';

/** Who a thread is with: the contact, or the address of somebody who is none. */
export type With = { readonly deal: string; readonly contact?: string | undefined; readonly address: string };

/** Ids of the letters of one deal to and from one person: the first, then the last ones, in the order they came. */
export const Thread = z.object({
  ids: z.array(z.string()),
  /** of one that came the subject, for the answer to it */
  newest: z
    .object({ is: z.enum(['received', 'sent']), message: EntityId, subject: z.string().optional() })
    .optional(),
  count: z.int().nonnegative(),
});
export type Thread = z.infer<typeof Thread>;

const lastKept = 10;
const empty: Thread = { ids: [], count: 0 };

/** All threads of a deal are under one key, one with each person. */
export const threadsOf = (deal: string): string => `MAIL-THREAD#${deal}`;
const threadKey = ({ deal, contact, address }: With): Key => ({
  pk: threadsOf(deal),
  sk: contact ?? `address-${idOf(address.trim().toLowerCase())}`,
});

/** A Message-ID as a header may carry it: one pair of angle brackets, no blanks, none but ASCII. */
export const isMessageId = (id: string): boolean => /^<[!-;=?-~]{3,250}>$/.test(id);

export const readThread = async (of: With, table: Table): Promise<Thread> => {
  const row = await table.get(threadKey(of), { consistent: true });
  return row === undefined ? empty : Thread.parse(contentOf(row));
};

const joined = ({ ids, count }: Thread, id: string, newest: Thread['newest']): Thread => {
  const [root, ...rest] = [...ids, id];
  return {
    ids: root === undefined ? [] : [root, ...rest.slice(-lastKept)],
    count: count + 1,
    ...(newest === undefined ? {} : { newest }),
  };
};

const tries = 6;

/**
 * Adds a letter to the thread of its deal and person; one that is in it already changes nothing, and an id that no header may
 * carry is left out.
 *
 * @param letter - its Message-ID, whether it came or went, and the id under which we keep it
 */
export const joinThread = async (
  of: With,
  { id, ...newest }: { id: string; is: 'received' | 'sent'; message: string; subject?: string },
  table: Table,
): Promise<void> => {
  if (!isMessageId(id)) return;
  for (let tried = 1; tried <= tries; tried += 1) {
    const before = await readThread(of, table);
    if (before.ids.includes(id)) return;
    try {
      await table.write({
        put: { ...threadKey(of), row: 'mail-thread', ...joined(before, id, newest) },
        if: before.count === 0 ? { absent: true } : { equals: { count: before.count } },
      });
      return;
    } catch (error) {
      if (!(error instanceof ConditionFailed)) throw error; // another letter joined just now
    }
  }
  throw new Passing('other letters kept joining the thread of a deal');
};

/** SES takes no longer value of a header. */
const longest = 870;

/** The first and as many of the last as fit into one header. */
const references = ([root = '', ...rest]: readonly string[]): string => {
  const last: string[] = [];
  let length = root.length;
  for (const id of rest.toReversed()) {
    length += id.length + 1;
    if (length > longest) break;
    last.unshift(id);
  }
  return [root, ...last].join(' ');
};

/** The headers by which a mail program puts a further letter into the thread; none for its first. */
export const threadHeaders = ({ ids }: Thread): { Name: string; Value: string }[] => {
  const parent = ids.at(-1);
  return parent === undefined
    ? []
    : [
        { Name: 'In-Reply-To', Value: parent },
        { Name: 'References', Value: references(ids) },
      ];
};

/** The subject of an answer: `Re: ` once, however often it was answered before and in whose language. */
export const answerTo = (subject: string): string => `Re: ${subject.replace(answered, '').trim()}`;

/** What programs put before the subject of an answer. */
const answered = /^\s*(?:(?:re|aw|sv|отв|ответ|răsp)(?:\s*\[\d+\])?\s*:\s*)+/i;

/** Whether a subject is that of an answer already. */
export const isAnswer = (subject: string): boolean => answered.test(subject);
