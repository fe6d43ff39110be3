import * as z from 'zod';

/** Where a batch of the table's stream was given up. */
export const Batch = z.object({
  shardId: z.string(),
  startSequenceNumber: z.string(),
  endSequenceNumber: z.string(),
  approximateArrivalOfFirstRecord: z.string(),
  approximateArrivalOfLastRecord: z.string(),
  batchSize: z.number(),
  streamArn: z.string(),
});
export type Batch = z.infer<typeof Batch>;

const OfStream = z.object({ DDBStreamBatchInfo: Batch });
const OfFunction = z.object({
  requestContext: z.object({ condition: z.string().optional() }),
  requestPayload: z.unknown(),
  responsePayload: z.object({ errorType: z.string(), errorMessage: z.string() }).partial().nullish(),
});

/** What a message in a dead-letter queue is. */
export type DeadLetter =
  /** a function failed on this event, or it could not be handed over at all */
  | { readonly is: 'event'; readonly event: unknown; readonly because: string }
  /** a function failed on these records of the stream, which the message does not hold */
  | { readonly is: 'batch'; readonly batch: Batch }
  | { readonly is: 'unreadable'; readonly because: string };

/** Reads a message, which is in one of three forms: of a stream's reader, of an asynchronous call, of a rule or schedule. */
export const deadLetterOf = (body: string): DeadLetter => {
  let given: unknown;
  try {
    given = JSON.parse(body);
  } catch {
    return { is: 'unreadable', because: 'it is no JSON' };
  }
  const ofStream = OfStream.safeParse(given).data;
  if (ofStream !== undefined) return { is: 'batch', batch: ofStream.DDBStreamBatchInfo };
  const ofFunction = OfFunction.safeParse(given).data;
  if (ofFunction !== undefined) {
    const { errorType = 'an error', errorMessage = '' } = ofFunction.responsePayload ?? {};
    return { is: 'event', event: ofFunction.requestPayload, because: `${errorType}: ${errorMessage}` };
  }
  if (typeof given !== 'object' || given === null)
    return { is: 'unreadable', because: 'it is no event of ours' };
  return { is: 'event', event: given, because: 'it was never handed over' };
};
