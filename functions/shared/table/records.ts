import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { Instant } from '../../../schemas/time.ts';
import type { Item, Key } from './port.ts';
import { unmarshalRow } from './values.ts';

// What a value may be is checked where it is unmarshalled; twice would cost more than the rest of a record.
const Image = z.record(
  z.string(),
  z.custom<AttributeValue>((value) => typeof value === 'object'),
);

/** A change as the table's stream hands it to a function (or to a reader of the stream), both images included. */
export const StreamRecord = z.object({
  eventID: z.string(),
  eventName: z.enum(['INSERT', 'MODIFY', 'REMOVE']),
  eventVersion: z.string().optional(),
  eventSource: z.literal('aws:dynamodb').optional(),
  eventSourceARN: z.string().optional(),
  awsRegion: z.string().optional(),
  dynamodb: z.object({
    /** Epoch seconds in a function's event, a date from the SDK. */
    ApproximateCreationDateTime: z.union([z.number(), z.date()]),
    Keys: Image,
    NewImage: Image.optional(),
    OldImage: Image.optional(),
    SequenceNumber: z.string().regex(/^\d{1,40}$/),
    SizeBytes: z.number().optional(),
    StreamViewType: z.literal('NEW_AND_OLD_IMAGES').optional(),
  }),
});
export type StreamRecord = z.infer<typeof StreamRecord>;

/** One row, changed. */
export type Change = {
  readonly kind: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly key: Key;
  readonly before?: Item;
  readonly after?: Item;
  /**
   * Forty digits, so that changes of one row (not of two) are ordered as text, in a condition too:
   * `{ less: { name: 'seen', than: change.sequence } }`.
   */
  readonly sequence: string;
  /** When the table took it, by the table's own clock, to the second; a virtual clock knows nothing of it. */
  readonly at: Instant;
};

const row = (image: Record<string, AttributeValue>): Item => unmarshalRow(image) as Item;

/**
 * The change that a record of the table's stream tells of.
 *
 * @throws {z.ZodError} if it is no such record
 */
export const changeOf = (record: unknown): Change => {
  const { eventName, dynamodb } = StreamRecord.parse(record);
  const { Keys, OldImage, NewImage, SequenceNumber, ApproximateCreationDateTime: at } = dynamodb;
  const { pk, sk } = row(Keys);
  return {
    kind: eventName,
    key: { pk, sk },
    ...(OldImage && { before: row(OldImage) }),
    ...(NewImage && { after: row(NewImage) }),
    sequence: SequenceNumber.padStart(40, '0'),
    at: Instant.parse((typeof at === 'number' ? new Date(at * 1000) : at).toISOString()),
  };
};
