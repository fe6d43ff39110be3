import { type Check, finding } from './finding.ts';
import { pathOf, stepsOf } from './places.ts';

/** A stage that is not final and that no deal can leave. */
export const deadEnd: Check = (_, pipeline) =>
  Object.entries(pipeline.stages)
    .filter(
      ([id, stage]) =>
        stage.outcome === undefined &&
        !stage.moves.some(({ to }) => to !== id) &&
        !stepsOf(stage).some((step) => step.do === 'goto' && step.stage !== id),
    )
    .map(([id]) =>
      finding(
        'dead-end',
        pathOf(pipeline, id),
        `stage "${id}" has no way out and no outcome; give it a move, a goto, or an outcome: won, lost, done`,
      ),
    );
