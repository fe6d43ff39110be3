import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';

/**
 * The address of a restored table's stream.
 *
 * @throws saying which command is missing, since a restored table comes without its stream, its expiry and its backups
 */
export const streamOf = async (table: string, region: string): Promise<string> => {
  const client = new DynamoDBClient({ region, maxAttempts: 4 });
  try {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: table }));
    const { LatestStreamArn, StreamSpecification } = Table ?? {};
    if (LatestStreamArn === undefined || StreamSpecification?.StreamViewType !== 'NEW_AND_OLD_IMAGES')
      throw new Error(
        `table ${table} has no stream with both images; turn it on: aws dynamodb update-table --table-name ${table} --stream-specification StreamEnabled=true,StreamViewType=NEW_AND_OLD_IMAGES`,
      );
    return LatestStreamArn;
  } finally {
    client.destroy();
  }
};
