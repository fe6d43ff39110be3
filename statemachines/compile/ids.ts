import type { Stage, Step } from '../../schemas/pipeline.ts';
import { CannotCompile } from './refused.ts';

/** Every step of a list, those inside a step after it. */
export const everyStep = (steps: readonly Step[]): readonly Step[] =>
  steps.flatMap((step): readonly Step[] => {
    switch (step.do) {
      case 'choose':
        return [step, ...step.cases.flatMap((way) => everyStep(way.steps)), ...everyStep(step.else ?? [])];
      case 'parallel':
        return [step, ...step.branches.flatMap(everyStep)];
      case 'approval':
        return step.rework ? [step, step.rework] : [step];
      default:
        return [step];
    }
  });

/** Refuses a stage that uses an id twice: states, timers and tasks are all known by it. */
export const assertIds = (where: string, { work = [], on = [] }: Stage): void => {
  const seen = new Set<string>();
  for (const { id } of everyStep([...work, ...on.flatMap((thread) => thread.work)])) {
    if (seen.has(id))
      throw new CannotCompile(`${where}: two steps are called "${id}"; name one of them otherwise`);
    seen.add(id);
  }
};
