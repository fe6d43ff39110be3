import type { Deal } from '../../schemas/deal.ts';
import type { Outdated } from '../../schemas/migration.ts';
import type { Pipeline } from '../../schemas/pipeline.ts';
import { definitionOf } from '../deals/definition.ts';

/**
 * Why a deal is not on the deployed definition of its pipeline; `undefined` where it is. A deal that is over and stands on a
 * stage that is still there has nothing before it that a definition could change.
 *
 * @param before - deals whose runs began before this count as of an older one
 */
export const outdated = (deal: Deal, pipeline: Pipeline, before?: string): Outdated | undefined => {
  const present = definitionOf(pipeline, deal.stage);
  if (present === undefined) return 'stage-gone';
  if (deal.outcome !== undefined) return undefined;
  if (before !== undefined && (deal.era?.at ?? deal.stageSince) < before) return 'older-definition';
  if (deal.definition === undefined) return 'unknown-definition';
  return deal.definition === present ? undefined : 'older-definition';
};
