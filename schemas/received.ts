import * as z from 'zod';
import { Decided, saidLength } from './call.ts';
import { DealId, EntityId, Slug } from './ids.ts';
import { Instant } from './time.ts';

/** `received`: stored, not yet acted upon. `ignored`: it says nothing new, or nothing of ours. */
export const ReceivedState = z.enum(['received', 'taken', 'refused', 'ignored']);
export type ReceivedState = z.infer<typeof ReceivedState>;

/** What an outside system said, verified and stored as it came; then it is acted upon. */
export const Received = z.strictObject({
  id: EntityId,
  provider: Slug,
  kind: Slug,
  /** the provider's own name for it: what comes again under the same name is known */
  externalId: z.string().min(1).max(300),
  pack: Slug.optional(),
  deal: DealId.optional(),
  dealNumber: z.string().optional(),
  /** as it came; 64 kB at most */
  raw: z.string(),
  state: ReceivedState,
  problem: z.string().max(saidLength).optional(),
  /** times that acting upon it failed */
  attempts: z.int().nonnegative(),
  nextAttemptAt: Instant.optional(),
  /** when and why somebody had it tried again */
  resentAt: Instant.optional(),
  decided: Decided.optional(),
  at: Instant,
  changedAt: Instant,
});
export type Received = z.infer<typeof Received>;
