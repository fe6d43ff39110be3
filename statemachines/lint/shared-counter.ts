import type { Pipeline } from '../../schemas/pipeline.ts';
import { type Check, finding, type PackCheck } from './finding.ts';
import { placed } from './places.ts';

const counterOf = ({ id, numbering }: Pipeline): string => numbering ?? id;

/** Two pipelines that would give the same number to different deals, or count together and call the same number two ways. */
export const sharedCounter: PackCheck = (pack) =>
  pack.pipelines.flatMap((one, at) =>
    pack.pipelines.slice(at + 1).flatMap((other) => {
      const path = `${pack.id}/${other.id}`;
      const together = counterOf(one) === counterOf(other);
      if (one.prefix === other.prefix && !together)
        return [
          finding(
            'shared-counter',
            path,
            `prefix "${other.prefix}" is also that of ${one.id}, so that both would give ${other.prefix === '' ? '1' : `${other.prefix}-1`}; give them prefixes of their own or the same numbering`,
          ),
        ];
      if (one.prefix !== other.prefix && together)
        return [
          finding(
            'shared-counter',
            path,
            `it counts together with ${one.id}, given prefix "${other.prefix}"; the same number is called the same: "${one.prefix}"`,
          ),
        ];
      return [];
    }),
  );

/** A deal that goes by the number of another, which its own pipeline may give once more. */
export const borrowedNumber: Check = (pack, pipeline) =>
  placed(pipeline).flatMap(({ path, step }) => {
    if (step.do !== 'subdeal' || step.number !== 'same') return [];
    const child = pack.pipelines.find(({ id }) => id === step.pipeline);
    if (child === undefined || counterOf(child) === counterOf(pipeline)) return []; // `unknown-pipeline` says so
    return [
      finding(
        'shared-counter',
        path,
        `a deal of ${child.id} takes the number of one of ${pipeline.id}, and they count each for itself; give both the same numbering`,
      ),
    ];
  });
