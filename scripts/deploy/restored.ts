import { DescribeTableCommand, DynamoDBClient, ResourceNotFoundException } from '@aws-sdk/client-dynamodb';
import { InTheWay } from '../plainly.ts';

/**
 * The address of a restored table's stream.
 *
 * @throws {InTheWay} saying which command is missing, since a restored table comes without its stream, its expiry and its backups
 */
export const streamOf = async (table: string, region: string): Promise<string> => {
  const client = new DynamoDBClient({ region, maxAttempts: 4 });
  try {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: table }));
    const { LatestStreamArn, StreamSpecification } = Table ?? {};
    if (LatestStreamArn === undefined || StreamSpecification?.StreamViewType !== 'NEW_AND_OLD_IMAGES')
      throw new InTheWay(
        `table ${table} has no stream with both images; turn it on: aws dynamodb update-table --table-name ${table} --stream-specification StreamEnabled=true,StreamViewType=NEW_AND_OLD_IMAGES`,
      );
    return LatestStreamArn;
  } catch (error) {
    if (error instanceof ResourceNotFoundException)
      throw new InTheWay(
        `no table ${table} in ${region}; npm run restore prints the name of the one it makes, and --table '' goes back to the stage's own`,
        { cause: error },
      );
    throw error;
  } finally {
    client.destroy();
  }
};
