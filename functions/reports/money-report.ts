import type { Deal } from '../../schemas/deal.ts';
import type { LedgerEntry } from '../../schemas/ledger.ts';
import { may, mayDo, mayDoToAll } from '../access/rights.ts';
import { Forbidden } from '../shared/errors.ts';
import { dealKey } from '../shared/keys.ts';
import { theTable } from '../shared/ports.ts';
import { dealOf, ledgerEntryOf } from '../shared/rows.ts';
import type { Call } from '../shared/serve.ts';
import { groupBy, pageOfRows, type Row, readKept, type Sums } from './read.ts';
import { isReported, pipelinesFor } from './scope.ts';
import { spanOf } from './span.ts';

type Asked = Call<'reports.get'>;
type Line = { readonly name: Row; readonly sums: Readonly<Sums> };

const lineOf = (groups: readonly string[], sums: Readonly<Sums>): Line => {
  const [day, account, kind, currency] = groups;
  return { name: { day, account, kind, currency }, sums };
};

const aggregated = async (pipeline: string, span: { from: string; to: string }): Promise<Line[]> =>
  (await readKept(theTable(), 'money', pipeline, span)).map(({ groups, sums }) => lineOf(groups, sums));

/** Entries of some days with their deals, newest day last; what no aggregate tells apart is looked up entry by entry. */
export const entriesOf = async (
  accounts: ReadonlySet<string>,
  span: { from: string; to: string },
): Promise<{ entry: LedgerEntry; deal: Deal }[]> => {
  const table = theTable();
  const entries: LedgerEntry[] = [];
  for (const account of accounts)
    for await (const row of table.all({
      index: 'g1',
      pk: `MONEY#${account}`,
      sk: { from: span.from, to: `${span.to}~` },
    }))
      entries.push(ledgerEntryOf(row));
  const rows = await table.getMany(
    [...new Set(entries.map(({ deal }) => deal))].map((deal) => dealKey(deal)),
  );
  const deals = new Map(rows.map(dealOf).map((deal) => [deal.id, deal]));
  return entries.flatMap((entry) => {
    const deal = deals.get(entry.deal);
    return deal === undefined ? [] : [{ entry, deal }];
  });
};

/** What an entry adds to the report, as the aggregates have it. */
const linesOf = ({ day, account, kind, amount, converted, corrects }: LedgerEntry): Line[] => {
  const sign = corrects === undefined ? 1 : -1;
  const of = (currency: string, sums: Sums) => lineOf([day, account, kind, currency], sums);
  return [
    of(amount.currency, { amount: sign * amount.amount, count: 1 }),
    ...(converted === undefined ? [] : [of(converted.currency, { converted: sign * converted.amount })]),
  ];
};

const looked = async (
  call: Asked,
  pipelines: readonly string[],
  accounts: ReadonlySet<string>,
  span: { from: string; to: string },
): Promise<Line[]> => {
  const { query, reader, company } = call;
  return (await entriesOf(accounts, span))
    .filter(
      ({ deal, entry }) =>
        pipelines.includes(deal.pipeline) &&
        isReported(deal, call) &&
        mayDo(reader, 'view', 'ledger', deal, company, entry.kind) &&
        (query.responsible === undefined || deal.responsible === query.responsible) &&
        (query.company === undefined || deal.fields.company === query.company),
    )
    .flatMap(({ entry }) => linesOf(entry));
};

/** Money by account, day, kind and currency; this month unless days are asked for. */
export const moneyReport = async (call: Asked) => {
  const { query, reader } = call;
  if (!may(reader, 'view', 'ledger')) throw new Forbidden('the ledger is not open to your roles');
  const span = spanOf(query, call.now, call.company, reader);
  const pipelines = pipelinesFor(query.pipeline, call).map(({ id }) => id);
  const kept = await Promise.all(pipelines.map((pipeline) => aggregated(pipeline, span)));
  const isWhole =
    query.responsible === undefined &&
    query.company === undefined &&
    pipelines.every(
      (pipeline) =>
        mayDoToAll(reader, 'view', 'report', pipeline) && mayDoToAll(reader, 'view', 'ledger', pipeline),
    );
  const lines = isWhole
    ? kept.flat()
    : await looked(call, pipelines, new Set(kept.flat().map(({ name }) => String(name.account))), span);
  const rows = groupBy(
    lines,
    ({ name }) => name,
    ({ sums }) => sums,
  )
    .map(({ name, sums }): Row => ({ ...name, ...sums }))
    .sort((one, other) => (`${one.day} ${one.account}` < `${other.day} ${other.account}` ? -1 : 1));
  const totals = groupBy(
    lines,
    ({ name: { kind, currency } }) => ({ kind, currency }),
    ({ sums }) => sums,
  );
  return {
    report: call.params.report,
    ...pageOfRows(rows, query),
    totals: Object.fromEntries(
      totals.flatMap(({ name, sums }) => [
        [`${name.kind}.${name.currency}`, sums.amount ?? 0],
        ...(sums.converted === undefined
          ? []
          : [[`${name.kind}.${name.currency}.converted`, sums.converted]]),
      ]),
    ),
  };
};
