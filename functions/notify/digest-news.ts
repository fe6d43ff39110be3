import type { Deal } from '../../schemas/deal.ts';
import type { LedgerEntry } from '../../schemas/ledger.ts';
import type { Pipeline } from '../../schemas/pipeline.ts';
import type { Task } from '../../schemas/task.ts';
import { instantOf } from '../../schemas/time.ts';
import type { Company } from '../access/company.ts';
import { type Aggregate, none } from '../reports/keys.ts';
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

const newDeals = async (
  table: Table,
  pipeline: Pipeline,
  from: string,
): Promise<{ deals: Deal[]; isUsed: boolean }> => {
  const deals: Deal[] = [];
  let isUsed = false;
  const numbers = { index: 'g2', pk: `NUMBER#${pipeline.id}`, descending: true, limit: 50 } as const;
  for await (const row of table.all(numbers)) {
    isUsed = true;
    const deal = dealOf(row);
    if (deal.createdAt <= from) break; // numbers are given in order of time
    deals.push(deal);
  }
  return { deals, isUsed };
};

const overdueTasks = async (table: Table, pipeline: Pipeline, to: string): Promise<Task[]> => {
  const tasks: Task[] = [];
  for await (const row of table.all({ index: 'g1', pk: `OPEN#${pipeline.id}`, sk: { to } }))
    tasks.push(taskOf(row));
  return tasks;
};

/** Reads what a digest of that kind tells; a pipeline without a single deal has nothing else to tell either. */
export const readNews = async (
  table: Table,
  company: Company,
  { kind, since, now }: { kind: 'daily' | 'weekly'; since: Date; now: Date },
): Promise<News> => {
  const zone = company.packs[0]?.zone ?? 'UTC';
  const [from, to] = [instantOf(since), instantOf(now)];
  const day = (ms: number) => localDay(new Date(ms), zone);
  const days = { from: day(since.getTime()), to: day(now.getTime()) };
  const booked = { from: day(since.getTime() - lateEntryDays * dayMs), to: day(now.getTime() + dayMs) };
  const isDaily = kind === 'daily';

  const all = await Promise.all(
    company.packs
      .flatMap((pack) => pack.pipelines)
      .map(async (pipeline) => {
        const { deals, isUsed } = await newDeals(table, pipeline, from);
        const kept = (of: Aggregate, isTold: boolean, range?: { from: string; to: string }) =>
          isUsed && isTold ? readKept(table, of, pipeline.id, range) : [];
        const [overdue, breaches, money, standing, flow] = await Promise.all([
          isUsed && isDaily ? overdueTasks(table, pipeline, to) : [],
          kept('breaches', isDaily, days),
          kept('money', isDaily, booked),
          kept('board-by', true),
          kept('flow', !isDaily, days),
        ]);
        return { pipeline, created: deals, overdue, breaches, money, standing, flow };
      }),
  );
  const accounts = all.flatMap(({ money }) => money.map(({ groups }) => groups[1] ?? none));
  const entries = await entriesOf(new Set(accounts), booked);
  return {
    created: all.flatMap(({ created }) => created),
    overdue: all.flatMap(({ overdue }) => overdue),
    breaches: all.flatMap(({ breaches }) => breaches),
    entries: entries.filter(({ entry }) => entry.at > from && entry.at <= to),
    standing: all.map(({ pipeline, standing }) => ({ pipeline, kept: standing })),
    flow: all.map(({ pipeline, flow }) => ({ pipeline, kept: flow })),
  };
};
