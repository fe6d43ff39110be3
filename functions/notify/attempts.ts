import { idOf } from '../shared/new-id.ts';

const minute = 60_000;
const longest = 60;
const givenUpAfterMs = 24 * 60 * minute;

/** Between 0 and 1, always the same for the same attempt. */
const share = (message: string, attempt: number): number =>
  idOf(message, String(attempt)).charCodeAt(0) / 256;

/**
 * When an attempt that fails is followed by the next: after 1, 2, 4, … minutes, an hour at most, and up to a tenth more, so
 * that letters that failed together do not come back together.
 *
 * @param days - how long it is tried
 * @returns nothing once a message is that old by then: it has failed
 */
export const nextAttemptAt = (
  { id, createdAt }: { readonly id: string; readonly createdAt: string },
  attempt: number,
  now: Date,
  days = 1,
): Date | undefined => {
  const minutes = Math.min(2 ** (attempt - 1), longest);
  const at = new Date(now.getTime() + Math.round(minutes * minute * (1 + share(id, attempt) / 10)));
  return at.getTime() - Date.parse(createdAt) > days * givenUpAfterMs ? undefined : at;
};
