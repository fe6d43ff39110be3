import * as z from 'zod';
import { Call } from '../call.ts';
import { Contact } from '../contact.ts';
import { ClientMessage } from '../conversation.ts';
import { Deal } from '../deal.ts';
import { Comment } from '../feed.ts';
import { DealId } from '../ids.ts';
import { IncomingLetter } from '../incoming.ts';
import { OutgoingMessage } from '../message.ts';
import { Parcel } from '../parcel.ts';
import { Received } from '../received.ts';
import { Reminder } from '../reminder.ts';
import { Instant } from '../time.ts';
import { FileView } from './shapes.ts';

/** What a deal holds about its client as a person. */
export const PersonalDeal = Deal.pick({
  id: true,
  number: true,
  pipeline: true,
  title: true,
  stage: true,
  outcome: true,
  createdAt: true,
  fields: true,
}).extend({
  files: z.array(FileView),
  /** letters that were sent to the person */
  messages: z.array(
    OutgoingMessage.pick({
      channel: true,
      to: true,
      subject: true,
      body: true,
      state: true,
      createdAt: true,
    }),
  ),
  /** remarks that name the person, or their address or phone */
  comments: z.array(Comment.pick({ at: true, text: true })),
  /** reminders that do */
  reminders: z.array(Reminder.pick({ at: true, what: true })),
  /** parcels to the person, or from them */
  parcels: z.array(
    Parcel.pick({
      id: true,
      carrier: true,
      kind: true,
      number: true,
      track: true,
      state: true,
      to: true,
      cod: true,
      statuses: true,
      createdAt: true,
    }),
  ),
  /** what other systems were asked for about the deal; `input` and `answer` where they name the person */
  calls: z.array(
    Call.pick({ id: true, provider: true, kind: true, state: true, answer: true, createdAt: true }).extend({
      input: Call.shape.input.optional(),
    }),
  ),
  /** what other systems said of it; as it came where it names the person */
  received: z.array(
    Received.pick({ id: true, provider: true, kind: true, state: true, at: true }).extend({
      raw: Received.shape.raw.optional(),
    }),
  ),
});
export type PersonalDeal = z.infer<typeof PersonalDeal>;

/** All that is held about a person, in a common machine-readable form. */
export const PersonalData = z.strictObject({
  at: Instant,
  contact: Contact,
  deals: z.array(PersonalDeal),
  /** what was written with the person by networks, oldest first */
  conversation: z.array(ClientMessage),
  /** letters from the person to the company's mailboxes and to its deals, these with their files and as they came */
  letters: z.array(
    IncomingLetter.pick({ at: true, from: true, subject: true }).extend({
      text: z.string(),
      deal: DealId.optional(),
      files: z.array(z.strictObject({ name: z.string(), type: z.string(), size: z.int() })).optional(),
      original: z.url().optional(),
    }),
  ),
});
export type PersonalData = z.infer<typeof PersonalData>;
