import type { Clock } from '../clock.ts';
import type { State } from '../state/state.ts';
import { FunctionFailed } from './host.ts';

/** What becomes of an event that a function failed on, as the template says it. */
export type AsyncPolicy = {
  maximumRetryAttempts: number;
  maximumEventAgeSeconds: number;
  /** Gets a record of the failure. */
  onFailureArn?: string | undefined;
  /** Gets the event as it was. */
  dlqArn?: string | undefined;
};

/** Lambda's own defaults. */
export const asyncDefaults: AsyncPolicy = { maximumRetryAttempts: 2, maximumEventAgeSeconds: 6 * 3600 };

/** Asynchronous invocations: an event that was taken is on disk until the function managed it, or it was given up. */
export type AsyncInvocations = {
  accept(functionName: string, event: unknown): void;
  /** Runs all that is due; false if there was nothing. For the clock's settling. */
  drain(): Promise<boolean>;
  stop(): void;
};

type Accepted = { functionName: string; event: unknown; attempts: number; since: number; requestId: string };

/** Lambda waits one minute before the first retry and two before the second. */
const waitMs = (attempts: number): number => attempts * 60_000;

/**
 * @param options.send - puts a message into a queue or topic; it may reject, and is then tried again in a minute
 */
export const createAsyncInvocations = (options: {
  clock: Clock;
  state: State;
  invoke(functionName: string, event: unknown): Promise<unknown>;
  policyOf(functionName: string): AsyncPolicy;
  send(arn: string, message: unknown, attributes?: Record<string, string>): Promise<void>;
  arnOf(functionName: string): string;
  log(line: string): void;
}): AsyncInvocations => {
  const { clock } = options;
  const queue = options.state.queue<Accepted>('async');
  const running = new Set<Promise<void>>();
  let stopped = false;

  const start = (id: number, accepted: Accepted): void => {
    if (stopped) return;
    const work = attempt(id, accepted).finally(() => running.delete(work));
    running.add(work);
  };

  const later = (id: number, accepted: Accepted, ms: number): void => {
    queue.replace(id, accepted);
    clock.at(clock.now().getTime() + ms, () => start(id, accepted));
  };

  const attempt = async (id: number, accepted: Accepted): Promise<void> => {
    const { functionName, event } = accepted;
    try {
      await options.invoke(functionName, event);
    } catch (error) {
      await failed(id, { ...accepted, attempts: accepted.attempts + 1 }, error);
      return;
    }
    if (!stopped) queue.done(id);
  };

  const failed = async (id: number, accepted: Accepted, error: unknown): Promise<void> => {
    if (stopped) return;
    const policy = options.policyOf(accepted.functionName);
    const wait = waitMs(accepted.attempts);
    const tooOld = clock.now().getTime() + wait - accepted.since > policy.maximumEventAgeSeconds * 1000;
    if (accepted.attempts <= policy.maximumRetryAttempts && !tooOld) {
      later(id, accepted, wait);
      return;
    }
    const condition = tooOld ? 'EventAgeExceeded' : 'RetriesExhausted';
    try {
      if (policy.onFailureArn !== undefined)
        await options.send(policy.onFailureArn, record(accepted, condition, error));
      if (policy.dlqArn !== undefined) {
        const attributes = {
          RequestID: accepted.requestId,
          ErrorCode: '200',
          ErrorMessage: messageOf(error),
        };
        await options.send(policy.dlqArn, accepted.event, attributes);
      }
      options.log(
        `${accepted.functionName}: gave up an event after ${accepted.attempts} attempts: ${messageOf(error)}`,
      );
      queue.done(id);
    } catch (refused) {
      options.log(
        `${accepted.functionName}: its dead-letter queue refused: ${messageOf(refused)}; tried again in a minute`,
      );
      later(id, { ...accepted, attempts: accepted.attempts - 1 }, 60_000);
    }
  };

  const record = (accepted: Accepted, condition: string, error: unknown) => ({
    version: '1.0',
    timestamp: clock.now().toISOString(),
    requestContext: {
      requestId: accepted.requestId,
      functionArn: `${options.arnOf(accepted.functionName)}:$LATEST`,
      condition,
      approximateInvokeCount: accepted.attempts,
    },
    requestPayload: accepted.event,
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    responsePayload:
      error instanceof FunctionFailed
        ? { errorType: error.errorType, errorMessage: error.errorMessage, trace: error.stackTrace }
        : { errorMessage: messageOf(error) },
  });

  // Not within this call: the composer may still be putting the functions together.
  const owed = queue.peekAll();
  setImmediate(() => {
    for (const { id, item } of owed) start(id, item);
  });

  return {
    accept: (functionName, event) => {
      const accepted = {
        functionName,
        event,
        attempts: 0,
        since: clock.now().getTime(),
        requestId: crypto.randomUUID(),
      };
      start(queue.push(accepted), accepted);
    },
    drain: async () => {
      if (running.size === 0) return false;
      while (running.size > 0) await Promise.all(running);
      return true;
    },
    stop: () => {
      stopped = true;
    },
  };
};

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
