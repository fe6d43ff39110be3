import { type Check, finding, list } from './finding.ts';
import { placed } from './places.ts';

/** A `goto` that the moves of its stage do not allow the system to make. */
export const closedGoto: Check = (_, pipeline) =>
  placed(pipeline).flatMap(({ path, stage, step }) => {
    if (step.do !== 'goto') return [];
    const moves = pipeline.stages[stage]?.moves ?? [];
    const open = moves.filter(({ by }) => by.includes('system')).map(({ to }) => to);
    return open.includes(step.stage)
      ? []
      : [
          finding(
            'closed-goto',
            path,
            `goto "${step.stage}" is no move of the system; give that move of stage "${stage}" by: 'system' (its moves so far: ${list(open)})`,
          ),
        ];
  });
