import * as z from 'zod';
import { FieldId, Slug, UserId } from './ids.ts';
import { LedgerKind } from './ledger-kind.ts';
import { Language, Text } from './text.ts';

export const Entity = z.enum([
  'deal',
  'task',
  'ledger',
  /** links by which clients pay: seen, made, and decided about, which is to give money back */
  'payment',
  /** pay that deals brought people; their own is always theirs to see */
  'accrual',
  'company',
  'contact',
  'product',
  'directory',
  'report',
  'settings',
  'users',
  /** all that left for outside systems and people, and what came in */
  'outbox',
  /** the numbered events for other systems, and where they are sent */
  'events',
]);
export type Entity = z.infer<typeof Entity>;

export const Action = z.enum(['view', 'create', 'edit', 'delete']);
export type Action = z.infer<typeof Action>;

/**
 * Which deals a grant covers: every one, those of the user and the people below, the user's own,
 * or those where a field of the deal names the user.
 */
export const Scope = z.union([z.enum(['all', 'subordinates', 'own']), z.strictObject({ field: FieldId })]);
export type Scope = z.infer<typeof Scope>;

/** A right: what may be done to which entity, in which pipeline (`*`: each of the role's own pack), over which deals. */
export const Grant = z.strictObject({
  entity: Entity,
  pipeline: z.union([Slug, z.literal('*')]).default('*'),
  actions: z.array(Action).min(1),
  scope: Scope.default('all'),
  /** only while the deal is on one of these stages */
  stages: z.array(Slug).min(1).optional(),
  /** of the ledger, only entries of these kinds */
  kinds: z.array(LedgerKind).min(1).optional(),
});
export type Grant = z.infer<typeof Grant>;

/** What a person may see and do; the pack gives the default, an administrator may edit it. */
export const Role = z.strictObject({
  id: Slug,
  title: Text,
  /** the pack whose pipelines `*` means; of a role that a pack declares it is that pack */
  pack: Slug.optional(),
  grants: z.array(Grant),
  /** fields this role neither sees nor writes, unless another of the user's roles shows them */
  hides: z.array(FieldId).default([]),
  /** may move against the guard, with a reason that goes to the feed */
  override: z.boolean().default(false),
  help: Text.optional(),
});
export type Role = z.infer<typeof Role>;

/** How staff are told; `push`: whoever pushes to phones hears `person.told` at once. */
export const Channel = z.enum(['app', 'email', 'sms', 'push']);
export type Channel = z.infer<typeof Channel>;

/** A person of the company. `head` is the org chart: who this person reports to. */
export const User = z.strictObject({
  id: UserId,
  name: z.string().min(1).max(120),
  email: z.email().optional(),
  roles: z.array(Slug).min(1),
  head: UserId.optional(),
  language: Language.default('ru'),
  /** channels beside the in-app inbox, which is always used */
  channels: z.array(Channel).default(['app']),
  active: z.boolean().default(true),
});
export type User = z.infer<typeof User>;
