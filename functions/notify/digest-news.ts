import type { Deal } from '../../schemas/deal.ts';
import type { LedgerEntry } from '../../schemas/ledger.ts';
import type { Pipeline } from '../../schemas/pipeline.ts';
import type { Task } from '../../schemas/task.ts';
import { instantOf } from '../../schemas/time.ts';
import type { Company } from '../access/company.ts';
import { none } from '../reports/keys.ts';
import { entriesOf } from '../reports/money-report.ts';
import { type Kept, readKept } from '../reports/read.ts';
import { localDay } from '../schedule/local-time.ts';
import { dealOf, taskOf } from '../shared/rows.ts';
import type { Table } from '../shared/table/port.ts';

/** What happened in a company since some time, and how it stands; read once for all who are told. */
export type News = {
  readonly created: readonly Deal[];
  readonly overdue: readonly Task[];
  /** by day and person */
  readonly breaches: readonly Kept[];
  readonly entries: readonly { readonly entry: LedgerEntry; readonly deal: Deal }[];
  /** by stage and person, of each pipeline */
  readonly standing: readonly { readonly pipeline: Pipeline; readonly kept: readonly Kept[] }[];
  /** deals made, won and lost, by day and person, of each pipeline */
  readonly flow: readonly { readonly pipeline: Pipeline; readonly kept: readonly Kept[] }[];
};

/** An entry may be recorded this long after its day, and is still news. */
const lateEntryDays = 31;
const dayMs = 86_400_000;

/** The person whose deal or task an aggregate is of. */
export const personOf = ({ groups }: Kept): string => groups.at(-1) ?? none;

export const readNews = async (
  table: Table,
  company: Company,
  { since, now }: { since: Date; now: Date },
): Promise<News> => {
  const zone = company.packs[0]?.zone ?? 'UTC';
  const pipelines = company.packs.flatMap((pack) => pack.pipelines);
  const [from, to] = [instantOf(since), instantOf(now)];
  const day = (ms: number) => localDay(new Date(ms), zone);
  const days = { from: day(since.getTime()), to: day(now.getTime()) };

  const created: Deal[] = [];
  const overdue: Task[] = [];
  const breaches: Kept[] = [];
  const accounts = new Set<string>();
  const booked = { from: day(since.getTime() - lateEntryDays * dayMs), to: day(now.getTime() + dayMs) };
  const standing: News['standing'][number][] = [];
  const flow: News['flow'][number][] = [];
  for (const pipeline of pipelines) {
    for await (const row of table.all({
      index: 'g2',
      pk: `NUMBER#${pipeline.id}`,
      descending: true,
      limit: 50,
    })) {
      const deal = dealOf(row);
      if (deal.createdAt <= from) break; // numbers are given in order of time
      created.push(deal);
    }
    for await (const row of table.all({ index: 'g1', pk: `OPEN#${pipeline.id}`, sk: { to } }))
      overdue.push(taskOf(row));
    breaches.push(...(await readKept(table, 'breaches', pipeline.id, days)));
    for (const { groups } of await readKept(table, 'money', pipeline.id, booked))
      accounts.add(groups[1] ?? none);
    standing.push({ pipeline, kept: await readKept(table, 'board-by', pipeline.id) });
    flow.push({ pipeline, kept: await readKept(table, 'flow', pipeline.id, days) });
  }
  const entries = await entriesOf(accounts, booked);
  return {
    created,
    overdue,
    breaches,
    entries: entries.filter(({ entry }) => entry.at > from && entry.at <= to),
    standing,
    flow,
  };
};
