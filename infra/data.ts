import { AttributeType, BillingMode, type ITable, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Aws, RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { indexes, indexKeys, indexName, tableKeys, ttlAttribute } from '../functions/shared/table/create.ts';
import type { Stage } from './stage.ts';

/**
 * The one table; its stream is the outbox that `workflow` and `reports` read. A stage told of a restored table works on
 * that one, and lets go of its own, which prod retains.
 */
export const data = (scope: Construct, stage: Stage): ITable => {
  if (stage.restored !== undefined)
    return Table.fromTableAttributes(scope, 'Restored', {
      tableArn: `arn:${Aws.PARTITION}:dynamodb:${Aws.REGION}:${Aws.ACCOUNT_ID}:table/${stage.restored.table}`,
      tableStreamArn: stage.restored.stream,
      globalIndexes: indexes.map(indexName),
    });
  const table = new Table(scope, 'Table', {
    tableName: stage.prefix,
    partitionKey: { name: tableKeys.pk, type: AttributeType.STRING },
    sortKey: { name: tableKeys.sk, type: AttributeType.STRING },
    billingMode: BillingMode.PAY_PER_REQUEST,
    stream: StreamViewType.NEW_AND_OLD_IMAGES,
    timeToLiveAttribute: ttlAttribute,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: stage.prod,
    removalPolicy: stage.prod ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  });
  for (const index of indexes) {
    table.addGlobalSecondaryIndex({
      indexName: indexName(index),
      partitionKey: { name: indexKeys[index].pk, type: AttributeType.STRING },
      sortKey: { name: indexKeys[index].sk, type: AttributeType.STRING },
    });
  }
  return table as ITable; // the library's own types are looser than exactOptionalPropertyTypes
};
