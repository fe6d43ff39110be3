import { type Check, finding, list } from './finding.ts';
import { mentions } from './mentions.ts';

/** A move, a `goto` or a start that names no stage of the pipeline. */
export const unknownStage: Check = (_, pipeline) =>
  mentions(pipeline)
    .filter(({ kind, name }) => kind === 'stage' && !(name in pipeline.stages))
    .map(({ name, path }) =>
      finding(
        'unknown-stage',
        path,
        `"${name}" is no stage of this pipeline; stages are ${list(Object.keys(pipeline.stages))}`,
      ),
    );
