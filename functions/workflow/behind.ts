import type { Step } from '../../schemas/pipeline.ts';
import type { Run } from '../../schemas/task.ts';
import { everyStep, within } from '../../statemachines/compile/ids.ts';
import type { Card } from '../deals/card.ts';
import { stageOf } from '../deals/context.ts';
import type { Doing } from './step.ts';

/** Ids of steps, those inside others included. */
export const idsOf = (steps: readonly Step[]): string[] => everyStep(steps).map(({ id }) => id);

const isPassed = (steps: readonly Step[], id: string, reached: ReadonlySet<string>): boolean => {
  const at = steps.findIndex((step) => idsOf([step]).includes(id));
  const step = steps[at];
  if (step === undefined) return false;
  if (idsOf(steps.slice(at + 1)).some((later) => reached.has(later))) return true;
  return within(step).some((inside) => isPassed(inside, id, reached));
};

const isOf = (run: Run, other: Run | undefined): boolean =>
  other?.seq === run.seq && other.work === run.work && other.thread === run.thread && other.n === run.n;

const stepsReached = ({ tasks }: Card, run: Run): ReadonlySet<string> =>
  new Set(
    tasks.flatMap(({ step, run: of, outcome }) =>
      step === undefined || outcome === 'migrated' || !isOf(run, of) ? [] : [step],
    ),
  );

/**
 * Whether a migrated run comes to a step that the run before it has done: work that follows it has been reached. What the
 * deal has behind it is not said, written or sent a second time.
 */
export const isBehind = ({ command: { run, step }, card, context }: Doing): boolean => {
  if (run.era === undefined) return false;
  const { work = [], on = [] } = stageOf(context.pipeline, run.stage);
  const steps = run.thread === 'main' ? work : (on.find(({ id }) => id === run.thread)?.work ?? []);
  return isPassed(steps, step.id, stepsReached(card, run));
};
