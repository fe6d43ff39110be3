import * as z from 'zod';
import { DealId, EntityId, UserId } from './ids.ts';
import { Instant } from './time.ts';

/**
 * Whether the writer of a letter is whom its From says, and somebody the deal knows. `unproven`: the domain of the address
 * does not vouch for it (DMARC did not pass), so anybody may have written it. `unknown`: it does, and the deal names
 * nobody of that address.
 */
export const Sender = z.enum(['known', 'unknown', 'unproven']);
export type Sender = z.infer<typeof Sender>;

/** Why nobody wrote it: an answer of a mailbox, a report of a mail server, a letter to many, one of ours that came back, one too many of a day. */
export const Automatic = z.enum(['reply', 'report', 'bulk', 'own', 'loop']);
export type Automatic = z.infer<typeof Automatic>;

/** Why a letter was not read whole; it is kept as it came. */
export const Unread = z.enum(['head-too-long', 'too-many-parts', 'too-deep', 'broken', 'too-large']);
export type Unread = z.infer<typeof Unread>;

/** What is known of how a letter came, besides what it says. */
export const Came = z.strictObject({
  sender: Sender,
  automatic: Automatic.optional(),
  /** verdicts of the service that took it in */
  spam: z.literal(true).optional(),
  /** its files were not taken out of it */
  virus: z.literal(true).optional(),
  unread: Unread.optional(),
  /** files that are left in the letter as it came: too many, too large, or of a type that deals do not hold */
  leftOut: z.int().positive().optional(),
});
export type Came = z.infer<typeof Came>;

/** Message-ID, with its angle brackets. */
export const RfcId = z.string().max(302);

/** A letter that came in and belongs to a deal. */
export const IncomingLetter = z.strictObject({
  id: EntityId,
  deal: DealId,
  /** of whom it is: who wrote it, where that is known, else the client of the deal */
  contact: EntityId.optional(),
  from: z.strictObject({ name: z.string().max(200).optional(), email: z.string().max(320).optional() }),
  /** addresses of ours that it was sent to */
  to: z.array(z.string().max(320)).max(10),
  subject: z.string().max(500),
  /** without the letters it quotes; the whole lies beside the letter as it came */
  text: z.string().max(20_000),
  /** files of the deal that came with it */
  files: z
    .array(z.strictObject({ id: EntityId, name: z.string(), type: z.string(), size: z.int().nonnegative() }))
    .max(20),
  came: Came,
  /** by its address, as an answer to a letter, or because a person put it there */
  by: z.enum(['address', 'answer', 'person']),
  filedBy: UserId.optional(),
  rfcId: RfcId.optional(),
  inReplyTo: RfcId.optional(),
  /** where it lies as it came, until it is forgotten */
  raw: z.string().max(200).optional(),
  at: Instant,
});
export type IncomingLetter = z.infer<typeof IncomingLetter>;

/** What is too long for a row: the words with all they quote, and the sanitised HTML. */
export const LetterBody = z.strictObject({ text: z.string(), html: z.string().optional() });
export type LetterBody = z.infer<typeof LetterBody>;

const Verdict = z.object({ status: z.string() }).optional();

/** What SES says of a letter that it took in and put into the bucket; of the rest nothing is read. */
export const TakenIn = z.object({
  Records: z
    .array(
      z.object({
        eventSource: z.literal('aws:ses'),
        ses: z.object({
          mail: z.object({
            timestamp: z.coerce.date(),
            /** who SMTP was told to return it to; empty where nobody */
            source: z.string().max(1000).default(''),
            messageId: z.string().regex(/^[A-Za-z0-9_-]{1,120}$/, 'an id of SES, which names the object'),
          }),
          receipt: z.object({
            recipients: z.array(z.string().max(1000)).max(100),
            spamVerdict: Verdict,
            virusVerdict: Verdict,
            dmarcVerdict: Verdict,
          }),
        }),
      }),
    )
    .min(1),
});
export type TakenIn = z.infer<typeof TakenIn>;
/** One letter of those. */
export type Delivered = TakenIn['Records'][number]['ses'];
