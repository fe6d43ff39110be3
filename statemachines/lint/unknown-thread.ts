import { type Check, finding, list } from './finding.ts';
import { mentions } from './mentions.ts';

/** A `start` that names no thread of its stage. */
export const unknownThread: Check = (_, pipeline) =>
  mentions(pipeline).flatMap(({ kind, name, path, stage }) => {
    if (kind !== 'thread' || stage === undefined) return [];
    const ids = (pipeline.stages[stage]?.on ?? []).map(({ id }) => id);
    return ids.includes(name)
      ? []
      : [finding('unknown-thread', path, `"${name}" is no thread of this stage; threads are ${list(ids)}`)];
  });
