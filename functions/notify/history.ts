import { type Attempt, attemptsKept, saidLength } from '../../schemas/call.ts';
import type { OutgoingMessage } from '../../schemas/message.ts';
import { instantOf } from '../../schemas/time.ts';

/** A message with one more attempt, of which nobody knows yet how it ends. */
export const withAttempt = <M extends Pick<OutgoingMessage, 'attempts' | 'history'>>(
  message: M,
  n: number,
  now: Date,
): M => ({
  ...message,
  attempts: n,
  history: [...(message.history ?? []), { n, at: instantOf(now), as: 'begun' } satisfies Attempt].slice(
    -attemptsKept,
  ),
});

/** A message with the outcome of its last attempt. */
export const withOutcome = <M extends Pick<OutgoingMessage, 'history'>>(
  message: M,
  as: Attempt['as'],
  said?: string,
): M => {
  const last = message.history?.at(-1);
  // Of one that has its outcome nothing is said any more; one given up without stays one of which nobody knows.
  if (last?.as !== 'begun' || (as === 'refused' && said?.startsWith(unknown) === true)) return message;
  return {
    ...message,
    history: [
      ...(message.history ?? []).slice(0, -1),
      { ...last, as, ...(said === undefined ? {} : { said: said.slice(0, saidLength) }) },
    ],
  };
};

/** Begins the problem of a message that was given up without word of its last attempt. */
export const unknown = 'given up: nobody knows';
