import type { Catcher, Program, Rule, StateNode, Yield } from './definition.ts';
import { type Evaluation, QueryFailure } from './expression.ts';
import { DATA_LIMIT, delaySeconds, errorOutput, findFor, RUNTIME, TIMEOUT } from './failure.ts';
import type { EventDetails, Execution, Failure, Line } from './frame.ts';
import type { Chance } from './functions.ts';
import { parseInstant } from './instant.ts';
import { exceeds, type Json, type JsonObject } from './json.ts';
import { makeToken } from './token.ts';

/** What has to happen outside once the frames are safe. */
export type Effect =
  | { kind: 'invoke'; line: Line }
  | { kind: 'arm'; line: Line }
  | { kind: 'gone'; line: Line }
  | { kind: 'ended' };

/** An execution being moved: its frames, its program, and where events, effects and lines to run go. */
export type Run = {
  readonly execution: Execution;
  readonly program: Program;
  readonly now: number;
  readonly chance: Chance;
  readonly memos: Map<number, Evaluation['memo']>;
  record(type: string, previous: number, details: EventDetails | undefined): number;
  wake(line: Line): void;
  effect(effect: Effect): void;
};

/** The service ends an execution at this many events. */
export const EVENT_LIMIT = 25_000;

/** Inline maps run at most this many iterations at once. */
const MAP_LIMIT = 40;

const ABORTABLE = new Set(['Task', 'Wait', 'Parallel', 'Map']);

class Failed {
  readonly failure: Failure;
  constructor(failure: Failure) {
    this.failure = failure;
  }
}

export const nodeOf = (program: Program, line: Line): StateNode => {
  const node = program.branches.get(line.branch)?.states.get(line.state);
  if (!node)
    throw new Error(`the frames name a state that the machine lacks: ${line.branch || '/'} ${line.state}`);
  return node;
};

const emit = (run: Run, type: string, previous: number, details?: EventDetails): number => {
  if (run.execution.events >= EVENT_LIMIT - 1) {
    throw new Failed({
      error: RUNTIME,
      cause: `The execution reached the maximum number of history events (${EVENT_LIMIT}).`,
    });
  }
  return run.record(type, previous, details);
};

const iso = (ms: number): string => new Date(ms).toISOString();

const contextOf = (run: Run, line: Line, node: StateNode, token?: string): JsonObject => {
  const { execution } = run;
  const name = execution.machine.slice(execution.machine.lastIndexOf(':') + 1);
  return {
    Execution: {
      Id: execution.arn,
      Input: execution.input,
      StartTime: iso(execution.startedAt),
      Name: execution.name,
      RoleArn: `arn:aws:iam::${execution.arn.split(':')[4]}:role/${name}`,
      RedriveCount: 0,
    },
    StateMachine: { Id: execution.machine, Name: name },
    State: {
      Name: node.name,
      EnteredTime: iso(line.enteredAt),
      ...(node.type === 'Task' ? { RetryCount: line.retried ?? 0 } : {}),
    },
    ...(line.item ? { Map: { Item: line.item } } : {}),
    ...(token ? { Task: { Token: token } } : {}),
  };
};

type Seen = { result?: Json; errorOutput?: Json; token?: string; item?: NonNullable<Line['item']> };

const scopeOf = (run: Run, line: Line, node: StateNode, seen: Seen = {}): Evaluation => {
  let context: JsonObject | undefined;
  return {
    input: line.input,
    result: seen.result,
    errorOutput: seen.errorOutput,
    // Made only when an expression looks at it.
    get context() {
      context ??= contextOf(run, seen.item ? { ...line, item: seen.item } : line, node, seen.token);
      return context;
    },
    vars: line.vars,
    nowMs: run.now,
    chance: run.chance,
    get memo() {
      const memo = run.memos.get(line.id) ?? new Map();
      run.memos.set(line.id, memo);
      return memo;
    },
  };
};

const limit = (value: Json, node: StateNode): Json => {
  if (exceeds(value)) {
    throw new Failed({
      error: DATA_LIMIT,
      cause: `The state/task '${node.name}' returned a result with a size exceeding the maximum number of bytes service limit.`,
    });
  }
  return value;
};

/** All right sides see the variables as they were before the first assignment. */
const assigned = (fields: Yield, node: StateNode, scope: Evaluation): JsonObject | undefined => {
  if (!fields.assign) return undefined;
  const made: JsonObject = {};
  for (const [name, template] of fields.assign) made[name] = limit(template(scope), node);
  return made;
};

const settle = (run: Run, line: Line): void => {
  if (run.memos.size > 0) run.memos.delete(line.id);
  if (line.last < line.entered) line.last = line.entered;
};

const rest = (run: Run, line: Line, phase: Line['phase'], due: number): void => {
  if (due <= run.now) {
    line.phase = phase;
    run.wake(line);
    return;
  }
  line.phase = 'rest';
  line.due = due;
  run.effect({ kind: 'arm', line });
};

/** Leaves a state for the next one, or ends the line. */
const leave = (
  run: Run,
  line: Line,
  node: StateNode,
  next: string | undefined,
  output: Json,
  vars?: JsonObject,
): void => {
  settle(run, line);
  const details: EventDetails = { name: node.name, output };
  if (vars) details.assigned = vars;
  line.last = emit(run, `${node.type}StateExited`, line.last, details);
  if (vars) line.vars = { ...line.vars, ...vars };
  // A fresh frame: nothing of the state that was left is carried on, in memory or on disk.
  for (const key of [
    'retries',
    'retried',
    'scheduled',
    'arguments',
    'token',
    'submitted',
    'answer',
    'due',
    'beatSeconds',
    'beatDue',
    'result',
    'failure',
    'catcher',
    'items',
    'outputs',
    'started',
    'running',
    'limit',
    'lastDone',
  ] as const) {
    if (line[key] !== undefined) delete line[key];
  }
  line.input = output;
  if (next !== undefined) {
    line.state = next;
    line.phase = 'enter';
    run.wake(line);
    return;
  }
  finish(run, line, output);
};

const end = (
  run: Run,
  status: Execution['status'],
  type: string,
  previous: number,
  details: EventDetails,
): void => {
  const { execution } = run;
  for (const line of Object.values(execution.lines)) run.effect({ kind: 'gone', line });
  run.record(type, previous, details);
  execution.status = status;
  execution.stoppedAt = run.now;
  if (details.output !== undefined) execution.output = details.output;
  if (details.error !== undefined) execution.error = details.error;
  if (details.cause !== undefined) execution.cause = details.cause;
  execution.lines = {};
  run.effect({ kind: 'ended' });
};

const lastOf = (execution: Execution): number => Object.values(execution.lines)[0]?.last ?? 0;

const ofFailure = ({ error, cause }: Failure): EventDetails => ({
  ...(error === undefined ? {} : { error }),
  ...(cause === undefined ? {} : { cause }),
});

/** Ends an execution from outside: stopped, or out of time. */
export const endNow = (run: Run, status: 'ABORTED' | 'TIMED_OUT', failure: Failure): void =>
  end(
    run,
    status,
    status === 'ABORTED' ? 'ExecutionAborted' : 'ExecutionTimedOut',
    lastOf(run.execution),
    ofFailure(failure),
  );

const finish = (run: Run, line: Line, output: Json): void => {
  if (line.parent === 0) {
    end(run, 'SUCCEEDED', 'ExecutionSucceeded', line.last, { output });
    return;
  }
  const parent = run.execution.lines[line.parent] as Line;
  const node = nodeOf(run.program, parent);
  remove(run, line);
  (parent.outputs as Json[])[line.index] = output;
  parent.running = (parent.running ?? 1) - 1;
  if (node.type === 'Map') {
    parent.lastDone = emit(run, 'MapIterationSucceeded', line.last, { name: node.name, index: line.index });
  }
  parent.last = line.last;
  run.wake(parent);
};

const remove = (run: Run, line: Line): void => {
  delete run.execution.lines[line.id];
  run.memos.delete(line.id);
  run.effect({ kind: 'gone', line });
};

/** Removes what runs under a line; what was inside a state at that moment is said to be aborted. */
const abort = (run: Run, parent: Line, failed?: Line): void => {
  for (const line of Object.values(run.execution.lines)) {
    if (line.parent !== parent.id) continue;
    const { type } = nodeOf(run.program, line);
    const inside = line.phase !== 'enter' && ABORTABLE.has(type);
    abort(run, line, failed);
    // The service says it of the failing task itself too, in a Parallel.
    const said =
      line === failed ? type === 'Task' && nodeOf(run.program, parent).type === 'Parallel' : inside;
    if (said) emit(run, `${type}StateAborted`, line.last);
    remove(run, line);
  }
};

const failLine = (run: Run, line: Line, failure: Failure): void => {
  if (line.parent === 0) {
    end(run, 'FAILED', 'ExecutionFailed', line.last, ofFailure(failure));
    return;
  }
  const parent = run.execution.lines[line.parent] as Line;
  const node = nodeOf(run.program, parent);
  if (node.type === 'Map') emit(run, 'MapIterationFailed', line.last, { name: node.name, index: line.index });
  abort(run, parent, line);
  parent.last = line.last;
  handle(run, parent, node, failure);
};

/** Retries, catches, or fails the line. */
const handle = (run: Run, line: Line, node: StateNode, failure: Failure): void => {
  settle(run, line);
  const ofTask = node.type === 'Task';
  const nth = findFor(node.retry, failure, ofTask);
  const retrier = node.retry[nth];
  const done = line.retries?.[nth] ?? 0;
  for (const key of [
    'scheduled',
    'arguments',
    'token',
    'submitted',
    'answer',
    'due',
    'beatSeconds',
    'beatDue',
    'items',
    'outputs',
    'started',
    'running',
    'limit',
    'lastDone',
  ] as const) {
    if (line[key] !== undefined) delete line[key];
  }
  if (retrier && done < retrier.maxAttempts) {
    line.retries = node.retry.map((_, n) => (line.retries?.[n] ?? 0) + (n === nth ? 1 : 0));
    line.retried = (line.retried ?? 0) + 1;
    run.execution.transitions += 1;
    rest(run, line, 'work', run.now + Math.round(1000 * delaySeconds(retrier, done, run.chance)));
    return;
  }
  if (node.type === 'Parallel' || node.type === 'Map')
    line.last = emit(run, `${node.type}StateFailed`, line.last);
  const catcher = findFor(node.catch, failure, ofTask);
  if (catcher < 0) {
    failLine(run, line, failure);
    return;
  }
  line.phase = 'caught';
  line.failure = failure;
  line.catcher = catcher;
  run.wake(line);
};

const openTask = (run: Run, line: Line, node: StateNode): void => {
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

const choose = (run: Run, line: Line, node: StateNode): void => {
  const scope = scopeOf(run, line, node);
  const rule: Rule | undefined = node.rules?.find((entry) => entry.condition(scope) === true);
  const next = rule ? rule.next : node.next;
  if (next === undefined) {
    throw new Failed({
      error: 'States.NoChoiceMatched',
      cause: `An error occurred while executing the state '${node.name}' (entered at the event id #${line.entered}). Failed to transition out of the state. The state does not point to a next state.`,
    });
  }
  const fields: Yield = rule ?? node;
  const vars = assigned(fields, node, scope);
  leave(run, line, node, next, fields.output ? limit(fields.output(scope), node) : line.input, vars);
};

const wait = (run: Run, line: Line, node: StateNode): void => {
  const scope = scopeOf(run, line, node);
  const seconds = node.seconds?.(scope) as number | undefined;
  const timestamp = node.timestamp?.(scope) as string | undefined;
  settle(run, line);
  const due = timestamp === undefined ? run.now + Number(seconds) * 1000 : parseInstant(timestamp);
  if (due === undefined) {
    throw new QueryFailure(
      `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${timestamp}`,
      'Timestamp',
    );
  }
  if (seconds !== undefined && !(seconds >= 0 && seconds <= 99_999_999)) {
    throw new QueryFailure(
      `The Seconds field must be a number from 0 to 99999999 but was: ${seconds}`,
      'Seconds',
    );
  }
  rest(run, line, 'exit', due);
};

const child = (
  run: Run,
  parent: Line,
  branch: string,
  index: number,
  input: Json,
  previous: number,
): void => {
  run.execution.lineIds += 1;
  const id = run.execution.lineIds;
  const line: Line = {
    id,
    parent: parent.id,
    index,
    branch,
    state: run.program.branches.get(branch)?.startAt ?? '',
    phase: 'enter',
    input,
    vars: parent.vars,
    last: previous,
    entered: 0,
    enteredAt: 0,
  };
  if (parent.item) line.item = parent.item;
  run.execution.lines[id] = line;
  parent.running = (parent.running ?? 0) + 1;
  run.wake(line);
};

const fork = (run: Run, line: Line, node: StateNode): void => {
  const scope = scopeOf(run, line, node);
  const input = node.arguments ? limit(node.arguments(scope), node) : line.input;
  settle(run, line);
  line.last = emit(run, 'ParallelStateStarted', line.last);
  line.phase = 'join';
  line.outputs = (node.branches ?? []).map(() => null);
  const started = line.last;
  (node.branches ?? []).forEach((branch, n) => {
    child(run, line, branch, n, input, started);
  });
};

const spread = (run: Run, line: Line, node: StateNode): void => {
  const scope = scopeOf(run, line, node);
  const items = node.items ? node.items(scope) : line.input;
  if (!Array.isArray(items)) {
    throw new QueryFailure(`Map state input must be an array but was: ${JSON.stringify(items)}`);
  }
  const most = node.maxConcurrency ? (node.maxConcurrency(scope) as number) : 0;
  for (const tolerated of node.tolerated ?? []) tolerated(scope);
  settle(run, line);
  line.last = emit(run, 'MapStateStarted', line.last, { length: items.length });
  line.phase = 'join';
  line.items = items;
  line.outputs = items.map(() => null);
  line.started = 0;
  line.running = 0;
  line.limit = most > 0 ? Math.min(most, MAP_LIMIT) : MAP_LIMIT;
  run.wake(line);
};

const iterate = (run: Run, line: Line, node: StateNode): void => {
  const items = line.items ?? [];
  while ((line.started ?? 0) < items.length && (line.running ?? 0) < (line.limit ?? MAP_LIMIT)) {
    const index = line.started ?? 0;
    const item = { Index: index, Value: items[index] as Json };
    const input = node.itemSelector
      ? limit(node.itemSelector(scopeOf(run, line, node, { item }), index), node)
      : (items[index] as Json);
    const previous = emit(run, 'MapIterationStarted', line.last, { name: node.name, index });
    line.started = index + 1;
    child(run, line, node.branches?.[0] ?? '', index, input, previous);
    (run.execution.lines[run.execution.lineIds] as Line).item = item;
  }
};

const join = (run: Run, line: Line, node: StateNode): void => {
  if (node.type === 'Map') iterate(run, line, node);
  if ((line.running ?? 0) > 0) return;
  if (line.lastDone !== undefined) line.last = line.lastDone;
  emit(run, `${node.type}StateSucceeded`, line.last);
  line.result = line.outputs ?? [];
  line.phase = 'exit';
  run.wake(line);
};

const exit = (run: Run, line: Line, node: StateNode): void => {
  const scope = scopeOf(run, line, node, line.result === undefined ? {} : { result: line.result });
  const vars = assigned(node, node, scope);
  const output = node.output ? node.output(scope) : line.result === undefined ? line.input : line.result;
  leave(run, line, node, node.next, limit(output, node), vars);
};

const caught = (run: Run, line: Line, node: StateNode): void => {
  const catcher = node.catch[line.catcher ?? 0] as Catcher;
  const failed = errorOutput(line.failure ?? {});
  const scope = scopeOf(run, line, node, { errorOutput: failed });
  const vars = assigned(catcher, node, scope);
  leave(run, line, node, catcher.next, catcher.output ? limit(catcher.output(scope), node) : failed, vars);
};

const work = (run: Run, line: Line, node: StateNode): void => {
  switch (node.type) {
    case 'Pass':
    case 'Succeed':
      exit(run, line, node);
      return;
    case 'Choice':
      choose(run, line, node);
      return;
    case 'Wait':
      wait(run, line, node);
      return;
    case 'Task':
      openTask(run, line, node);
      return;
    case 'Parallel':
      fork(run, line, node);
      return;
    case 'Map':
      spread(run, line, node);
      return;
    case 'Fail': {
      const scope = scopeOf(run, line, node);
      const failure: Failure = {};
      if (node.error) failure.error = String(node.error(scope));
      if (node.cause) failure.cause = String(node.cause(scope));
      settle(run, line);
      failLine(run, line, failure);
      return;
    }
    default:
      node.type satisfies never;
  }
};

const enter = (run: Run, line: Line, node: StateNode): void => {
  line.entered = emit(run, `${node.type}StateEntered`, line.last, { name: node.name, input: line.input });
  line.enteredAt = run.now;
  line.phase = 'work';
  run.execution.transitions += 1;
};

const failed = (run: Run, line: Line, node: StateNode, reason: unknown): void => {
  if (run.execution.events >= EVENT_LIMIT - 1 && reason instanceof Failed) {
    end(run, 'FAILED', 'ExecutionFailed', line.last, ofFailure(reason.failure));
    return;
  }
  let failure: Failure;
  if (reason instanceof QueryFailure) {
    failure = {
      error: 'States.QueryEvaluationError',
      cause: `An error occurred while executing the state '${node.name}' (entered at the event id #${line.entered}). ${reason.message}`,
    };
    const where = reason.location === undefined ? {} : { location: reason.location };
    const event = emit(run, 'EvaluationFailed', line.last, { ...failure, ...where, state: node.name });
    abort(run, line);
    line.last = event;
    // What settles a state would put the entry back as the last event.
    run.memos.delete(line.id);
  } else if (reason instanceof Failed) {
    failure = reason.failure;
  } else {
    throw reason;
  }
  // A catcher whose own fields fail does not catch that.
  if (line.phase === 'caught') failLine(run, line, failure);
  else handle(run, line, node, failure);
};

/**
 * Moves a line by one phase.
 *
 * @throws {Pause} when the library has to be asked; nothing has changed then, call again after the pause
 */
export const step = (run: Run, line: Line): void => {
  const node = nodeOf(run.program, line);
  try {
    if (line.phase === 'enter') enter(run, line, node);
    switch (line.phase) {
      case 'work':
        work(run, line, node);
        return;
      case 'join':
        join(run, line, node);
        return;
      case 'exit':
        exit(run, line, node);
        return;
      case 'caught':
        caught(run, line, node);
        return;
      case 'enter':
      case 'open':
      case 'rest':
        return;
      default:
        line.phase satisfies never;
    }
  } catch (reason) {
    if (reason instanceof QueryFailure || reason instanceof Failed)
      guard(run, line, () => failed(run, line, node, reason));
    else throw reason;
  }
};

/** Runs what may itself come upon the event limit; then the execution ends there. */
const guard = (run: Run, line: Line, act: () => void): void => {
  try {
    act();
  } catch (reason) {
    if (!(reason instanceof Failed)) throw reason;
    end(run, 'FAILED', 'ExecutionFailed', line.last, ofFailure(reason.failure));
  }
};

const said = (node: StateNode): EventDetails =>
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
