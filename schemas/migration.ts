import * as z from 'zod';
import { By } from './deal.ts';
import { DealId, Slug, TaskId, UserId } from './ids.ts';
import { Text } from './text.ts';
import { Instant } from './time.ts';

/**
 * Where deals of one stage go. `keep`: their open tasks keep due dates, rungs and creation, and what was done is not done
 * again. `restart`: as if they came to the stage now; letters at its beginning are sent again.
 */
export const StageMigration = z.strictObject({
  to: Slug,
  timers: z.enum(['keep', 'restart']).default('keep'),
});
export type StageMigration = z.infer<typeof StageMigration>;

/** Moves deals under way to the definition that is deployed now. */
export const MigrationPlan = z.strictObject({
  /** what was done under a name is not done again */
  id: Slug,
  pipeline: Slug,
  /** by the stage where deals stand; it may be one that the pipeline no longer has */
  stages: z.record(Slug, StageMigration),
  /** deals whose runs began before this count as of an older definition, whatever is recorded of them */
  before: Instant.optional(),
  reason: z.string().min(1).max(500).optional(),
});
export type MigrationPlan = z.infer<typeof MigrationPlan>;

/** Why a deal is not on the definition that is deployed now. */
export const Outdated = z.enum(['stage-gone', 'older-definition', 'unknown-definition']);
export type Outdated = z.infer<typeof Outdated>;

export const OutdatedDeal = z.strictObject({
  deal: DealId,
  number: z.string(),
  title: z.string(),
  stage: Slug,
  stageSince: Instant,
  because: Outdated,
  /** fingerprint of the definition its runs began by, and of the one deployed now */
  definition: z.string().optional(),
  present: z.string().optional(),
});
export type OutdatedDeal = z.infer<typeof OutdatedDeal>;

const AffectedTask = z.strictObject({
  task: TaskId,
  step: Slug.optional(),
  title: Text,
  assignee: UserId.optional(),
  due: Instant.optional(),
});

/** What a plan means for one deal, or what came of it. */
export const MigrationEffect = z.strictObject({
  deal: DealId,
  number: z.string(),
  title: z.string(),
  /** `done-before`: under this plan; `undone`: by its undoing; `present`: on the deployed definition already */
  status: z.enum(['would-migrate', 'migrated', 'undone', 'refused', 'done-before', 'present']),
  from: Slug,
  to: Slug,
  timers: z.enum(['keep', 'restart']),
  kept: z.array(AffectedTask),
  cancelled: z.array(AffectedTask),
  /** threads under way that go on by the new definition, and those that end */
  threads: z.array(Slug),
  ended: z.array(Slug),
  refusals: z.array(z.strictObject({ path: z.string(), code: z.string(), message: Text })),
});
export type MigrationEffect = z.infer<typeof MigrationEffect>;

/** What is kept of a deal's migration: enough to put it back. */
export const MigrationRecord = z.strictObject({
  plan: Slug,
  deal: DealId,
  at: Instant,
  by: By,
  from: z.strictObject({
    stage: Slug,
    stageSince: Instant,
    work: z.int().positive(),
    threads: z.record(Slug, z.int().positive()),
    underWay: z.array(Slug),
  }),
  to: z.strictObject({ stage: Slug, seq: z.int().positive(), era: z.int().positive() }),
  kept: z.array(TaskId),
  cancelled: z.array(TaskId),
  undoneAt: Instant.optional(),
});
export type MigrationRecord = z.infer<typeof MigrationRecord>;
