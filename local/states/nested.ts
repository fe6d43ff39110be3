import type { Execution } from './frame.ts';
import type { JsonObject } from './json.ts';
import type { ServiceCall } from './services.ts';
import { readToken } from './token.ts';

/** A name for an execution started by a task that gives none: the same attempt always gives the same one. */
export const nestedName = (call: ServiceCall): string => {
  const parts = call.taskToken ? readToken(call.taskToken) : undefined;
  return parts
    ? `${call.executionArn.slice(-50)}-${parts.line}-${parts.scheduled}`.replaceAll(':', '-')
    : crypto.randomUUID();
};

/** An ended execution as a `.sync` task gets it; `.sync:2` gets input and output parsed. */
export const describeNested = (execution: Execution, parsed: boolean): JsonObject => {
  const { arn, name, machine, status, input, output, error, cause, startedAt, stoppedAt } = execution;
  return {
    ExecutionArn: arn,
    Name: name,
    StateMachineArn: machine,
    Status: status,
    StartDate: startedAt,
    StopDate: stoppedAt ?? startedAt,
    Input: parsed ? input : JSON.stringify(input),
    InputDetails: { Included: true },
    ...(output === undefined
      ? {}
      : { Output: parsed ? output : JSON.stringify(output), OutputDetails: { Included: true } }),
    ...(error === undefined ? {} : { Error: error }),
    ...(cause === undefined ? {} : { Cause: cause }),
  };
};
