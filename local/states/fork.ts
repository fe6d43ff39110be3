import type { StateNode } from './definition.ts';
import { QueryFailure } from './expression.ts';
import type { Line } from './frame.ts';
import type { Json } from './json.ts';
import { settle } from './line.ts';
import { emit, limit, type Run } from './run.ts';
import { scopeOf } from './scope.ts';

/** Inline maps run at most this many iterations at once. */
const MAP_LIMIT = 40;

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

/** Starts the branches of a Parallel. */
export const fork = (run: Run, line: Line, node: StateNode): void => {
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

/** Starts a Map; its iterations begin as `join` has room. */
export const spread = (run: Run, line: Line, node: StateNode): void => {
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

/** Begins further iterations, and goes on once all branches have ended. */
export const join = (run: Run, line: Line, node: StateNode): void => {
  if (node.type === 'Map') iterate(run, line, node);
  if ((line.running ?? 0) > 0) return;
  if (line.lastDone !== undefined) line.last = line.lastDone;
  emit(run, `${node.type}StateSucceeded`, line.last);
  line.result = line.outputs ?? [];
  line.phase = 'exit';
  run.wake(line);
};
