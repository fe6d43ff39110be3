import * as z from 'zod';
import { DealId, EntityId, FieldId, Slug, UserId } from './ids.ts';
import { ParcelState } from './parcel-state.ts';
import { Text } from './text.ts';
import { Instant } from './time.ts';

/** One line of goods or services; `price` is minor units of one piece. */
export const Line = z.strictObject({
  product: EntityId.optional(),
  name: z.string().min(1).max(300),
  quantity: z.number().positive(),
  price: z.int().nonnegative(),
});
export type Line = z.infer<typeof Line>;

/** A file of the deal as a field holds it; versions count from 1. */
export const FileRef = z.strictObject({
  id: EntityId,
  name: z.string().min(1).max(200),
  version: z.int().positive(),
});
export type FileRef = z.infer<typeof FileRef>;

/** A time reserved for people, who are nowhere else then; `end` is the first instant after it. */
export const Slot = z.strictObject({
  start: Instant,
  end: Instant,
  people: z.array(UserId).min(1).max(20),
});
export type Slot = z.infer<typeof Slot>;

/** A slot as somebody gives it: without an end it has the field's own length. */
export const SlotGiven = z.strictObject({
  start: z.string().max(40),
  end: z.string().max(40).optional(),
  people: z.array(UserId).min(1).max(20),
});
export type SlotGiven = z.infer<typeof SlotGiven>;

/** One row of a field of rows: values by column; a column without a value is absent. */
export const Row = z.record(FieldId, z.union([z.string().max(2000), z.number(), z.boolean(), FileRef]));
export type Row = z.infer<typeof Row>;

/** A place: its address as people write it, with its coordinates and its id where a gazetteer knows it. */
export const Address = z.strictObject({
  text: z.string().trim().min(1).max(300),
  lat: z.number().min(-90).max(90).optional(),
  lng: z.number().min(-180).max(180).optional(),
  place: z.string().min(1).max(200).optional(),
});
export type Address = z.infer<typeof Address>;

export const FieldValue = z.union([
  z.string().max(4000),
  z.number(),
  z.boolean(),
  z.array(z.string().max(200)).max(50),
  z.array(Line).max(500),
  FileRef,
  z.array(FileRef).max(200),
  z.array(Row).max(500),
  SlotGiven,
  z.record(EntityId, z.number()),
  Address,
]);
export type FieldValue = z.infer<typeof FieldValue>;

/** Who wrote: a person, or the system by way of a run, a trigger or an adapter. */
export const By = z.union([
  z.strictObject({ user: UserId }),
  z.strictObject({ system: z.string().max(120) }),
]);
export type By = z.infer<typeof By>;

/** People who decide one after another, as they were found when the run came to the step. */
export const Queue = z.strictObject({
  /** the run that asks them: the beginning of the ids of its tasks */
  key: z.string().max(120),
  at: Instant,
  author: UserId.optional(),
  figure: z.number().optional(),
  people: z
    .array(
      z.strictObject({
        user: UserId,
        /** the limit that names them; absent for those the author added */
        limit: EntityId.optional(),
        /** the author’s own turn */
        skipped: z.literal(true).optional(),
      }),
    )
    .max(60),
});
export type Queue = z.infer<typeof Queue>;

/** A deal of some pipeline. Written by `save` alone; `version` counts writes, `seq` counts stage entries. */
export const Deal = z.strictObject({
  id: DealId,
  pack: Slug,
  pipeline: Slug,
  number: z.string(),
  title: z.string().min(1).max(200),
  stage: Slug,
  seq: z.int().positive(),
  version: z.int().positive(),
  /** the stage before this one */
  cameFrom: Slug.optional(),
  responsible: UserId.optional(),
  initiator: UserId.optional(),
  watchers: z.array(UserId).default([]),
  /** the head resolved when the stage was entered; a snapshot for people to read, never for rights */
  head: UserId.optional(),
  fields: z.record(FieldId, FieldValue),
  /** sums of the ledger by field, minor units */
  totals: z.record(FieldId, z.int()),
  /** how many messages of its client have come to it */
  heard: z.int().positive().optional(),
  /** how often each thread of this stage was started since the stage was entered */
  threads: z.record(Slug, z.int().positive()).default({}),
  /** the moments for which threads of this stage were started that wait for a date */
  arrived: z.record(Slug, Instant).optional(),
  /** fingerprint of the stage's definition that its runs began by; absent on deals that came before it was recorded */
  definition: z.string().max(16).optional(),
  /** the last migration of its runs since the stage was entered: see `functions/migrate` */
  era: z
    .strictObject({
      n: z.int().min(2),
      at: Instant,
      /** the era whose work is being done; 1 until a migration opened everything anew */
      work: z.int().positive(),
      plan: Slug,
      how: z.enum(['keep', 'restart', 'undo']),
      /** threads that go on by new runs */
      threads: z.array(Slug),
    })
    .optional(),
  outcome: z.enum(['won', 'lost', 'done']).optional(),
  /** the client's page, where somebody shut it or gave it another link; `turn` counts links */
  tracking: z.strictObject({ off: z.literal(true).optional(), turn: z.int().positive() }).optional(),
  /** for a process started from another deal */
  parent: z
    .strictObject({
      deal: DealId,
      number: z.string(),
      /** which coming of that deal to a stage it belongs to; absent where a person started it */
      seq: z.int().positive().optional(),
      step: Slug.optional(),
      back: z.record(FieldId, FieldId),
      /** where it goes if that deal leaves the stage first; it brings nothing back then */
      abandon: Slug.optional(),
    })
    .optional(),
  /** processes under way that were started from this deal; those with `abandon` end with its stage */
  running: z
    .array(z.strictObject({ deal: DealId, pipeline: Slug, abandon: Slug.optional() }))
    .max(100)
    .optional(),
  /** its newest parcel, and how many it has had */
  parcel: z.strictObject({ id: EntityId, state: ParcelState, count: z.int().positive() }).optional(),
  stageSince: Instant,
  /** the last letter to the client, or from a client, of which the stage was told */
  lettered: z
    .strictObject({
      message: EntityId,
      is: z.enum(['sent', 'failed', 'received']),
      about: FieldId.optional(),
    })
    .optional(),
  /** when it came to its end; absent before, and on deals that ended before it was recorded */
  closedAt: Instant.optional(),
  createdAt: Instant,
  createdBy: By,
  changedAt: Instant,
  changedBy: By,
  /** why, where the last writer had to say it: an override, a rejection */
  reason: z.string().max(1000).optional(),
  /** that personal data was taken away for good: when last, and which fields hold none of it any more */
  erased: z.strictObject({ at: Instant, fields: z.array(FieldId) }).optional(),
  /** who decides one after another, by step; a new start makes a new list, and what was decided is told by the tasks */
  queues: z.record(Slug, z.array(Queue).max(30)).optional(),
  /** what its last writers asked for in fields that are not theirs and are kept as they were; by the version that kept them */
  restored: z.strictObject({ version: z.int().positive(), fields: z.record(FieldId, FieldValue) }).optional(),
  /** what is missing where it stands: the system is about to undo the move that brought it there */
  undo: z.array(Text).max(60).optional(),
  /** idempotency keys of the last writes, newest first */
  keys: z.array(z.string().max(200)).max(20).default([]),
});
export type Deal = z.infer<typeof Deal>;
