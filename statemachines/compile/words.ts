import type { Rung } from '../../schemas/pipeline.ts';
import type { ActiveStep } from '../../schemas/step.ts';

/** The step's own words as they travel with a run; what they were asked for by is in the state's comment. */
export const withoutNeeds = (step: ActiveStep): ActiveStep => {
  switch (step.do) {
    case 'look':
      return step;
    case 'task':
    case 'ship':
    case 'queue':
    case 'pay':
      return laddered(bare(step));
    case 'approval':
      return laddered(bare(step.rework ? { ...step, rework: laddered(bare(step.rework)) } : step));
    case 'cycle':
      return bare({ ...step, body: bare(step.body) });
    case 'notify':
    case 'email':
    case 'set':
    case 'assign':
    case 'until':
    case 'wait':
    case 'goto':
    case 'start':
    case 'subdeal':
    case 'remind':
    case 'accrue':
    case 'rate':
    case 'client':
      return bare(step);
    default:
      return step satisfies never;
  }
};

/** The requirements a step is there for, its rungs' and its body's among them; each once. */
export const needsOf = (step: Exclude<ActiveStep, { do: 'look' }>): readonly string[] => {
  const rungs =
    step.do === 'task' ||
    step.do === 'approval' ||
    step.do === 'queue' ||
    step.do === 'ship' ||
    step.do === 'pay'
      ? (step.late ?? [])
      : [];
  const body = step.do === 'cycle' ? (step.body.needs ?? []) : [];
  return [...new Set([...(step.needs ?? []), ...rungs.flatMap(({ needs }) => needs), ...body])];
};

/** The rungs in their own words; where the command is parsed the schema puts an empty list of needs back. */
export const ladder = (late: readonly Rung[]): Rung[] => late.map(bare);

const bare = <S extends { needs?: string[] | undefined }>({ needs: _, ...step }: S): S => step as S;

const laddered = <S extends { late?: Rung[] | undefined }>(step: S): S =>
  step.late ? { ...step, late: ladder(step.late) } : step;
