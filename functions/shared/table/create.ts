import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import type { Index } from './port.ts';

/** The overloaded sparse indexes; index `g1` is keyed by `g1pk` and `g1sk`, and holds whole rows. */
export const indexes: readonly Index[] = ['g1', 'g2', 'g3'];

/** What DynamoDB calls an index: a name of it has three characters at least. */
export const indexName = (index: Index): string => `by-${index}`;

/** The attribute, in epoch seconds, by which the table forgets rows. */
export const ttlAttribute = 'ttl';

const keys = (prefix: '' | Index) => ({ pk: `${prefix}pk`, sk: `${prefix}sk` });

/** The table's keys, or those of one of its indexes. */
export const tableKeys = keys('');
export const indexKeys = { g1: keys('g1'), g2: keys('g2'), g3: keys('g3') } as const satisfies Record<
  Index,
  object
>;

const schema = ({ pk, sk }: { pk: string; sk: string }) => [
  { AttributeName: pk, KeyType: 'HASH' as const },
  { AttributeName: sk, KeyType: 'RANGE' as const },
];

/** All of `CreateTable` but the name. Time to live is switched on by a call of its own, in the cloud by the template. */
export const tableShape = {
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [tableKeys, ...Object.values(indexKeys)]
    .flatMap(({ pk, sk }) => [pk, sk])
    .map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const })),
  KeySchema: schema(tableKeys),
  GlobalSecondaryIndexes: indexes.map((index) => ({
    IndexName: indexName(index),
    KeySchema: schema(indexKeys[index]),
    Projection: { ProjectionType: 'ALL' as const },
  })),
  StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
} satisfies Omit<CreateTableCommandInput, 'TableName'>;
