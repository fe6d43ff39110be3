import type { Catcher, Retrier } from './definition.ts';
import type { Failure } from './frame.ts';
import type { JsonObject } from './json.ts';

export const TIMEOUT = 'States.Timeout';
export const DATA_LIMIT = 'States.DataLimitExceeded';
export const RUNTIME = 'States.Runtime';

/** Errors that the wildcard leaves alone: they end the execution unless they are caught by name. */
const TERMINAL = new Set([DATA_LIMIT, RUNTIME]);

const matches = (failure: Failure, errors: readonly string[], ofTask: boolean): boolean =>
  errors.some((name) => {
    if (name === 'States.ALL') return !TERMINAL.has(failure.error ?? '');
    if (name === 'States.TaskFailed')
      return ofTask && failure.error !== TIMEOUT && !TERMINAL.has(failure.error ?? '');
    if (name === 'States.HeartbeatTimeout') return failure.heartbeat === true;
    return name === failure.error;
  });

/** Index of the first retrier or catcher for a failure, or -1. */
export const findFor = (list: readonly (Retrier | Catcher)[], failure: Failure, ofTask: boolean): number =>
  list.findIndex((entry) => matches(failure, entry.errors, ofTask));

/** Seconds until attempt `done + 1`: backed off, capped, and anywhere up to that with full jitter. */
export const delaySeconds = (retrier: Retrier, done: number, chance: () => number): number => {
  const delay = Math.min(retrier.intervalSeconds * retrier.backoffRate ** done, retrier.maxDelaySeconds);
  return retrier.jitter ? delay * chance() : delay;
};

/** `$states.errorOutput`: both keys are always there; a time-out has no cause, said as an empty text. */
export const errorOutput = ({ error, cause }: Failure): JsonObject => ({
  Error: error ?? null,
  Cause: cause ?? (error === TIMEOUT ? '' : null),
});
