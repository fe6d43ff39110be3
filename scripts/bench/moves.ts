import { PutItemCommand, type TransactWriteItem, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { dealKey } from '../../functions/shared/keys.ts';
import { theTable } from '../../functions/shared/ports.ts';
import type { Calls, Item } from '../../functions/shared/table/port.ts';
import { createDynamoClient } from '../../functions/shared/table/table-dynamo.ts';
import { marshal, marshalRow } from '../../functions/shared/table/values.ts';
import { stagesOfGoods } from '../demo/industrial.ts';
import type { Company } from './company.ts';
import { type Figure, figure, interleaved, percentile, rounds } from './figure.ts';

const samples = 10;
const together = 4;

const rowsOf = async ({ runtime }: Company, deal: string): Promise<Item[]> =>
  (await runtime.table.query({ pk: dealKey(deal).pk, sk: { from: '8', to: '9~' }, consistent: true })).items;

/** The same row elsewhere, in as many indexes: what is written to it is nobody's business. */
const twinOf = (row: Item): Item => {
  const moved = Object.entries(row).map(([name, value]) => [
    name,
    /^(g\d)?pk$/.test(name) ? `TWIN#${String(value)}` : name === 'row' ? 'twin' : value,
  ]);
  return Object.fromEntries(moved) as Item;
};

const putIfAt = (TableName: string, after: Item, before: Item): TransactWriteItem => ({
  Put: {
    TableName,
    Item: marshalRow(after),
    ConditionExpression: '#v = :v',
    ExpressionAttributeNames: { '#v': 'version' },
    ExpressionAttributeValues: { ':v': marshal(before.version, 'version') },
  },
});

const send = async (writes: readonly TransactWriteItem[]): Promise<void> => {
  const [only] = writes;
  if (writes.length === 1 && only?.Put !== undefined) await client().send(new PutItemCommand(only.Put));
  else await client().send(new TransactWriteItemsCommand({ TransactItems: [...writes] }));
};

let made: ReturnType<typeof createDynamoClient> | undefined;
const client = () => {
  made ??= createDynamoClient();
  return made;
};

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const since = performance.now();
  await work();
  return performance.now() - since;
};

const difference = (after: Calls, before: Calls): Calls => ({
  reads: after.reads - before.reads,
  writes: after.writes - before.writes,
  transactions: after.transactions - before.transactions,
  readUnits: after.readUnits - before.readUnits,
  writeUnits: after.writeUnits - before.writeUnits,
});

const said = ({ reads, writes, transactions }: Calls): string =>
  `${reads} reads, ${writes} writes, ${transactions} transactions`;

/** One deal moved over HTTP, then what that wrote written once more by the SDK alone to rows of the same kind. */
const sample = async (company: Company, deal: string) => {
  const { pavel, clock, runtime } = company;
  const tableName = runtime.environment.TABLE_NAME ?? '';
  const before = await rowsOf(company, deal);
  const callsBefore = { ...theTable().calls };
  const http = await timed(() => pavel.move(deal, 'invoice-quote'));
  const answered = difference(theTable().calls, callsBefore);
  const after = await rowsOf(company, deal);
  await clock.settle();
  const quiet = difference(theTable().calls, callsBefore);

  const changed = after.flatMap((row) => {
    const old = before.find(({ sk }) => sk === row.sk);
    return old === undefined || old.version === row.version ? [] : [{ old: twinOf(old), row: twinOf(row) }];
  });
  await runtime.table.batch(changed.map(({ old }) => ({ put: old })));
  await clock.settle();
  const writes = changed.map(({ old, row }) => putIfAt(tableName, row, old));
  const sdk = await timed(() => send(writes));
  await clock.settle();
  return { http, sdk, answered, quiet, items: writes.length };
};

const dealsAt = async ({ newDeal, pavel, clock }: Company, count: number): Promise<string[]> => {
  const deals: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const { id } = await newDeal(`move ${n}`);
    await pavel.move(id, 'express-identification');
    deals.push(id);
  }
  await clock.settle();
  return deals;
};

const moveAlone = async (company: Company): Promise<Figure> => {
  const deals = await dealsAt(company, samples * (rounds + 1));
  const ratios: number[] = [];
  const https: number[] = [];
  const sdks: number[] = [];
  let last: Awaited<ReturnType<typeof sample>> | undefined;
  for (let round = 0; round <= rounds; round += 1) {
    const taken = [];
    for (const deal of deals.slice(round * samples, (round + 1) * samples))
      taken.push(await sample(company, deal));
    if (round === 0) continue; // warms both sides
    const http = percentile(
      taken.map((one) => one.http),
      0.5,
    );
    const sdk = percentile(
      taken.map((one) => one.sdk),
      0.5,
    );
    ratios.push(http / sdk);
    https.push(http);
    sdks.push(sdk);
    last = taken.at(-1);
  }
  if (last === undefined) throw new Error('no move was measured');
  const p50 = (list: number[]) => `${percentile(list, 0.5).toFixed(1)} ms`;
  return figure(
    'move over HTTP / its transaction by the SDK alone, p50',
    ratios,
    'x',
    'at most 1.5',
    `${p50(https)} / ${p50(sdks)} for ${last.items} rows; table calls of a move: ${said(last.answered)};\n` +
      `of the whole stage change, its run, task, history and reports: ${said(last.quiet)}`,
  );
};

/** Deals a second through all stages, some beside each other. */
const throughAllStages = async ({ newDeal, pavel, clock }: Company): Promise<number> => {
  const deals = await Promise.all(Array.from({ length: together }, (_, n) => newDeal(`through ${n}`)));
  await clock.settle();
  const ms = await timed(async () => {
    await Promise.all(
      deals.map(async ({ id }) => {
        for (const stage of stagesOfGoods.slice(1)) await pavel.move(id, stage);
      }),
    );
    await clock.settle();
  });
  return (together * 1000) / ms;
};

/** The same by nothing but a transaction of three rows a stage. */
const bareLoop = async ({ runtime, newDeal, clock }: Company, round: number): Promise<number> => {
  const tableName = runtime.environment.TABLE_NAME ?? '';
  const { id } = await newDeal('bare');
  await clock.settle();
  const [row] = await rowsOf({ runtime } as Company, id);
  if (row === undefined) throw new Error(`no row of deal ${id}`);
  const three = (deal: number, stage: number): TransactWriteItem[] =>
    ['deal', 'left', 'entered'].map((part) => {
      const twin = twinOf({ ...row, pk: `${round}.${deal}.${id}`, sk: part, version: stage + 1 });
      if (stage === 0) return { Put: { TableName: tableName, Item: marshalRow(twin) } };
      return putIfAt(tableName, twin, { ...twin, version: stage });
    });
  const ms = await timed(() =>
    Promise.all(
      Array.from({ length: together }, async (_, deal) => {
        for (let stage = 0; stage < stagesOfGoods.length - 1; stage += 1) await send(three(deal, stage));
      }),
    ),
  );
  await clock.settle();
  return (together * 1000) / ms;
};

const throughput = async (company: Company): Promise<Figure> => {
  await throughAllStages(company);
  const pairs = await interleaved(
    () => throughAllStages(company),
    (round) => bareLoop(company, round),
  );
  const mean = (side: 'ours' | 'theirs') =>
    percentile(
      pairs.map((pair) => pair[side]),
      0.5,
    ).toFixed(1);
  return figure(
    'whole deals a second / one transaction a stage, bare',
    pairs.map(({ ours, theirs }) => ours / theirs),
    'x',
    'at least 0.6',
    `${mean('ours')} / ${mean('theirs')} deals a second, ${together} beside each other, all that follows a move included`,
  );
};

export const benchMoves = async (company: Company): Promise<Figure[]> => {
  made = undefined; // an address of its own for each runtime
  return [await moveAlone(company), await throughput(company)];
};
