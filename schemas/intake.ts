import * as z from 'zod';
import { DealId, EntityId, FieldId, Slug, UserId } from './ids.ts';
import { Came, RfcId } from './incoming.ts';
import { Instant } from './time.ts';

/** A file that came with a letter; the adapter of the mail has put it into the bucket under `files/intake/`. */
export const LetterFile = z.strictObject({
  name: z.string().min(1).max(200),
  type: z.string().min(1).max(120),
  size: z.int().positive(),
  key: z
    .string()
    .max(400)
    .regex(/^files\/intake\/[A-Za-z0-9._/-]+$/, 'the place of the file in the bucket, under files/intake/'),
});
export type LetterFile = z.infer<typeof LetterFile>;

/** A letter that came to one of the company's mailboxes, until somebody says what it is. */
export const IntakeLetter = z.strictObject({
  id: EntityId,
  pack: Slug,
  /** the entry of the directory of mailboxes; absent where it was sent to none of them, and belongs to no deal by itself */
  mailbox: EntityId.optional(),
  from: z.strictObject({ name: z.string().max(200).optional(), email: z.email() }),
  subject: z.string().max(500),
  text: z.string().max(20_000),
  files: z.array(LetterFile).max(20),
  at: Instant,
  /** of a letter that came by mail itself */
  came: Came.optional(),
  /** the one open deal of who wrote it: it may belong there */
  suggests: DealId.optional(),
  rfcId: RfcId.optional(),
  /** where the letter lies as it came, until it is forgotten */
  raw: z.string().max(200).optional(),
  /** whose turn it was */
  responsible: UserId,
  state: z.enum(['new', 'lead', 'filed', 'spam']),
  /** what it became, or belongs to */
  deal: DealId.optional(),
  decidedBy: UserId.optional(),
  decidedAt: Instant.optional(),
  version: z.int().positive(),
});
export type IntakeLetter = z.infer<typeof IntakeLetter>;

/** What an entry of the directory of mailboxes says: its address, and who reads it, in turn. */
export const MailboxData = z.looseObject({ address: z.email(), employees: z.array(UserId).min(1).max(50) });
export type MailboxData = z.infer<typeof MailboxData>;

/** How letters of a pack come in, and what becomes of one that is a request. */
export const MailIntake = z.strictObject({
  /** the directory of mailboxes */
  mailboxes: Slug,
  /** the pipeline on whose first stage a request begins */
  pipeline: Slug,
  /** fields that take what the letter says: the letter itself as a file, its files, who wrote, to which mailbox, in which words */
  fields: z.strictObject({
    letter: FieldId,
    files: FieldId.optional(),
    email: FieldId.optional(),
    name: FieldId.optional(),
    text: FieldId.optional(),
    mailbox: FieldId.optional(),
    contact: FieldId.optional(),
    company: FieldId.optional(),
  }),
  /** what else is known of whoever writes a letter */
  set: z.record(FieldId, z.union([z.string(), z.number(), z.boolean()])).default({}),
});
export type MailIntake = z.infer<typeof MailIntake>;
