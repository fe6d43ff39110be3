import * as z from 'zod';
import { By } from './deal.ts';
import { DealId, EntityId, Slug } from './ids.ts';
import { Instant } from './time.ts';

/** How long what is written down of an answer may be. */
export const saidLength = 500;

/** One attempt. `begun`: it was begun, and nobody knows how it ended. */
export const Attempt = z.strictObject({
  n: z.int().positive(),
  at: Instant,
  as: z.enum(['begun', 'done', 'waiting', 'later', 'refused']),
  said: z.string().max(saidLength).optional(),
});
export type Attempt = z.infer<typeof Attempt>;

/** As many attempts as are kept of one call. */
export const attemptsKept = 12;

/** Who put an end to something, or had it tried once more, and why. */
export const Decided = z.strictObject({
  what: z.enum(['again', 'given-up']),
  by: By,
  reason: z.string().min(1).max(1000),
  at: Instant,
});
export type Decided = z.infer<typeof Decided>;

/**
 * `queued`: the first attempt is due. `retrying`: it failed and is tried again. `waiting`: it was taken, and is asked after.
 * `done`, `failed` and `given-up` end it; the last two until somebody has it tried again.
 */
export const CallState = z.enum(['queued', 'retrying', 'waiting', 'done', 'failed', 'given-up']);
export type CallState = z.infer<typeof CallState>;

/** What an outside system is asked to do: the record comes first, then the asking. */
export const Call = z.strictObject({
  id: EntityId,
  provider: Slug,
  kind: Slug,
  pack: Slug,
  pipeline: Slug.optional(),
  deal: DealId.optional(),
  dealNumber: z.string().optional(),
  /** for people; no personal data */
  about: z.string().min(1).max(200),
  /** what its executor reads; 32 kB of JSON at most */
  input: z.record(z.string(), z.unknown()),
  state: CallState,
  /** attempts that were begun */
  attempts: z.int().nonnegative(),
  /** failures since it last went well, and when the first of them was */
  failures: z.int().nonnegative(),
  failingSince: Instant.optional(),
  nextAttemptAt: Instant.optional(),
  answer: z.string().max(saidLength).optional(),
  problem: z.string().max(saidLength).optional(),
  /** the newest last */
  history: z.array(Attempt).max(attemptsKept),
  /** how often people had it tried again */
  resent: z.int().nonnegative(),
  decided: Decided.optional(),
  createdAt: Instant,
  changedAt: Instant,
});
export type Call = z.infer<typeof Call>;
