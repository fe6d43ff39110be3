import { type Check, finding, list } from './finding.ts';
import { placed } from './places.ts';

/** A process that is to be given up on a stage which its pipeline does not have, or on which it would not be over. */
export const lostProcess: Check = (pack, pipeline) =>
  placed(pipeline).flatMap(({ path, step }) => {
    if (step.do !== 'subdeal' || step.abandon === undefined) return [];
    const other = pack.pipelines.find(({ id }) => id === step.pipeline);
    if (other === undefined || other.stages[step.abandon]?.outcome !== undefined) return []; // `unknown-pipeline` says so
    const would = Object.entries(other.stages).flatMap(([id, { outcome }]) => (outcome ? [id] : []));
    return [
      finding(
        'lost-process',
        path,
        `"${step.abandon}" is no final stage of ${step.pipeline}, to which it is sent when its deal goes on; final are ${list(would)}`,
      ),
    ];
  });
