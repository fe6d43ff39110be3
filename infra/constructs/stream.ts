import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { EventSourceMapping, FilterCriteria, type IFunction, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Right } from './rights.ts';

export type Reading = {
  readonly table: ITable;
  readonly by: IFunction;
  readonly batch: number;
  /** The kinds of rows that `by` acts on: a change of another kind is not worth a call of it. */
  readonly rows: readonly string[];
  readonly failures: IQueue;
};

const streamOf = (table: ITable): string => {
  if (table.tableStreamArn === undefined)
    throw new Error(`${table.node.path}: the table has no stream to read`);
  return table.tableStreamArn;
};

/**
 * Reads the table's stream in order within a deal, and reports which of a batch failed.
 * A batch that fails is halved until the change at fault stands alone; after ten tries it goes to `failures`.
 */
export const read = (scope: Construct, { table, by, batch, rows, failures }: Reading): EventSourceMapping =>
  new EventSourceMapping(scope, 'Stream', {
    target: by,
    eventSourceArn: streamOf(table),
    // A new consumer begins with what is still kept: what it has seen before it ignores anyway.
    startingPosition: StartingPosition.TRIM_HORIZON,
    batchSize: batch,
    maxBatchingWindow: Duration.seconds(0),
    parallelizationFactor: 1,
    filters: (['NewImage', 'OldImage'] as const).map((image) =>
      FilterCriteria.filter({ dynamodb: { [image]: { row: { S: [...rows] } } } }),
    ),
    bisectBatchOnError: true,
    reportBatchItemFailures: true,
    retryAttempts: 10,
    onFailure: new SqsDlq(failures),
  });

/** What a function needs to be handed the stream, and to put away what it cannot take. */
export const readRights = (table: ITable, failures: IQueue): Right[] => [
  {
    actions: [
      'dynamodb:DescribeStream',
      'dynamodb:GetRecords',
      'dynamodb:GetShardIterator',
      'dynamodb:ListStreams',
    ],
    resources: [streamOf(table)],
  },
  { actions: ['sqs:SendMessage'], resources: [failures.queueArn] },
];
