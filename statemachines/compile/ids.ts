import type { Stage, Step } from '../../schemas/pipeline.ts';
import { CannotCompile } from './refused.ts';

/** The lists of steps that stand inside one step and are taken one by one; the body of a cycle is none of them. */
export const within = (step: Step): readonly (readonly Step[])[] => {
  switch (step.do) {
    case 'choose':
      return [...step.cases.map(({ steps }) => steps), step.else ?? []];
    case 'parallel':
      return step.branches;
    case 'approval':
      return step.rework === undefined ? [] : [[step.rework]];
    default:
      return [];
  }
};

/** Every step of a list, those inside a step after it. */
export const everyStep = (steps: readonly Step[]): readonly Step[] =>
  steps.flatMap((step) => [step, ...within(step).flatMap(everyStep)]);

/** Refuses a stage that uses an id twice: states, timers and tasks are all known by it. */
export const assertIds = (where: string, { work = [], on = [] }: Stage): void => {
  const seen = new Set<string>();
  for (const { id } of everyStep([...work, ...on.flatMap((thread) => thread.work)])) {
    if (seen.has(id))
      throw new CannotCompile(`${where}: two steps are called "${id}"; name one of them otherwise`);
    seen.add(id);
  }
};
