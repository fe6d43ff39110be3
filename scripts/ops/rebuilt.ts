import { type AttributeValue, ScanCommand } from '@aws-sdk/client-dynamodb';
import type { Batch } from './dead-letter.ts';
import type { Place } from './place.ts';

type Row = Readonly<Record<string, AttributeValue>>;
/** A change of a row as the workflow's reader of the stream would be told of it. */
type Told = { readonly before?: Row; readonly after: Row };

/** Arrivals are known to about a second, and whoever wrote had another clock. */
const marginMs = 60_000;

/** Rows of deals, tasks and letters that were written since a batch that is lost began to arrive. */
async function* writtenSince({ table, tableName }: Place, batch: Batch): AsyncIterable<Row> {
  const from = new Date(Date.parse(batch.approximateArrivalOfFirstRecord) - marginMs).toISOString();
  let ExclusiveStartKey: Record<string, AttributeValue> | undefined;
  do {
    const page = await table.send(
      new ScanCommand({
        TableName: await tableName(),
        FilterExpression: '#row IN (:deal, :task, :message) AND #at >= :from',
        ExpressionAttributeNames: { '#row': 'row', '#at': 'changedAt' },
        ExpressionAttributeValues: {
          ':deal': { S: 'deal' },
          ':task': { S: 'task' },
          ':message': { S: 'message' },
          ':from': { S: from },
        },
        ConsistentRead: true,
        ...(ExclusiveStartKey === undefined ? {} : { ExclusiveStartKey }),
      }),
    );
    yield* page.Items ?? [];
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
}

const before = (row: Row, name: string): AttributeValue => ({ N: String(Number(row[name]?.N ?? 1) - 1) });

/**
 * Changes that bring about, from what a row is now, all that the workflow may have missed of it. Each order that follows is
 * one that may be given again: a run that runs is left alone, a task token is answered once, a letter goes out once.
 */
export const toldAnew = (row: Row): Told[] => {
  switch (row.row?.S) {
    case 'deal': {
      const sameStage: Row = { ...row, threads: { M: {} }, version: before(row, 'version') };
      const isFirst = row.seq?.N === '1';
      const { cameFrom } = row;
      // As if it had just come to its stage; and then as if its threads had just begun.
      const arrival: Told =
        isFirst || cameFrom === undefined
          ? { after: row }
          : { before: { ...sameStage, seq: before(row, 'seq'), stage: cameFrom }, after: row };
      return [arrival, { before: sameStage, after: row }];
    }
    case 'task':
      return row.status?.S === 'done' ? [{ before: { ...row, status: { S: 'open' } }, after: row }] : [];
    case 'message':
      return row.state?.S === 'queued' ? [{ after: row }] : [];
    default:
      return [];
  }
};

/** As many as the workflow's reader takes at once. */
const atOnce = 25;

/** Batches of records made from the table itself, in place of those that the stream no longer has. */
export async function* rebuiltBatches(place: Place, batch: Batch): AsyncIterable<object[]> {
  let records: object[] = [];
  let sequence = BigInt(batch.startSequenceNumber);
  for await (const row of writtenSince(place, batch))
    for (const { before: OldImage, after: NewImage } of toldAnew(row)) {
      const { pk, sk } = NewImage;
      records.push({
        eventID: `rebuilt-${sequence}`,
        eventName: OldImage === undefined ? 'INSERT' : 'MODIFY',
        eventVersion: '1.1',
        eventSource: 'aws:dynamodb',
        dynamodb: {
          ApproximateCreationDateTime: Math.floor(Date.parse(batch.approximateArrivalOfFirstRecord) / 1000),
          Keys: { pk, sk },
          ...(OldImage === undefined ? {} : { OldImage }),
          NewImage,
          SequenceNumber: String(sequence),
          StreamViewType: 'NEW_AND_OLD_IMAGES',
        },
      });
      sequence += 1n;
      if (records.length < atOnce) continue;
      yield records;
      records = [];
    }
  if (records.length > 0) yield records;
}
