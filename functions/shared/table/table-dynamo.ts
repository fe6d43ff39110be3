import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  type AttributeValue,
  BatchGetItemCommand,
  BatchWriteItemCommand,
  type ConsumedCapacity,
  DeleteItemCommand,
  DynamoDBClient,
  type DynamoDBClientConfig,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { Passing } from '../errors.ts';
import { checkKey, checkQuery, checkTransaction, checkWrite, lastOfEach, nameOf } from './check.ts';
import { indexKeys, indexName, tableKeys } from './create.ts';
import { cursorBehind, isEmpty, type Place, placeIn, placeOf } from './cursor.ts';
import { conditionOf, placeholders, updateText } from './expression.ts';
import { patiently } from './failure-dynamo.ts';
import type { Calls, Item, Key, Page, Query, Table, Write } from './port.ts';
import { marshalRow, unmarshalRow } from './values.ts';

/**
 * A client for the table: connections are kept, a request that hangs is given up and repeated.
 *
 * The address comes from `AWS_ENDPOINT_URL_DYNAMODB` where it is set.
 */
export const createDynamoClient = (config: DynamoDBClientConfig = {}): DynamoDBClient =>
  new DynamoDBClient({
    maxAttempts: 4,
    logger: quiet,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 5_000 },
    ...config,
  });

/** Without `info` and `error`: for a logger that has them, were it a silent one, the SDK copies every input and output. */
const quiet = { debug() {}, warn() {} } as unknown as NonNullable<DynamoDBClientConfig['logger']>;

const row = (attributes: Record<string, AttributeValue>): Item => unmarshalRow(attributes) as Item;
const key = ({ pk, sk }: Key): Record<string, AttributeValue> => ({ pk: { S: pk }, sk: { S: sk } });

const chunks = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, at) => all.slice(at * size, (at + 1) * size));

/** The same writes in the shape of each request; `TableName` and the key are the caller's to add. */
const transactItem = (TableName: string, write: Write): TransactWriteItem => {
  const to = placeholders();
  const condition = conditionOf(write, to);
  if ('put' in write) return { Put: { TableName, Item: marshalRow(write.put), ...condition, ...to.used() } };
  if ('remove' in write) return { Delete: { TableName, Key: key(write.remove), ...condition, ...to.used() } };
  if ('update' in write) {
    const UpdateExpression = updateText(write, to);
    return { Update: { TableName, Key: key(write.update), UpdateExpression, ...condition, ...to.used() } };
  }
  return {
    ConditionCheck: {
      TableName,
      Key: key(write.check),
      ConditionExpression: condition.ConditionExpression,
      ...to.used(),
    },
  };
};

// AWS takes up to 36 characters.
const tokenOf = (token: string): string =>
  token.length <= 36 ? token : createHash('sha256').update(token).digest('base64url').slice(0, 36);

const rangeOf = ({ index, pk, sk }: Query) => {
  const names = index === undefined ? tableKeys : indexKeys[index];
  const to = placeholders();
  const text = (value: string) => to.value(value, names.sk);
  const parts = [`${to.name(names.pk)} = ${to.value(pk, names.pk)}`];
  if (sk !== undefined && 'begins' in sk) {
    if (sk.begins !== '') parts.push(`begins_with(${to.name(names.sk)}, ${text(sk.begins)})`);
  } else if (sk?.from && sk.to) {
    parts.push(`${to.name(names.sk)} BETWEEN ${text(sk.from)} AND ${text(sk.to)}`);
  } else if (sk?.from) {
    parts.push(`${to.name(names.sk)} >= ${text(sk.from)}`);
  } else if (sk?.to) {
    parts.push(`${to.name(names.sk)} <= ${text(sk.to)}`);
  }
  return { KeyConditionExpression: parts.join(' AND '), ...to.used() };
};

const startOf = ({ index, pk }: Query, place: Place): Record<string, AttributeValue> =>
  index === undefined
    ? key(place)
    : { ...key(place), [indexKeys[index].pk]: { S: pk }, [indexKeys[index].sk]: { S: place.at } };

/** The table in DynamoDB. */
export const createDynamoTable = ({
  name: TableName,
  client = createDynamoClient(),
}: {
  name: string;
  client?: DynamoDBClient;
}): Table => {
  const calls: Calls = { reads: 0, writes: 0, transactions: 0, readUnits: 0, writeUnits: 0 };
  const ReturnConsumedCapacity = 'TOTAL' as const;

  const spend = (
    units: 'readUnits' | 'writeUnits',
    used: ConsumedCapacity | readonly ConsumedCapacity[] | undefined,
  ) => {
    for (const one of used === undefined ? [] : [used].flat()) calls[units] += one.CapacityUnits ?? 0;
  };

  const readPage = async (query: Query): Promise<Page> => {
    checkQuery(query);
    const place = placeOf(query);
    if (isEmpty(query.sk)) return { items: [] };
    calls.reads++;
    const answer = await patiently(() =>
      client.send(
        new QueryCommand({
          TableName,
          IndexName: query.index && indexName(query.index),
          ...rangeOf(query),
          ...(place && { ExclusiveStartKey: startOf(query, place) }),
          ScanIndexForward: query.descending !== true,
          ConsistentRead: query.consistent === true,
          Limit: query.limit,
          ReturnConsumedCapacity,
        }),
      ),
    );
    spend('readUnits', answer.ConsumedCapacity);
    const items = (answer.Items ?? []).map(row);
    const last = items.at(-1);
    // Queries carry no filter, so that a page which isn't the last ends with the row to go on behind.
    return answer.LastEvaluatedKey === undefined || last === undefined
      ? { items }
      : { items, cursor: cursorBehind(query, placeIn(query, last)) };
  };

  const transact = async (writes: readonly Write[], token?: string): Promise<void> => {
    checkTransaction(writes);
    if (writes.length === 0) return;
    const command = new TransactWriteItemsCommand({
      TransactItems: writes.map((write) => transactItem(TableName, write)),
      ClientRequestToken: token === undefined ? undefined : tokenOf(token),
      ReturnConsumedCapacity,
    });
    calls.transactions++;
    const answer = await patiently(() => client.send(command));
    spend('writeUnits', answer.ConsumedCapacity);
  };

  /** Sends what is left of a batch until nothing is, giving a busy table time; `send` answers what it left. */
  const untilDone = async <T>(batch: T[], send: (part: T[]) => Promise<T[]>): Promise<void> => {
    let left = batch;
    for (let attempt = 0; left.length > 0; attempt++) {
      if (attempt === 8) throw new Passing('the table is busy', { retryAfterSeconds: 2 });
      if (attempt > 0) await pause(Math.random() * 25 * 2 ** attempt);
      left = await send(left);
    }
  };

  return {
    calls,

    async get(asked, options) {
      checkKey(asked);
      calls.reads++;
      const answer = await patiently(() =>
        client.send(
          new GetItemCommand({
            TableName,
            Key: key(asked),
            ConsistentRead: options?.consistent === true,
            ReturnConsumedCapacity,
          }),
        ),
      );
      spend('readUnits', answer.ConsumedCapacity);
      return answer.Item && row(answer.Item);
    },

    async getMany(asked) {
      const found = new Map<string, Item>();
      const wanted = new Map(asked.map((one) => [nameOf(one), one]));
      wanted.forEach(checkKey);
      for (const part of chunks([...wanted.values()].map(key), 100)) {
        await untilDone(part, async (Keys) => {
          calls.reads++;
          const answer = await patiently(() =>
            client.send(
              new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys } }, ReturnConsumedCapacity }),
            ),
          );
          spend('readUnits', answer.ConsumedCapacity);
          for (const one of (answer.Responses?.[TableName] ?? []).map(row)) found.set(nameOf(one), one);
          return answer.UnprocessedKeys?.[TableName]?.Keys ?? [];
        });
      }
      return [...wanted.keys()].flatMap((name) => found.get(name) ?? []);
    },

    query: readPage,

    async *all(query) {
      let cursor = query.cursor;
      do {
        const page: Page = await readPage(cursor === undefined ? query : { ...query, cursor });
        yield* page.items;
        cursor = page.cursor;
      } while (cursor !== undefined);
    },

    async write(write) {
      checkWrite(write);
      if ('check' in write) {
        await transact([write]); // nothing smaller checks without writing
        return undefined;
      }
      const to = placeholders();
      const base = { TableName, ReturnConsumedCapacity, ...conditionOf(write, to) };
      calls.writes++;
      if ('put' in write) {
        const command = new PutItemCommand({ ...base, Item: marshalRow(write.put), ...to.used() });
        spend('writeUnits', (await patiently(() => client.send(command))).ConsumedCapacity);
        return undefined;
      }
      if ('remove' in write) {
        const command = new DeleteItemCommand({ ...base, Key: key(write.remove), ...to.used() });
        spend('writeUnits', (await patiently(() => client.send(command))).ConsumedCapacity);
        return undefined;
      }
      const UpdateExpression = updateText(write, to);
      const command = new UpdateItemCommand({
        ...base,
        Key: key(write.update),
        UpdateExpression,
        ...to.used(),
        ReturnValues: 'ALL_NEW',
      });
      const answer = await patiently(() => client.send(command));
      spend('writeUnits', answer.ConsumedCapacity);
      return answer.Attributes && row(answer.Attributes);
    },

    transact: (writes, options) => transact(writes, options?.token),

    async batch(writes) {
      const requests = lastOfEach(writes).map(
        (write): WriteRequest =>
          'put' in write
            ? { PutRequest: { Item: marshalRow(write.put) } }
            : { DeleteRequest: { Key: key(write.remove) } },
      );
      for (const part of chunks(requests, 25)) {
        await untilDone(part, async (left) => {
          calls.writes++;
          const answer = await patiently(() =>
            client.send(
              new BatchWriteItemCommand({ RequestItems: { [TableName]: left }, ReturnConsumedCapacity }),
            ),
          );
          spend('writeUnits', answer.ConsumedCapacity);
          return answer.UnprocessedItems?.[TableName] ?? [];
        });
      }
    },
  };
};
