import * as z from 'zod';
import { SocialChannel } from './conversation.ts';
import { EntityId, Slug, TaskId, UserId } from './ids.ts';
import { Currency } from './money.ts';
import { Instant, Zone } from './time.ts';

/** A value of a typed field of the card, or of one that somebody added without a type. */
export const CardValue = z.union([
  z.string().max(1000),
  z.number(),
  z.boolean(),
  z.array(z.string().max(200)).max(50),
  z.record(z.string().max(64), z.number()),
]);
export type CardValue = z.infer<typeof CardValue>;

const extra = z.record(z.string().max(48), CardValue).default({});

/** New values by field of a card; `null` empties one, and what is left out stays. */
export const CardChanges = z.record(z.string().max(48), CardValue.nullable());
export type CardChanges = z.infer<typeof CardChanges>;

export const Company = z.strictObject({
  id: EntityId,
  name: z.string().min(1).max(300),
  taxNumber: z.string().max(20).optional(),
  guid1c: z.uuid().optional(),
  /** minor units; the sum of open deals' debts, kept by the reports consumer */
  debtTotal: z.int().default(0),
  /** minor units; the sum of its won deals, each once, kept by the reports consumer */
  wonTotal: z.int().default(0),
  /** the group of companies it belongs to */
  holding: EntityId.optional(),
  /** what it is to the others of its holding */
  holdingRole: z.enum(['head', 'subsidiary']).optional(),
  /** what the packs declare by `cards`, and what else somebody noted down */
  extra,
  version: z.int().positive(),
  changedAt: Instant,
});
export type Company = z.infer<typeof Company>;

/** Why a person's data is taken away: a choice of these, since a free text would say the person's name again. */
export const ErasureReason = z.enum(['asked', 'consent-withdrawn', 'purpose-ended', 'mistake']);
export type ErasureReason = z.infer<typeof ErasureReason>;

/** That a contact's personal data was taken away. `under-way`: it is gone from the contact, not yet from every deal. */
export const Erasure = z.strictObject({
  at: Instant,
  by: UserId,
  reason: ErasureReason,
  state: z.enum(['under-way', 'done']),
});
export type Erasure = z.infer<typeof Erasure>;

/** How the way by e-mail turned: `right` ends whatever was before it, `stopped` is about letters that came again and again. */
const reachTurns = ['bounced', 'complained', 'opted-out', 'stopped', 'right'] as const;

/**
 * What is known of the ways to a person. Of e-mail: `bounced`, letters do not arrive there; `complained`, the person called a
 * letter of ours spam; `opted-out`, the person wants no advertising. Gone with the address it is about.
 */
export const Reach = z.strictObject({
  email: z
    .strictObject({
      /** the worst that is so; absent while letters only failed for a moment */
      state: z.enum(['bounced', 'complained', 'opted-out']).optional(),
      at: Instant,
      problem: z.string().max(300).optional(),
      /** the person wants no advertising; stays where the address changes */
      optedOut: z.literal(true).optional(),
      /** when letters failed for a moment, the newest last */
      soft: z.array(Instant).max(10).optional(),
      /** the letter that told it, and the task to mend it */
      letter: EntityId.optional(),
      task: TaskId.optional(),
      /** texts that were sent again and again until the person had them stopped */
      stopped: z.array(Slug).max(50).optional(),
    })
    .optional(),
  sms: z
    .strictObject({
      state: z.enum(['opted-out', 'unreachable']),
      at: Instant,
      /** how the person said it */
      reason: z.string().max(300).optional(),
    })
    .optional(),
  /** what became of it, the newest last */
  history: z
    .array(z.strictObject({ at: Instant, is: z.enum(reachTurns) }))
    .max(20)
    .optional(),
  /** where the person is, for hours in which nobody is disturbed */
  zone: Zone.optional(),
});
export type Reach = z.infer<typeof Reach>;

/** What a person with the right may say of it: `null` puts a way right again; that the client wants no SMS takes a reason. */
export const ReachChanges = z.strictObject({
  email: z.null().optional(),
  sms: z
    .strictObject({ state: z.literal('opted-out'), reason: z.string().trim().min(1).max(300) })
    .nullable()
    .optional(),
  zone: Zone.nullable().optional(),
});
export type ReachChanges = z.infer<typeof ReachChanges>;

export const Contact = z.strictObject({
  id: EntityId,
  name: z.string().min(1).max(200),
  email: z.email().optional(),
  phone: z
    .string()
    .regex(/^\+[1-9]\d{6,14}$/, 'use the international form, +79161234567')
    .optional(),
  company: EntityId.optional(),
  /** further companies the person is connected with, such as others of a holding */
  companies: z.array(EntityId).max(50).optional(),
  /** who the person is in a network they write by */
  social: z.partialRecord(SocialChannel, z.string().min(1).max(120)).optional(),
  language: z.enum(['ru', 'en', 'ro']).default('ru'),
  extra,
  /** what is known of the ways to the person, beyond that they are there */
  reach: Reach.optional(),
  /** absent while the person is known */
  erased: Erasure.optional(),
  version: z.int().positive(),
  changedAt: Instant,
});
export type Contact = z.infer<typeof Contact>;

/** An article of the nomenclature; `price` is minor units of one unit. */
export const Product = z.strictObject({
  id: EntityId,
  name: z.string().min(1).max(300),
  unit: z.string().max(20).default('pcs'),
  price: z.int().nonnegative(),
  currency: Currency,
  guid1c: z.uuid().optional(),
  version: z.int().positive(),
  changedAt: Instant,
});
export type Product = z.infer<typeof Product>;
