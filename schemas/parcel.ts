import * as z from 'zod';
import { By } from './deal.ts';
import { DealId, EntityId, FieldId, Slug } from './ids.ts';
import { Money } from './money.ts';
import { ParcelState } from './parcel-state.ts';
import { Day, Instant, TimeOfDay } from './time.ts';

/** What is packed: pieces of one kind. Minor units and grams of one piece. */
export const ParcelLine = z.strictObject({
  name: z.string().min(1).max(255),
  article: z.string().min(1).max(50),
  quantity: z.int().positive(),
  price: z.int().nonnegative(),
  weight: z.int().positive(),
  /** what the carrier takes for one piece */
  cod: z.int().nonnegative(),
});
export type ParcelLine = z.infer<typeof ParcelLine>;

/** A box: grams and centimetres. */
export const Box = z.strictObject({
  weight: z.int().positive(),
  length: z.int().positive(),
  width: z.int().positive(),
  height: z.int().positive(),
});
export type Box = z.infer<typeof Box>;

/** One thing the carrier said of it, in its own code. */
export const ParcelStatus = z.strictObject({
  code: z.string().max(80),
  at: Instant,
  state: ParcelState.optional(),
  city: z.string().max(120).optional(),
  reason: z.string().max(20).optional(),
});
export type ParcelStatus = z.infer<typeof ParcelStatus>;

/** Why the carrier did not do what was asked: its code, and its words without personal data. */
export const ParcelProblem = z.strictObject({ code: z.string().max(120), words: z.string().max(500) });
export type ParcelProblem = z.infer<typeof ParcelProblem>;

/** A courier who comes for it: on which day and between which hours of the company. */
export const Pickup = z.strictObject({ day: Day, from: TimeOfDay, to: TimeOfDay });
export type Pickup = z.infer<typeof Pickup>;

/**
 * A parcel of a deal. Who it goes to stands on the deal and its contact alone, and is read when the carrier is asked: a
 * parcel holds nothing of the person.
 */
export const Parcel = z.strictObject({
  id: EntityId,
  deal: DealId,
  pipeline: Slug,
  pack: Slug,
  carrier: z.literal('cdek'),
  /** our name of it at the carrier: the deal's number and which parcel of the deal it is */
  number: z.string().min(1).max(40),
  /** one that came back, or a client sent: which parcel it was before */
  of: EntityId.optional(),
  kind: z.enum(['order', 'return']),
  /** the `ship` step whose words it was ordered by */
  step: Slug,
  /** fields of the deal that follow it: its number, its last status in words, the day it is promised for */
  writes: z.strictObject({ track: FieldId, status: FieldId.optional(), date: FieldId.optional() }),
  state: ParcelState,
  /** the carrier's own id */
  uuid: z.uuid().optional(),
  /** the carrier's number, by which people follow it */
  track: z.string().min(1).max(60).optional(),
  to: z.strictObject({
    point: z.string().min(1).max(20).optional(),
    city: z.int().positive().optional(),
    /** the field of the deal that holds the address */
    address: FieldId.optional(),
  }),
  tariff: z.int().positive(),
  box: Box,
  lines: z.array(ParcelLine).max(126),
  /** what the carrier takes from the client */
  cod: Money.optional(),
  /** what the carrier asks for the delivery, and the day it promises */
  price: Money.optional(),
  planned: Day.optional(),
  /** kept at the point until then */
  keptUntil: Day.optional(),
  /** what the client paid on delivery, and whether CDEK has paid it out to the company */
  paid: Money.optional(),
  paidOut: z.literal(true).optional(),
  statuses: z.array(ParcelStatus).max(200),
  problems: z.array(ParcelProblem).max(20).optional(),
  /** files of the deal: the waybill and the label */
  papers: z.strictObject({ waybill: EntityId.optional(), barcode: EntityId.optional() }).optional(),
  courier: Pickup.extend({
    state: z.enum(['asked', 'called', 'refused']),
    uuid: z.uuid().optional(),
    problem: ParcelProblem.optional(),
  }).optional(),
  /** what the carrier was asked for after it was ordered, and has not answered yet */
  asked: z.enum(['cancel', 'refusal', 'client-return']).optional(),
  createdAt: Instant,
  by: By,
  version: z.int().positive(),
  changedAt: Instant,
  changedBy: By,
});
export type Parcel = z.infer<typeof Parcel>;
