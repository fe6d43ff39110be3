import type { StateNode, Yield } from './definition.ts';
import type { Evaluation } from './expression.ts';
import type { Line } from './frame.ts';
import type { Json, JsonObject } from './json.ts';
import { limit, type Run } from './run.ts';

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
      RedriveCount: execution.redrives ?? 0,
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

/** What the expressions of a line's state see now. */
export const scopeOf = (run: Run, line: Line, node: StateNode, seen: Seen = {}): Evaluation => {
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

/** All right sides see the variables as they were before the first assignment. */
export const assigned = (fields: Yield, node: StateNode, scope: Evaluation): JsonObject | undefined => {
  if (!fields.assign) return undefined;
  const made: JsonObject = {};
  for (const [name, template] of fields.assign) made[name] = limit(template(scope), node);
  return made;
};
