import type { Catcher, Rule, StateNode, Yield } from './definition.ts';
import { QueryFailure } from './expression.ts';
import { errorOutput } from './failure.ts';
import { fork, join, spread } from './fork.ts';
import type { Failure, Line } from './frame.ts';
import { parseInstant } from './instant.ts';
import { abort, end, failLine, guard, handle, leave, rest, settle } from './line.ts';
import { EVENT_LIMIT, emit, Failed, limit, nodeOf, ofFailure, type Run } from './run.ts';
import { assigned, scopeOf } from './scope.ts';
import { openTask } from './task.ts';

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

export const failed = (run: Run, line: Line, node: StateNode, reason: unknown): void => {
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
