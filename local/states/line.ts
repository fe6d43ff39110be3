import type { StateNode } from './definition.ts';
import { delaySeconds, findFor } from './failure.ts';
import type { EventDetails, Execution, Failure, Line } from './frame.ts';
import type { Json, JsonObject } from './json.ts';
import { emit, Failed, nodeOf, ofFailure, type Run } from './run.ts';

const ABORTABLE = new Set(['Task', 'Wait', 'Parallel', 'Map']);

const OF_ATTEMPT = [
  'scheduled',
  'arguments',
  'token',
  'submitted',
  'answer',
  'due',
  'beatSeconds',
  'beatDue',
  'result',
  'items',
  'outputs',
  'started',
  'running',
  'limit',
  'lastDone',
] as const;

const OF_STATE = [...OF_ATTEMPT, 'retries', 'retried', 'failure', 'catcher'] as const;

/** Forgets what a line holds of the state it is in; its input and variables stay. */
export const clear = (line: Line, keys: readonly (typeof OF_STATE)[number][] = OF_STATE): void => {
  for (const key of keys) if (line[key] !== undefined) delete line[key];
};

/** Ends the evaluation of a state's fields: what follows comes after the state's entry, and pauses are over. */
export const settle = (run: Run, line: Line): void => {
  if (run.memos.size > 0) run.memos.delete(line.id);
  if (line.last < line.entered) line.last = line.entered;
};

/** Lets a line rest until `due`, to go on in `phase`; an instant already here costs no timer. */
export const rest = (run: Run, line: Line, phase: Line['phase'], due: number): void => {
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
export const leave = (
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
  clear(line, OF_STATE);
  line.input = output;
  if (next !== undefined) {
    line.state = next;
    line.phase = 'enter';
    run.wake(line);
    return;
  }
  finish(run, line, output);
};

export const end = (
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
  // Where it stood, for a redrive.
  if (status !== 'SUCCEEDED') execution.left = Object.values(execution.lines);
  execution.lines = {};
  run.effect({ kind: 'ended' });
};

const lastOf = (execution: Execution): number => Object.values(execution.lines)[0]?.last ?? 0;

/** Ends an execution from outside: stopped, or out of time. */
export const endNow = (run: Run, status: 'ABORTED' | 'TIMED_OUT', failure: Failure): void =>
  end(
    run,
    status,
    status === 'ABORTED' ? 'ExecutionAborted' : 'ExecutionTimedOut',
    lastOf(run.execution),
    ofFailure(failure),
  );

/** A line reached its end: the execution succeeds, or the Parallel or Map above takes the output. */
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
export const abort = (run: Run, parent: Line, failed?: Line): void => {
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

/** A line failed and nothing in it helps: the execution fails, or the state above takes the failure. */
export const failLine = (run: Run, line: Line, failure: Failure): void => {
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
export const handle = (run: Run, line: Line, node: StateNode, failure: Failure): void => {
  settle(run, line);
  const ofTask = node.type === 'Task';
  const nth = findFor(node.retry, failure, ofTask);
  const retrier = node.retry[nth];
  const done = line.retries?.[nth] ?? 0;
  clear(line, OF_ATTEMPT);
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

/** Runs what may itself come upon the event limit; then the execution ends there. */
export const guard = (run: Run, line: Line, act: () => void): void => {
  try {
    act();
  } catch (reason) {
    if (!(reason instanceof Failed)) throw reason;
    end(run, 'FAILED', 'ExecutionFailed', line.last, ofFailure(reason.failure));
  }
};
