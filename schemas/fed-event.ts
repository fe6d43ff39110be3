import * as z from 'zod';
import { By } from './deal.ts';
import { DealId, EntityId, Slug } from './ids.ts';
import { Instant } from './time.ts';

/** What other systems are told of. */
export const FedType = z.enum([
  'deal.created',
  'deal.changed',
  'deal.moved',
  'deal.migrated',
  'task.opened',
  'task.closed',
  'task.cancelled',
  'ledger.recorded',
  'ledger.decided',
]);
export type FedType = z.infer<typeof FedType>;

/** A domain event as other systems read it: numbered without gaps, with ids and names of fields, without values. */
export const FedEvent = z.strictObject({
  /** its place among all events of the company, from 1 */
  n: z.int().positive(),
  id: EntityId,
  type: FedType,
  at: Instant,
  pipeline: Slug,
  deal: DealId,
  by: By,
  data: z.record(z.string(), z.unknown()),
});
export type FedEvent = z.infer<typeof FedEvent>;
