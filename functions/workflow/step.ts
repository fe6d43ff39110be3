import type { RunState, StepCommand } from '../../schemas/step.ts';
import type { Card } from '../deals/card.ts';
import type { Context } from '../deals/context.ts';
import type { Facts } from '../shared/expression.ts';
import { runState } from './run-state.ts';

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

/** A run that is started again after its year counts time-outs from zero: these are others than last year's. */
const yearOf = (execution: string): string => /-y\d+$/.exec(execution)?.[0] ?? '';

/** One occasion of a step: the same for a repeated call, another for the next rung or round. */
export const occasion = ({ run, step, round, rung, execution }: StepCommand): string =>
  [
    run.deal,
    run.seq,
    step.id,
    run.thread,
    run.n,
    round,
    rung === 0 ? rung : `${rung}${yearOf(execution)}`,
  ].join('.');
