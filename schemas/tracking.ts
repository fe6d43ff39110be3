import * as z from 'zod';
import { FieldId, Slug } from './ids.ts';
import { Text } from './text.ts';

/**
 * What the client of a deal sees on a page of their own, behind a link that nobody guesses. What is not named here is not
 * shown: neither fields nor files, and of the company the name of who has the deal.
 */
export const Tracking = z.strictObject({
  /**
   * where the deal is, in the client's words. A stage without words shows those of the stage it came from, else of the nearest
   * stage before it on the board that has some
   */
  stages: z
    .record(Slug, Text)
    .refine((stages) => Object.keys(stages).length > 0, 'say it of one stage at least'),
  /** fields shown with their values, in this order */
  fields: z.array(FieldId).optional(),
  /** fields whose files the client may fetch */
  documents: z.array(FieldId).optional(),
  /** what was asked of the client by links, with a button to pay */
  pay: z.literal(true).optional(),
  /** parcels, with what their carrier says of them */
  parcel: z.literal(true).optional(),
  needs: z.array(z.string()).optional(),
});
export type Tracking = z.infer<typeof Tracking>;
