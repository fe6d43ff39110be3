import { GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { dealKey } from '../../functions/shared/keys.ts';
import { indexKeys, indexName } from '../../functions/shared/table/create.ts';
import { packs } from '../../statemachines/packs/index.ts';
import { CannotDo, type Place } from './place.ts';

const isThere = async ({ table, tableName }: Place, id: string): Promise<boolean> => {
  const { pk, sk } = dealKey(id);
  const { Item } = await table.send(
    new GetItemCommand({
      TableName: await tableName(),
      Key: { pk: { S: pk }, sk: { S: sk } },
      ConsistentRead: true,
    }),
  );
  return Item !== undefined;
};

/** The deals that people know by this number: each pipeline counts its own. */
const byNumber = async ({ table, tableName }: Place, number: string): Promise<string[]> => {
  const { pk, sk } = indexKeys.g2;
  const found: string[] = [];
  for (const { id } of packs.flatMap(({ pipelines }) => pipelines)) {
    const { Items = [] } = await table.send(
      new QueryCommand({
        TableName: await tableName(),
        IndexName: indexName('g2'),
        KeyConditionExpression: '#pk = :pk AND #sk = :sk',
        ExpressionAttributeNames: { '#pk': pk, '#sk': sk },
        ExpressionAttributeValues: {
          ':pk': { S: `NUMBER#${id}` },
          ':sk': { S: number.padStart(16, ' ') },
        },
      }),
    );
    found.push(...Items.flatMap((item) => item.id?.S ?? []));
  }
  return found;
};

/** The id of the deal that an operator means by its id or by its number. @throws {CannotDo} if it is none, or not one */
export const dealNamed = async (place: Place, given: string): Promise<string> => {
  if (await isThere(place, given)) return given;
  const found = await byNumber(place, given);
  const [only] = found;
  if (only === undefined)
    throw new CannotDo(
      `no deal "${given}" in the table ${await place.tableName()}; give its number, such as G-17, or its id`,
    );
  if (found.length > 1)
    throw new CannotDo(
      `${found.length} deals have the number ${given}; give the id of one: ${found.join(', ')}`,
    );
  return only;
};
