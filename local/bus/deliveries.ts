import type { Clock } from '../clock.ts';
import type { State } from '../state/state.ts';
import type { Deliver, Delivered, RetryPolicy } from './rule.ts';

/** A message owed to a target, as it is kept until the target accepts it. */
export type Owed = {
  arn: string;
  input: unknown;
  dlqArn?: string | undefined;
  retry?: RetryPolicy | undefined;
  /** The rule or schedule it comes from, named in the dead-letter queue. */
  origin: string;
} & Pick<Delivered, 'eventBridge' | 'messageGroupId'>;

/** What became of a message whose target would not have it, and that has no dead-letter queue. */
export type Dropped = { owed: Owed; attempts: number; error: string; at: string };

/** Messages that reach their target at least once, whatever happens to the process. */
export type Deliveries = {
  /** On disk when it returns; the first attempt follows at once. */
  owe(messages: readonly Owed[]): void;
  /** Makes every attempt that is due and waits for all under way; false if there was nothing to do. */
  drain(): Promise<boolean>;
  readonly waiting: number;
};

type Kept = { owed: Owed; attempts: number; since: number };
type Pending = { id: number; kept: Kept };

/** The service's own limits of a target without a retry policy. */
const DEFAULT_ATTEMPTS = 185;
const DEFAULT_AGE_SECONDS = 24 * 60 * 60;
const MAX_IN_FLIGHT = 32;

/** Backoff without jitter, so that two runs under the virtual clock are the same: 1 s, 2 s, 4 s ... 10 min. */
const backoffMs = (attempts: number): number => Math.min(2 ** (attempts - 1) * 1_000, 600_000);

/**
 * Opens the durable queue `name`; what an earlier process left there is attempted again.
 *
 * @param onDropped - told of a message that nothing more can be done for
 */
export const openDeliveries = (options: {
  clock: Clock;
  state: State;
  name: string;
  deliver: Deliver;
  onDropped?: ((dropped: Dropped) => void) | undefined;
}): Deliveries => {
  const { clock, deliver } = options;
  const queue = options.state.queue<Kept>(options.name);
  const due: Pending[] = queue.peekAll().map(({ id, item }) => ({ id, kept: item }));
  const inFlight = new Set<Promise<void>>();
  let waiting = due.length;

  const settle = (id: number) => {
    queue.done(id);
    waiting -= 1;
  };

  const fail = async ({ id, kept }: Pending, error: unknown): Promise<void> => {
    const { owed } = kept;
    const attempts = kept.attempts + 1;
    const retries = owed.retry?.maximumRetryAttempts ?? DEFAULT_ATTEMPTS;
    const ageSeconds = owed.retry?.maximumEventAgeSeconds ?? DEFAULT_AGE_SECONDS;
    const next = clock.now().getTime() + backoffMs(attempts);
    const exhausted =
      attempts > retries
        ? 'MaximumRetryAttempts'
        : next > kept.since + ageSeconds * 1_000
          ? 'MaximumEventAgeInSeconds'
          : undefined;
    if (exhausted === undefined) {
      const again = { id, kept: { ...kept, attempts } };
      queue.replace(id, again.kept);
      clock.at(next, () => {
        due.push(again);
        pump();
      });
      return;
    }
    if (owed.dlqArn === undefined) {
      options.onDropped?.({ owed, attempts, error: String(error), at: clock.now().toISOString() });
      settle(id);
      return;
    }
    const attributes = {
      RULE_ARN: owed.origin,
      TARGET_ARN: owed.arn,
      ERROR_CODE: error instanceof Error ? error.name : 'Unknown',
      ERROR_MESSAGE: error instanceof Error ? error.message : String(error),
      EXHAUSTED_RETRY_CONDITION: exhausted,
      RETRY_ATTEMPTS: String(attempts - 1),
    };
    // The dead-letter queue itself may be down: then the message stays owed, to it instead of to the target.
    const dead: Owed = { arn: owed.dlqArn, input: owed.input, origin: owed.origin };
    try {
      await deliver({ arn: dead.arn, input: dead.input, attributes });
      settle(id);
    } catch {
      const again = { id, kept: { owed: dead, attempts: 0, since: clock.now().getTime() } };
      queue.replace(id, again.kept);
      clock.at(clock.now().getTime() + backoffMs(1), () => {
        due.push(again);
        pump();
      });
    }
  };

  const attempt = async (pending: Pending): Promise<void> => {
    const { origin: _, retry: __, ...message } = pending.kept.owed;
    try {
      await deliver(message);
    } catch (error) {
      await fail(pending, error);
      return;
    }
    settle(pending.id);
  };

  const pump = (): boolean => {
    let found = false;
    while (inFlight.size < MAX_IN_FLIGHT) {
      const pending = due.shift();
      if (pending === undefined) break;
      found = true;
      const flight = attempt(pending).finally(() => {
        inFlight.delete(flight);
        pump();
      });
      inFlight.add(flight);
    }
    return found;
  };

  // Not within this call: the composer may still be putting the targets together.
  setImmediate(pump);

  return {
    owe: (messages) => {
      const since = clock.now().getTime();
      options.state.atomically(() => {
        for (const owed of messages) {
          const kept: Kept = { owed, attempts: 0, since };
          due.push({ id: queue.push(kept), kept });
        }
      });
      waiting += messages.length;
      // After the caller's answer: an attempt must not run inside the transaction that owes it.
      queueMicrotask(pump);
    },
    drain: async () => {
      let found = pump();
      while (inFlight.size > 0) {
        found = true;
        await Promise.all(inFlight);
      }
      return found;
    },
    get waiting() {
      return waiting;
    },
  };
};
