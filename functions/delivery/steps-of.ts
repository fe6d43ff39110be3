import type { Pipeline, ShipStep } from '../../schemas/pipeline.ts';
import { everyStep } from '../../statemachines/compile/ids.ts';

/** The `ship` steps of a pipeline, as they are deployed. */
export const shipStepsOf = ({ stages }: Pipeline): ShipStep[] =>
  Object.values(stages)
    .flatMap(({ work = [], on = [] }) => everyStep([...work, ...on.flatMap((thread) => thread.work)]))
    .filter((step) => step.do === 'ship');

/** The step whose words a parcel is ordered by: the one named, else that of the stage, else the first. */
export const shipStepOf = (pipeline: Pipeline, id?: string, stage?: string): ShipStep | undefined => {
  const all = shipStepsOf(pipeline);
  if (id !== undefined) return all.find((step) => step.id === id);
  const { work = [], on = [] } = (stage === undefined ? undefined : pipeline.stages[stage]) ?? {};
  const here = everyStep([...work, ...on.flatMap((thread) => thread.work)]).map((step) => step.id);
  return all.find((step) => here.includes(step.id)) ?? all[0];
};
