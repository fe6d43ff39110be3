import { ServiceError } from './errors.ts';
import type { Failure } from './frame.ts';
import type { Json } from './json.ts';

/** One call of a service by a Task. */
export type ServiceCall = {
  /** `lambda:invoke`, `events:putEvents`, `dynamodb:putItem`, ... or the ARN of a function. */
  resource: string;
  arguments: unknown;
  taskToken?: string;
  executionArn: string;
  stateName: string;
  /** When the task times out, epoch ms. */
  timeoutAt?: number;
  /** Sleeps by the clock without holding up what waits for the engine to settle. */
  sleep(ms: number): Promise<void>;
};

/** Everything outside: functions, tables, buses. Rejects with `ServiceError` for a failing service. */
export type Services = (call: ServiceCall) => Promise<unknown>;

/** A rejection as the failure of the task; what is no `ServiceError` is named by its own name. */
export const asFailure = (reason: unknown): Failure => {
  if (reason instanceof ServiceError) {
    return {
      ...(reason.error === undefined ? {} : { error: reason.error }),
      ...(reason.cause === undefined ? {} : { cause: reason.cause }),
    };
  }
  const { name, message } = reason as { name?: string; message?: string };
  return { error: name ?? 'States.TaskFailed', cause: String(message ?? reason) };
};

/** A service's answer as plain JSON; nothing is `null`. */
export const toJson = (value: unknown): Json =>
  value === undefined ? null : (JSON.parse(JSON.stringify(value)) as Json);
