import { beforeAll, expect, test } from 'vitest';
import { printed, type Summary, summarize } from './summary.ts';
import { changesOf } from './summary-changes.ts';
import { goldenStages, readGolden, summaryOf } from './summary-golden.ts';
import type { Resource } from './testing.ts';

let prod: Summary;
beforeAll(async () => {
  prod = await summaryOf('prod');
});

const table = 'DataTableFDBAD0F2';

/** The summary of prod with one resource put differently, or gone. */
const withOther = (id: string, change: (kept: Summary['kept'][string]) => object | undefined): Summary => {
  const was = prod.kept[id];
  if (was === undefined) throw new Error(`no ${id}; there are ${Object.keys(prod.kept).join(', ')}`);
  const is = change(was);
  const { [id]: _, ...rest } = prod.kept;
  return { ...prod, kept: is === undefined ? rest : { ...rest, [id]: { ...was, ...is } } };
};

test.each(goldenStages)('a deployment of %s loses and replaces nothing that was not meant', async (stage) => {
  const changes = changesOf(readGolden(stage), await summaryOf(stage));

  expect(changes, `${changes.join('\n')}\nif intended: npm run synth -- --golden, and commit it`).toEqual([]);
});

test('the summary is read back as it was', () => {
  expect(JSON.parse(printed(prod))).toEqual(prod);
});

test('a table whose construct is renamed is replaced by an empty one, and says so', () => {
  const { [table]: data, ...rest } = prod.kept;
  const renamed = { ...prod, kept: { ...rest, ...(data === undefined ? {} : { DealsTable00000000: data }) } };

  expect(changesOf(prod, renamed)).toEqual([
    `REPLACED: ${table} (AWS::DynamoDB::Table "voronka-prod") becomes DealsTable00000000, a new and empty one ` +
      '(the old one: left in the account, known to nobody)',
    'new: DealsTable00000000 (AWS::DynamoDB::Table "voronka-prod")',
  ]);
});

test('a table with another name or another key is replaced', () => {
  const other = withOther(table, ({ fixed }) => ({
    fixed: { ...fixed, TableName: 'deals', KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }] },
  }));

  const changes = changesOf(prod, other);

  expect(changes).toHaveLength(2);
  expect(changes.every((change) => change.startsWith(`REPLACED: ${table} `))).toBe(true);
  expect(changes[1]).toContain('TableName "voronka-prod" -> "deals" cannot be changed in place');
});

test('a bucket that leaves the template is lost', () => {
  expect(
    changesOf(
      prod,
      withOther('Files51320BCE', () => undefined),
    ),
  ).toEqual([
    'LOST: Files51320BCE (AWS::S3::Bucket) leaves the template (left in the account, known to nobody)',
  ]);
});

test('a user pool that would go with its stack is told as protection lost', () => {
  const other = withOther('AccessUsersCC864804', () => ({ whenRemoved: 'Delete' }));

  expect(changesOf(prod, other)).toEqual([
    'protection: AccessUsersCC864804 (AWS::Cognito::UserPool): whenRemoved "Retain" -> "Delete"',
  ]);
});

test('an index that is taken away is told with both values', () => {
  const other = withOther(table, ({ settings }) => ({
    settings: { ...settings, GlobalSecondaryIndexes: [] },
  }));

  expect(changesOf(prod, other)).toEqual([
    expect.stringMatching(/^setting: DataTable.*: GlobalSecondaryIndexes \[\{.*"by-g3".*\}\] -> \[\]$/),
  ]);
});

test('one more alarm is no change, a type that was never judged is one', () => {
  const alarm: Resource = { Type: 'AWS::CloudWatch::Alarm', Properties: {} };
  const database: Resource = { Type: 'AWS::RDS::DBInstance', Properties: {} };

  const one = summarize({ First: alarm });

  expect(changesOf(one, summarize({ First: alarm, Second: alarm }))).toEqual([]);
  expect(changesOf(one, summarize({ First: alarm, Second: database }))).toEqual([
    'type: AWS::RDS::DBInstance absent -> "used"',
  ]);
});
