import * as z from 'zod';
import { Slug } from '../ids.ts';
import { MigrationEffect, MigrationPlan, OutdatedDeal } from '../migration.ts';
import { Instant } from '../time.ts';
import { endpoint } from './endpoint.ts';
import { None, Paging } from './shapes.ts';

const page = <T extends z.ZodType>(of: T) =>
  z.strictObject({ items: z.array(of), cursor: z.string().optional() });

/** Deals of one call: each is a transaction of its own, and the caller waits for all of them. */
const Some = {
  cursor: z.string().max(500).optional(),
  limit: z.int().min(1).max(100).default(25),
};

/** Deals under way, from one definition of their pipeline to the next; for administrators. */
export const migrations = {
  'migrations.deals': endpoint({
    method: 'GET',
    path: '/v1/migrations/deals',
    service: 'admin',
    params: None,
    body: None,
    summary: 'Deals whose runs finish an older definition, or whose stage is gone',
    query: z.strictObject({
      pipeline: Slug,
      stage: Slug.optional(),
      before: Instant.optional(),
      ...Paging,
    }),
    answer: page(OutdatedDeal),
  }),
  'migrations.preview': endpoint({
    method: 'POST',
    path: '/v1/migrations/preview',
    service: 'admin',
    params: None,
    query: None,
    summary: 'What a migration plan means for each deal; writes nothing',
    body: z.strictObject({ plan: MigrationPlan, ...Some }),
    answer: page(MigrationEffect),
  }),
  'migrations.apply': endpoint({
    method: 'POST',
    path: '/v1/migrations',
    service: 'admin',
    params: None,
    query: None,
    summary: 'Carry a migration plan out, one transaction a deal; go on with the cursor until there is none',
    body: z.strictObject({ plan: MigrationPlan, ...Some }),
    answer: page(MigrationEffect),
  }),
  'migrations.undo': endpoint({
    method: 'POST',
    path: '/v1/migrations/{plan}/undo',
    service: 'admin',
    params: z.strictObject({ plan: Slug }),
    query: None,
    summary: 'Put back the deals of a migration that have not moved since',
    body: z.strictObject(Some),
    answer: page(MigrationEffect),
  }),
} as const;
