import { ApiError, ServiceError } from './errors.ts';
import type { Line } from './frame.ts';
import type { JsonObject } from './json.ts';
import type { Live } from './live.ts';
import { nestedName } from './nested.ts';
import { nodeOf } from './run.ts';
import { asFailure, type ServiceCall, type Services, toJson } from './services.ts';
import type { Start, Started } from './start.ts';
import { answerTask, failTask, submitTask, succeedTask } from './task.ts';
import type { Timers } from './timers.ts';
import type { Turns } from './turns.ts';

type Options = {
  readonly turns: Turns;
  readonly timers: Timers;
  readonly services: Services;
  /** Starts children of `states:startExecution` tasks; without it the services port does. */
  readonly start: ((request: Start) => Promise<Started>) | undefined;
};

/** Asks the service of an open task, and moves on with what it answers unless the task is gone by then. */
export const createInvoke = ({ turns, timers, services, start }: Options) => {
  return (one: Live, line: Line): void => {
    const { execution } = one;
    const node = nodeOf(one.program, line);
    const { resource } = node;
    if (!resource) return;
    const { scheduled: attempt, token } = line;
    const call: ServiceCall = {
      resource: resource.call,
      arguments: line.arguments ?? null,
      executionArn: execution.arn,
      stateName: node.name,
      sleep: timers.sleep,
    };
    if (token) call.taskToken = token;
    if (line.due !== undefined) call.timeoutAt = line.due;
    turns.hold();
    const ask = async () =>
      resource.call === 'states:startExecution' && start !== undefined
        ? startNested(start, call, resource.resource)
        : services(call);
    const here = () =>
      !turns.isClosed() &&
      execution.lines[line.id] === line &&
      line.scheduled === attempt &&
      line.phase === 'open';
    ask().then(
      (value) => {
        if (here()) {
          const output = toJson(value);
          turns.move(one, (run) => (token ? submitTask(run, line, output) : succeedTask(run, line, output)));
          if (!token) timers.silence(one, line.id);
        }
        turns.release();
      },
      (reason: unknown) => {
        if (here()) {
          timers.silence(one, line.id);
          // A token that was answered has ended its task, whatever became of the call that carried it.
          turns.move(one, (run) =>
            line.answer ? answerTask(run, line) : failTask(run, line, asFailure(reason)),
          );
        }
        turns.release();
      },
    );
  };
};

const startNested = async (
  start: (request: Start) => Promise<Started>,
  call: ServiceCall,
  form: string,
): Promise<unknown> => {
  const { StateMachineArn, Input, Name } = (call.arguments ?? {}) as JsonObject;
  const input = typeof Input === 'string' ? Input : JSON.stringify(Input ?? {});
  try {
    const started = await start({
      stateMachineArn: String(StateMachineArn),
      input,
      // The same attempt called again after a restart is the same child.
      name: typeof Name === 'string' ? Name : nestedName(call),
      ...(call.taskToken && form.includes('.sync')
        ? { waiter: { token: call.taskToken, parsed: form.endsWith(':2') } }
        : {}),
    });
    return { ExecutionArn: started.executionArn, StartDate: started.startDate.toISOString() };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const name = error.name.endsWith('Exception') ? error.name : `${error.name}Exception`;
    throw new ServiceError({
      error: `StepFunctions.${name}`,
      cause: `${error.message} (Service: AWSStepFunctions; Status Code: 400; Error Code: ${error.name}; Request ID: local; Proxy: null)`,
    });
  }
};
