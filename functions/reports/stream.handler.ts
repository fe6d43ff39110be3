import type { DynamoDBBatchResponse } from 'aws-lambda';
import * as z from 'zod';
import type { Pack } from '../../schemas/pack.ts';
import { observed } from '../shared/observed.ts';
import { thePacks, theTable } from '../shared/ports.ts';
import { consume } from './consume.ts';
import { type Definitions, definitionsOf } from './worth.ts';

const Batch = z.object({
  Records: z.array(z.looseObject({ dynamodb: z.looseObject({ SequenceNumber: z.string() }) })),
});

// What a row is worth follows from the packs alone, not from what administrators keep: nothing has to be read for it.
const known = new WeakMap<readonly Pack[], Definitions>();
const definitions = (): Definitions => {
  const packs = thePacks();
  const before = known.get(packs) ?? definitionsOf(packs);
  known.set(packs, before);
  return before;
};

/**
 * The reports' consumer of the table's stream: the history of deals, aggregates, and the lists of desks and registers.
 *
 * @throws if the table took nothing of it; the batch is halved and given again
 */
export const handler = observed(async (event: unknown): Promise<DynamoDBBatchResponse> => {
  const { Records } = Batch.parse(event);
  const at = await consume(Records, { table: theTable(), definitions: definitions() });
  const failed = at === undefined ? undefined : Records[at];
  return {
    batchItemFailures: failed === undefined ? [] : [{ itemIdentifier: failed.dynamodb.SequenceNumber }],
  };
});
