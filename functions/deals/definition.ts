import { createHash } from 'node:crypto';
import type { Pipeline, Stage } from '../../schemas/pipeline.ts';

/** A stage's definition does not change while a process lives. */
const known = new WeakMap<Stage, string>();

/**
 * Fingerprint of what the runs of a stage are made from: its work and its threads. A deal keeps the one of its coming, so
 * that it can be told whether its runs finish an older definition.
 *
 * @returns `undefined` where the pipeline has no such stage
 */
export const definitionOf = ({ stages }: Pipeline, id: string): string | undefined => {
  const stage = stages[id];
  if (stage === undefined) return undefined;
  const print =
    known.get(stage) ??
    createHash('sha256')
      .update(JSON.stringify([stage.work ?? [], stage.on ?? []]))
      .digest('hex')
      .slice(0, 8);
  known.set(stage, print);
  return print;
};

/** The member of a deal that has just come to a stage. */
export const definedBy = (pipeline: Pipeline, stage: string): { definition?: string } => {
  const definition = definitionOf(pipeline, stage);
  return definition === undefined ? {} : { definition };
};
