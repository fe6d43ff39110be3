import type { RunState, StepCommand } from '../../schemas/step.ts';
import type { Card } from '../deals/card.ts';
import type { Context } from '../deals/context.ts';
import type { Facts } from '../shared/expression.ts';
import { executionName, runState, workOf } from './run-state.ts';

/** One step being carried out: the command, the deal as it is now, and what is known of it. */
export type Doing = {
  readonly command: StepCommand;
  readonly card: Card;
  readonly facts: Facts;
  readonly context: Context;
};

/**
 * What carrying out a step came to: the run goes on with this state, or waits on its token. A step without a token
 * always goes on.
 */
export type Done = { readonly state: RunState } | 'waiting';

/** The state the run goes on with. */
export const goesOn = (
  { command: { run, ahead, round }, card, facts, context }: Doing,
  more: { outcome?: string; decision?: RunState['decision'] } = {},
): Done => ({ state: runState(run, ahead, { facts, tasks: card.tasks, context, round, ...more }) });

/** What tells an execution from the first of its run: one started later counts time-outs from zero, and these are others. */
const markOf = ({ run, execution }: StepCommand): string => {
  const first = executionName(run);
  return execution.startsWith(first) ? execution.slice(first.length) : execution;
};

/** One occasion of a step: the same for a repeated call, another for the next rung or round. */
export const occasion = (command: StepCommand): string => {
  const { run, step, round, rung } = command;
  return [
    run.deal,
    workOf(run),
    step.id,
    run.thread,
    run.n,
    round,
    rung === 0 ? rung : `${rung}${run.era === undefined ? '' : `m${run.era}`}${markOf(command)}`,
  ].join('.');
};
