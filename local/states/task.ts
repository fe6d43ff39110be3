import type { StateNode } from './definition.ts';
import { QueryFailure } from './expression.ts';
import { DATA_LIMIT, TIMEOUT } from './failure.ts';
import type { EventDetails, Failure, Line } from './frame.ts';
import { exceeds, type Json } from './json.ts';
import { guard, handle, settle } from './line.ts';
import { emit, limit, nodeOf, ofFailure, type Run } from './run.ts';
import { scopeOf } from './scope.ts';
import { makeToken } from './token.ts';

/** Evaluates a Task's fields and schedules it. */
export const openTask = (run: Run, line: Line, node: StateNode): void => {
  const { resource } = node;
  if (!resource) throw new Error(`a Task without a resource was compiled: ${node.name}`);
  // The token names the event that schedules this attempt, which is the next one.
  const scheduled = run.execution.events + 1;
  const token = resource.token
    ? makeToken({ execution: run.execution.arn, line: line.id, scheduled })
    : undefined;
  const scope = scopeOf(run, line, node, token ? { token } : {});
  const args = node.arguments ? node.arguments(scope) : line.input;
  const timeout = node.timeoutSeconds?.(scope) as number | undefined;
  const beat = node.heartbeatSeconds?.(scope) as number | undefined;
  for (const [field, seconds] of [
    ['TimeoutSeconds', timeout],
    ['HeartbeatSeconds', beat],
  ] as const) {
    if (seconds !== undefined && !(seconds > 0 && seconds <= 99_999_999)) {
      throw new QueryFailure(
        `The ${field} field must be a number from 1 to 99999999 but was: ${seconds}`,
        field,
      );
    }
  }
  limit(args, node);
  settle(run, line);
  const said = { resource: resource.resource, resourceType: resource.resourceType };
  const times = {
    ...(timeout === undefined ? {} : { timeoutInSeconds: timeout }),
    ...(beat === undefined ? {} : { heartbeatInSeconds: beat }),
  };
  const ofTask = resource.events === 'Task';
  line.scheduled = emit(
    run,
    `${resource.events}Scheduled`,
    line.last,
    ofTask ? { ...said, parameters: args, ...times } : { resource: resource.arn, input: args, ...times },
  );
  line.last = emit(run, `${resource.events}Started`, line.scheduled, ofTask ? said : undefined);
  line.arguments = args;
  if (token) line.token = token;
  if (timeout !== undefined) line.due = run.now + timeout * 1000;
  if (beat !== undefined) {
    line.beatSeconds = beat;
    line.beatDue = run.now + beat * 1000;
  }
  line.phase = 'open';
  if (token || line.due !== undefined || line.beatDue !== undefined) run.effect({ kind: 'arm', line });
  run.effect({ kind: 'invoke', line });
};

export const said = (node: StateNode): EventDetails =>
  node.resource?.events === 'Task'
    ? { resource: node.resource.resource, resourceType: node.resource.resourceType }
    : {};

/** A task ended well, by its service or its token. */
export const succeedTask = (run: Run, line: Line, output: Json): void => {
  const node = nodeOf(run.program, line);
  guard(run, line, () => {
    if (exceeds(output)) {
      failTask(run, line, {
        error: DATA_LIMIT,
        cause: `The state/task '${node.name}' returned a result with a size exceeding the maximum number of bytes service limit.`,
      });
      return;
    }
    line.last = emit(run, `${node.resource?.events}Succeeded`, line.last, { ...said(node), output });
    line.result = output;
    line.phase = 'exit';
    run.wake(line);
  });
};

/** A task failed, or ran out of time (`TIMEOUT`). */
export const failTask = (run: Run, line: Line, failure: Failure, timedOut = false): void => {
  const node = nodeOf(run.program, line);
  guard(run, line, () => {
    const type = `${node.resource?.events}${timedOut ? 'TimedOut' : 'Failed'}`;
    line.last = emit(run, type, line.last, { ...said(node), ...ofFailure(failure) });
    handle(run, line, node, failure);
  });
};

/** The service took the task of a token; an answer that came meanwhile counts now. */
export const submitTask = (run: Run, line: Line, output: Json): void => {
  const node = nodeOf(run.program, line);
  guard(run, line, () => {
    line.last = emit(run, `${node.resource?.events}Submitted`, line.last, { ...said(node), output });
    line.submitted = true;
    if (line.answer) answerTask(run, line);
  });
};

/** Applies the answer kept in the frame. */
export const answerTask = (run: Run, line: Line): void => {
  const { answer } = line;
  if (!answer) return;
  if ('output' in answer) succeedTask(run, line, answer.output);
  else failTask(run, line, answer.failure);
};

/** The timer of a line fell due: its rest is over, or its task is out of time. */
export const ring = (run: Run, line: Line): void => {
  if (line.phase === 'rest') {
    delete line.due;
    line.phase = nodeOf(run.program, line).type === 'Wait' ? 'exit' : 'work';
    run.wake(line);
    return;
  }
  const heartbeat =
    line.beatDue !== undefined && line.beatDue <= run.now && !(line.due !== undefined && line.due <= run.now);
  failTask(run, line, { error: TIMEOUT, ...(heartbeat ? { heartbeat: true as const } : {}) }, true);
};
