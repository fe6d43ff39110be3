import { type DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { unmarshalRow } from '../../functions/shared/table/values.ts';

export type Row = Readonly<Record<string, unknown>>;

/** Every row of a table, whoever serves it. */
export const rowsOf = async (client: DynamoDBClient, table: string): Promise<Row[]> => {
  const rows: Row[] = [];
  let from: Record<string, never> | undefined;
  do {
    const page = await client.send(
      new ScanCommand({ TableName: table, ConsistentRead: true, ...(from && { ExclusiveStartKey: from }) }),
    );
    rows.push(...(page.Items ?? []).map((item) => unmarshalRow(item) as Row));
    from = page.LastEvaluatedKey as Record<string, never> | undefined;
  } while (from !== undefined);
  return rows;
};
