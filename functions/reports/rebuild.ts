import { dealKey } from '../shared/keys.ts';
import { accrualOf, dealOf, ledgerEntryOf, taskOf } from '../shared/rows.ts';
import type { Item, Key, Table } from '../shared/table/port.ts';
import { type Add, type Contribution, type Member, nameOf, sumOf } from './contribution.ts';
import { recount } from './keep.ts';
import { aggregates, decisionsKey, deskKey, registerKey } from './keys.ts';
import { registers } from './registers.ts';
import {
  type Definitions,
  versionOfAccrual,
  versionOfEntry,
  worthOfAccrual,
  worthOfDeal,
  worthOfEntry,
  worthOfTask,
} from './worth.ts';

type Source = { readonly source: Key; readonly version: number; readonly to: Contribution };

/** Every counted row of the table with its worth as it is now, a deal with all its own at a time. */
async function* sources(table: Table, definitions: Definitions): AsyncIterable<Source[]> {
  for (const pipeline of definitions.keys())
    for await (const { id } of table.all({ index: 'g2', pk: `NUMBER#${pipeline}` })) {
      const rows: Source[] = [];
      for await (const item of table.all({
        pk: dealKey(String(id)).pk,
        sk: { from: '7', to: '9~' },
        consistent: true,
      })) {
        const to = await worthOf(item, definitions);
        if (to !== undefined) rows.push({ source: { pk: item.pk, sk: item.sk }, ...to });
      }
      yield rows;
    }
}

const worthOf = async (
  item: Item,
  definitions: Definitions,
): Promise<{ version: number; to: Contribution } | undefined> => {
  switch (item.row) {
    case 'deal': {
      const deal = dealOf(item);
      return { version: deal.version, to: await worthOfDeal(deal, definitions) };
    }
    case 'task': {
      const task = taskOf(item);
      return { version: task.version, to: worthOfTask(task, definitions) };
    }
    case 'ledger': {
      const entry = ledgerEntryOf(item);
      return { version: versionOfEntry(entry), to: worthOfEntry(entry, definitions) };
    }
    case 'accrual': {
      const accrual = accrualOf(item);
      return { version: versionOfAccrual(accrual), to: worthOfAccrual(accrual, definitions) };
    }
    default:
      return undefined;
  }
};

/** All that reports read: figures by aggregate, and who stands in which list. */
export type Reports = {
  readonly figures: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly lists: readonly string[];
};

const asReports = (adds: readonly Add[], members: readonly Pick<Member, 'pk' | 'sk'>[]): Reports => ({
  figures: Object.fromEntries(sumOf(adds).map(({ by, ...key }) => [nameOf(key), by])),
  lists: members.map(nameOf).sort(),
});

/** The reports worked out from the rows themselves, as if nothing had been counted before. */
export const rebuild = async (table: Table, definitions: Definitions): Promise<Reports> => {
  const adds: Add[] = [];
  const members: Member[] = [];
  for await (const rows of sources(table, definitions))
    for (const { to } of rows) {
      adds.push(...to.adds);
      members.push(...to.members);
    }
  return asReports(adds, members);
};

/** The reports as the stream has kept them. */
export const kept = async (
  table: Table,
  definitions: Definitions,
  companies: readonly string[] = [],
): Promise<Reports> => {
  const adds: Add[] = [];
  const members: Key[] = [];
  const packs = new Set([...definitions.values()].map(({ pack }) => pack));
  for (const pipeline of definitions.keys()) {
    for (const aggregate of aggregates)
      for await (const { pk, sk, ...by } of table.all({ pk: `R#${aggregate}#${pipeline}`, consistent: true }))
        adds.push({ pk, sk, by: by as Record<string, number> }); // written by `add` alone
    for await (const { pk, sk } of table.all({ ...decisionsKey(pipeline), consistent: true }))
      members.push({ pk, sk });
    for (const register of Object.keys(registers))
      for await (const { pk, sk } of table.all({ ...registerKey(register, pipeline), consistent: true }))
        members.push({ pk, sk });
  }
  for (const { desks } of packs)
    for (const desk of desks)
      for await (const { pk, sk } of table.all({ ...deskKey(desk.id), consistent: true }))
        members.push({ pk, sk });
  for (const { pk, sk, debtTotal, wonTotal } of await table.getMany(
    companies.map((company) => ({ pk: `COMPANY#${company}`, sk: 'COMPANY' })),
  ))
    for (const [name, figure] of Object.entries({ debtTotal, wonTotal }))
      if (typeof figure === 'number') adds.push({ pk, sk, by: { [name]: figure } });
  return asReports(adds, members);
};

/** Where what was kept differs from what the rows say, by name: what it is and what it should be. */
export const differencesBetween = (
  is: Reports,
  shouldBe: Reports,
): { readonly name: string; readonly is: unknown; readonly shouldBe: unknown }[] => {
  const names = new Set([...Object.keys(is.figures), ...Object.keys(shouldBe.figures)]);
  const figures = [...names].flatMap((name) =>
    JSON.stringify(is.figures[name]) === JSON.stringify(shouldBe.figures[name])
      ? []
      : [{ name, is: is.figures[name], shouldBe: shouldBe.figures[name] }],
  );
  const lists = [
    ...is.lists
      .filter((name) => !shouldBe.lists.includes(name))
      .map((name) => ({ name, is: true, shouldBe: false })),
    ...shouldBe.lists
      .filter((name) => !is.lists.includes(name))
      .map((name) => ({ name, is: false, shouldBe: true })),
  ];
  return [...figures, ...lists];
};

/**
 * Counts every row anew against what it was counted as: what a changed pack made differ becomes right, while the stream goes
 * on. Figures that were spoilt by another hand than the consumer's stay spoilt; `differencesBetween` shows them.
 */
export const refresh = async (table: Table, definitions: Definitions): Promise<void> => {
  for await (const rows of sources(table, definitions)) await recount(table, rows);
};
