import type { Deal } from '../../schemas/deal.ts';
import type { Pipeline } from '../../schemas/pipeline.ts';
import type { Text } from '../../schemas/text.ts';

/**
 * Where a deal is, in its client's words: those of its stage; where that has none, of the stage it came from; else of the
 * nearest stage before it on the board that has some. The first of all where none is before it.
 */
export const clientStatus = (
  { stage, cameFrom }: Pick<Deal, 'stage' | 'cameFrom'>,
  { stages, tracking }: Pick<Pipeline, 'stages' | 'tracking'>,
): Text | undefined => {
  const said = tracking?.stages ?? {};
  const order = Object.keys(stages);
  const before = order.slice(0, order.indexOf(stage)).reverse();
  const after = order.slice(order.indexOf(stage) + 1);
  return [stage, ...(cameFrom === undefined ? [] : [cameFrom]), ...before, ...after]
    .map((id) => said[id])
    .find((text) => text !== undefined);
};
