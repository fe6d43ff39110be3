import { nextAttemptAt } from '../notify/attempts.ts';

/** A failing thing, told apart by its id, and since when it fails. */
type Failing = { readonly id: string; readonly failingSince?: string | undefined };

/**
 * When a failure is followed by the next attempt: after 1, 2, 4, … minutes, an hour at most, and up to a tenth more; not
 * before the time that whoever refused has named.
 *
 * @param failures - in a row, this one included
 * @param days - how long failures are tried again
 * @returns nothing once it has failed for so long
 */
export const retryAt = (
  { id, failingSince }: Failing,
  failures: number,
  now: Date,
  { afterSeconds = 0, days = 1 }: { afterSeconds?: number | undefined; days?: number | undefined } = {},
): Date | undefined => {
  const at = nextAttemptAt({ id, createdAt: failingSince ?? now.toISOString() }, failures, now, days);
  const asked = now.getTime() + afterSeconds * 1000;
  return at === undefined || at.getTime() >= asked ? at : new Date(asked);
};
