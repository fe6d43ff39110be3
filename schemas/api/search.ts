import * as z from 'zod';
import { DealId, Slug, UserId } from '../ids.ts';
import { Text } from '../text.ts';
import { Instant } from '../time.ts';
import { endpoint } from './endpoint.ts';
import { None } from './shapes.ts';

/** A deal that was found: what it is called and where it stands, so that a caller is answered at once. */
export const SearchHit = z.strictObject({
  deal: DealId,
  number: z.string(),
  title: z.string(),
  pipeline: Slug,
  pipelineTitle: Text,
  stage: Slug,
  stageTitle: Text,
  outcome: z.string().optional(),
  responsible: UserId.optional(),
  responsibleName: z.string().optional(),
  companyName: z.string().optional(),
  /** the deal it was started from */
  parent: z.strictObject({ deal: DealId, number: z.string() }).optional(),
  createdAt: Instant,
  stageSince: Instant,
});
export type SearchHit = z.infer<typeof SearchHit>;

export const searchApi = {
  'deals.search': endpoint({
    method: 'GET',
    path: '/v1/search',
    service: 'deals',
    params: None,
    body: None,
    summary: 'Deals of every pipeline, found by number, title, client and searched fields',
    query: z.strictObject({
      /** words or their beginnings, all of which have to be found; two letters at least of each that is not whole */
      q: z.string().min(1).max(200),
      limit: z.coerce.number().int().min(1).max(50).default(20),
    }),
    answer: z.strictObject({
      items: z.array(SearchHit),
      /** there may be more than was looked at: say another word */
      more: z.boolean(),
    }),
  }),
} as const;
