import {
  type AttributeValue,
  DynamoDBClient,
  ListTablesCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Hunt } from './hunt.ts';

type Row = Record<string, unknown>;

/** Every row of the one table behind an endpoint, in no order. */
export const rowsOf = async (endpoint: string): Promise<Row[]> => {
  const client = new DynamoDBClient({
    region: 'eu-central-1',
    endpoint,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const { TableNames: [TableName] = [] } = await client.send(new ListTablesCommand());
  const rows: Row[] = [];
  let from: Record<string, AttributeValue> | undefined;
  do {
    const page = await client.send(new ScanCommand({ TableName, ExclusiveStartKey: from }));
    rows.push(...(page.Items ?? []).map((item) => unmarshall(item)));
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
  client.destroy();
  return rows;
};

/** What SES makes up, and what tells how often and when a letter was tried, which a kill in the middle of it may change. */
const ofTheSending = ['providerId', 'g3pk', 'g3sk', 'g1pk', 'g1sk', 'attempts', 'nextAttemptAt', 'changedAt'];

/** What is made of the place of a change in the stream, which a kill may move. */
const ofTheStream = ['id', 'pk', 'n', 'g1pk', 'g1sk', 'ttl'];
/** What a provider was asked and said comes to the same however often it was tried. */
const ofTheAsking = ['row', 'provider', 'kind', 'about', 'deal', 'state'];

/**
 * Links that clients are sent begin with an address of this machine and end with a token of this run; a mail server and a carrier
 * make up what they call things by.
 */
const nameless = (text: string): string =>
  text
    .replace(/http:\/\/(?:127\.0\.0\.1|localhost):\d+[\w./-]*/g, '…')
    .replace(/<[\w-]+@[\w.-]+amazonses\.com>/g, '<…>')
    .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '…');

const without = (row: Row, names: readonly string[]): Row =>
  Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name)));

const comparable = (row: Row): Row => {
  if (row.row === 'message') return without(row, [...ofTheSending, 'history', 'html']);
  if (row.row === 'event') return without(row, ofTheStream);
  // Asked again after a kill, it was made a little later.
  if (row.row === 'reconciliation') return without(row, ['at', 'changedAt', 'version']);
  if (row.row === 'call' || row.row === 'received')
    return Object.fromEntries(Object.entries(row).filter(([name]) => ofTheAsking.includes(name)));
  // The line says that a letter left, and bears the time at which it did.
  if (row.row === 'feed' && row.kind === 'message') return without(row, ['sk', 'at', 'id']);
  return row;
};

/** Values as text with their members in order, in order. */
export const sorted = (values: readonly unknown[]): string[] =>
  values.map((value) => nameless(JSON.stringify(value, (_, inner: unknown) => ordered(inner)))).sort();

const ordered = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value;

/** All that is known of what happened, one line a fact, in an order that does not depend on how it came about. */
export type History = {
  /** by kind of row: tasks, ledger, feed, notifications, messages, aggregates and the rest */
  rows: Record<string, string[]>;
  letters: string[];
  /** with their ends; each name once */
  runs: string[];
};

/** The history of a company, to be compared with another's who did the same at the same times. */
export const historyOf = async (hunt: Hunt): Promise<History> => {
  const rows = (await rowsOf(`http://127.0.0.1:${hunt.ports.table}`)).map(comparable);
  const byKind = Object.groupBy(rows, (row) => String(row.row ?? row.pk));
  return {
    rows: Object.fromEntries(
      Object.entries(byKind)
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([kind, some = []]) => [kind, sorted(some)]),
    ),
    letters: sorted((await hunt.letters()).map(({ to, subject, text }) => ({ to, subject, text }))),
    runs: sorted(await hunt.executions()),
  };
};
