import { type Call, TableFault } from './wire.ts';

/** The part of a table's template that DynamoDB Local acts on. */
export type TableDefinition = {
  TableName: string;
  AttributeDefinitions: { AttributeName: string; AttributeType: 'S' | 'N' | 'B' }[];
  KeySchema: { AttributeName: string; KeyType: 'HASH' | 'RANGE' }[];
  GlobalSecondaryIndexes?: object[] | undefined;
  LocalSecondaryIndexes?: object[] | undefined;
  StreamSpecification?: { StreamViewType: string } | undefined;
};

/** A table in the kept folder is not what the template says any more. */
export class TableChanged extends Error {
  override readonly name = 'TableChanged';
}

const mark = '#first-row';

/** Whether a change is of the row that {@link createTable} writes and removes. */
export const isFirstRow = (keys: Record<string, Record<string, unknown>>): boolean =>
  Object.values(keys).some((value) => value.S === mark || value.B === Buffer.from(mark).toString('base64'));

/**
 * Creates a table unless it is there. One row is written and removed at once: a streamed table of DynamoDB Local that is
 * not the first of its process answers fifteen times slower and more, for as long as it lives, without that.
 *
 * @throws {TableChanged} when a kept table has other keys, indexes or stream than the template says
 */
export const createTable = async (call: Call, table: TableDefinition): Promise<void> => {
  const definition = {
    TableName: table.TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: table.AttributeDefinitions,
    KeySchema: table.KeySchema,
    ...(table.GlobalSecondaryIndexes === undefined
      ? {}
      : { GlobalSecondaryIndexes: table.GlobalSecondaryIndexes }),
    ...(table.LocalSecondaryIndexes === undefined
      ? {}
      : { LocalSecondaryIndexes: table.LocalSecondaryIndexes }),
    ...(table.StreamSpecification === undefined
      ? {}
      : {
          StreamSpecification: {
            StreamEnabled: true,
            StreamViewType: table.StreamSpecification.StreamViewType,
          },
        }),
  };
  try {
    await call('DynamoDB_20120810.CreateTable', definition);
  } catch (error) {
    if (!(error instanceof TableFault) || error.name !== 'ResourceInUseException') throw error;
    await compare(call, definition);
    return;
  }
  const key = Object.fromEntries(
    table.KeySchema.map(({ AttributeName }) => {
      const type =
        table.AttributeDefinitions.find((one) => one.AttributeName === AttributeName)?.AttributeType ?? 'S';
      const value = { S: mark, N: '0', B: Buffer.from(mark).toString('base64') }[type];
      return [AttributeName, { [type]: value }];
    }),
  );
  await call('DynamoDB_20120810.PutItem', { TableName: table.TableName, Item: key });
  await call('DynamoDB_20120810.DeleteItem', { TableName: table.TableName, Key: key });
};

type Shape = {
  KeySchema: unknown;
  GlobalSecondaryIndexes?: object[];
  LocalSecondaryIndexes?: object[];
  StreamSpecification?: object;
};

const compare = async (call: Call, wanted: Shape & { TableName: string }): Promise<void> => {
  const { Table } = await call<{ Table: Shape }>('DynamoDB_20120810.DescribeTable', {
    TableName: wanted.TableName,
  });
  const [there, said] = [shapeOf(Table), shapeOf(wanted)];
  for (const part of ['keys', 'indexes', 'stream'] as const) {
    if (there[part] === said[part]) continue;
    throw new TableChanged(
      `the kept table ${wanted.TableName} has other ${part} than the template: it has ${there[part]}, the template says ` +
        `${said[part]}; delete the folder of the kept data to begin anew`,
    );
  }
};

const shapeOf = (table: Shape) => ({
  keys: JSON.stringify(table.KeySchema),
  indexes: JSON.stringify(
    [...(table.GlobalSecondaryIndexes ?? []), ...(table.LocalSecondaryIndexes ?? [])]
      .map((index) => {
        const { IndexName, KeySchema, Projection } = index as Record<string, unknown>;
        return { IndexName, KeySchema, Projection };
      })
      .sort((a, b) => String(a.IndexName).localeCompare(String(b.IndexName))),
  ),
  stream: JSON.stringify(table.StreamSpecification ?? null),
});
