import { Accrual } from '../../../schemas/accrual.ts';
import { Deal, type FieldValue } from '../../../schemas/deal.ts';
import { LedgerEntry } from '../../../schemas/ledger.ts';
import { Task } from '../../../schemas/task.ts';
import { packs } from '../../../statemachines/packs/index.ts';
import { companyKey } from '../../shared/keys.ts';
import { accrualRow, dealRow, ledgerRow, taskRow } from '../../shared/rows.ts';
import type { StreamRecord } from '../../shared/table/records.ts';
import { createMemoryTable } from '../../shared/table/table-memory.ts';
import { definitionsOf } from '../worth.ts';

export const definitions = definitionsOf(packs);

const by = { system: 'test' };

type Some<T> = Partial<Record<keyof T, unknown>>;

/** A deal of the goods pipeline, as far as a test does not say otherwise. */
export const aDeal = (some: Some<Deal> = {}): Deal =>
  Deal.parse({
    id: 'd1',
    pack: 'industrial',
    pipeline: 'goods',
    number: 'G-1',
    title: 'Bearings',
    stage: 'unprocessed',
    seq: 1,
    version: 1,
    fields: {},
    totals: {},
    stageSince: '2026-02-02T06:15:00.000Z',
    createdAt: '2026-02-02T06:15:00.000Z',
    createdBy: by,
    changedAt: '2026-02-02T06:15:00.000Z',
    changedBy: by,
    ...some,
  });

export const aTask = (some: Some<Task> = {}): Task =>
  Task.parse({
    id: 't1',
    deal: 'd1',
    pipeline: 'goods',
    dealNumber: 'G-1',
    dealTitle: 'Bearings',
    kind: 'task',
    step: 'express-identification',
    attempt: 1,
    title: { ru: 'Идентификация', en: 'Identification' },
    assignee: 'pavel',
    due: '2026-02-02T11:30:00.000Z',
    openedAt: '2026-02-02T06:30:00.000Z',
    status: 'open',
    late: [{ at: { moment: 'due' } }],
    version: 1,
    changedAt: '2026-02-02T06:30:00.000Z',
    changedBy: by,
    ...some,
  });

export const anEntry = (some: Some<LedgerEntry> = {}): LedgerEntry =>
  LedgerEntry.parse({
    id: 'e1',
    deal: 'd1',
    pipeline: 'goods',
    kind: 'payment',
    amount: { amount: 10_000_000, currency: 'RUB' },
    day: '2026-02-16',
    source: 'test',
    at: '2026-02-16T07:00:00.000Z',
    by,
    ...some,
  });

export const anAccrual = (some: Some<Accrual> = {}): Accrual =>
  Accrual.parse({
    id: 'a1',
    deal: 'd1',
    pipeline: 'goods',
    employee: 'pavel',
    role: { ru: 'Менеджер', en: 'Manager' },
    base: { amount: 10_000_000, currency: 'RUB' },
    percent: 5,
    amount: { amount: 500_000, currency: 'RUB' },
    day: '2026-02-28',
    state: 'accrued',
    at: '2026-02-16T07:00:00.000Z',
    by,
    ...some,
  });

/** A table whose changes are kept as the records of its stream. */
export const recorded = () => {
  const table = createMemoryTable({ now: () => new Date('2026-02-02T06:15:00Z') });
  const records: StreamRecord[] = [];
  const stop = table.changes((some) => records.push(...some));
  return {
    table,
    records,
    stop,
    /** Records so far, taken out. */
    drain: (): StreamRecord[] => records.splice(0),
    putDeal: (deal: Deal) => table.write({ put: dealRow(deal) }),
    putTask: (task: Task) => table.write({ put: taskRow(task) }),
    putEntry: (entry: LedgerEntry) => table.write({ put: ledgerRow(entry) }),
    putAccrual: (accrual: Accrual) => table.write({ put: accrualRow(accrual) }),
    putCompany: (id: string) =>
      table.write({
        put: {
          ...companyKey(id),
          row: 'company',
          id,
          name: id,
          debtTotal: 0,
          extra: {},
          version: 1,
          changedAt: '2026-01-01T00:00:00.000Z',
        },
      }),
  };
};
export type Recorded = ReturnType<typeof recorded>;

/** One write of a history; deals, tasks and entries are told apart by small numbers. */
export type Step =
  | { do: 'field'; deal: number; field: string; value: FieldValue | undefined }
  | { do: 'move'; deal: number; stage: string }
  /** takes back what the last write of the deal did */
  | { do: 'undo'; deal: number }
  | { do: 'assign'; deal: number; to: string | undefined }
  | { do: 'open'; deal: number; task: number; assignee: string | undefined; due: string | undefined }
  | { do: 'close'; task: number; how: 'done' | 'cancelled' | 'moved'; hours: number }
  | { do: 'rung'; task: number }
  | { do: 'watch'; deal: number }
  | {
      do: 'entry';
      deal: number;
      kind: 'payment' | 'refund' | 'shipment';
      amount: number;
      converted?: number | undefined;
      corrects?: string | undefined;
      waits?: boolean;
    }
  /** decides on an entry that waits */
  | { do: 'decide'; entry: number; state: 'approved' | 'returned' }
  | { do: 'accrue'; deal: number; employee: string; amount: number }
  | { do: 'settle'; accrual: number; state: 'paid' | 'reversed' };

/** Writes a history into the table, each deal made when it is first named. */
export const live = async ({ putDeal, putTask, putEntry, putAccrual }: Recorded, steps: readonly Step[]) => {
  const entries: LedgerEntry[] = [];
  const accruals: Accrual[] = [];
  const deals = new Map<number, Deal>();
  const before = new Map<number, Deal>();
  const tasks = new Map<number, Task>();
  let now = Date.parse('2026-02-02T06:15:00Z');
  let made = 0;
  const at = () => new Date(now).toISOString();
  const dealOf = async (number: number): Promise<Deal> => {
    const known = deals.get(number);
    if (known !== undefined) return known;
    const deal = aDeal({
      id: `d${number}`,
      number: `G-${number}`,
      pipeline: number % 3 === 0 ? 'services' : 'goods',
      createdAt: at(),
      changedAt: at(),
      stageSince: at(),
    });
    deals.set(number, deal);
    await putDeal(deal);
    return deal;
  };
  const change = async (number: number, to: (deal: Deal) => Some<Deal>) => {
    const deal = await dealOf(number);
    const next = Deal.parse({ ...deal, ...to(deal), version: deal.version + 1, changedAt: at() });
    deals.set(number, next);
    before.set(number, deal);
    await putDeal(next);
  };
  const changeTask = async (number: number, to: (task: Task) => Some<Task>) => {
    const task = tasks.get(number);
    if (task?.status !== 'open') return;
    const next = Task.parse({ ...task, ...to(task), version: task.version + 1, changedAt: at() });
    tasks.set(number, next);
    await putTask(next);
  };
  for (const step of steps) {
    now += 5 * 3_600_000;
    made += 1;
    switch (step.do) {
      case 'field':
        await change(step.deal, ({ fields: { [step.field]: _, ...others } }) => ({
          fields: step.value === undefined ? others : { ...others, [step.field]: step.value },
        }));
        break;
      case 'move':
        await change(step.deal, ({ seq, pipeline, stage }) => ({
          stage: step.stage,
          cameFrom: stage,
          seq: seq + 1,
          stageSince: at(),
          outcome: definitions.get(pipeline)?.pipeline.stages[step.stage]?.outcome,
        }));
        break;
      case 'undo':
        await change(step.deal, () => before.get(step.deal) ?? {});
        break;
      case 'assign':
        await change(step.deal, () => ({ responsible: step.to }));
        break;
      case 'open': {
        if (tasks.has(step.task)) break;
        const { id, pipeline, number } = await dealOf(step.deal);
        const task = aTask({
          id: `t${step.task}`,
          deal: id,
          pipeline,
          dealNumber: number,
          assignee: step.assignee,
          due: step.due,
          openedAt: at(),
          changedAt: at(),
        });
        tasks.set(step.task, task);
        await putTask(task);
        break;
      }
      case 'close':
        await changeTask(step.task, () => ({
          status: step.how === 'cancelled' ? 'cancelled' : 'done',
          outcome: step.how,
          closedAt: new Date(now + step.hours * 3_600_000).toISOString(),
          closedBy: by,
        }));
        break;
      case 'rung':
        await changeTask(step.task, () => ({ fired: [0], mark: 'late' }));
        break;
      case 'watch': {
        const { id, pipeline } = await dealOf(step.deal);
        await putTask(
          aTask({ id: `w${made}`, deal: id, pipeline, kind: 'watch', due: undefined, assignee: undefined }),
        );
        break;
      }
      case 'entry': {
        const { id, pipeline } = await dealOf(step.deal);
        const entry = anEntry({
          id: `e${made}`,
          deal: id,
          pipeline,
          kind: step.kind,
          amount: { amount: step.amount, currency: 'RUB' },
          ...(step.converted === undefined ? {} : { converted: { amount: step.converted, currency: 'USD' } }),
          ...(step.corrects === undefined ? {} : { corrects: step.corrects }),
          ...(step.waits === true ? { state: 'pending' } : {}),
          day: at().slice(0, 10),
          at: at(),
        });
        entries.push(entry);
        await putEntry(entry);
        await change(step.deal, ({ totals }) => ({
          totals: {
            ...totals,
            paidTotal: (totals.paidTotal ?? 0) + (step.kind === 'refund' ? -step.amount : step.amount),
          },
        }));
        break;
      }
      case 'decide': {
        const waiting = entries.filter(({ state }) => state === 'pending');
        const entry = waiting[step.entry % Math.max(1, waiting.length)];
        if (entry === undefined) break;
        const decided = anEntry({ ...entry, state: step.state, decided: { at: at(), by } });
        entries.splice(entries.indexOf(entry), 1, decided);
        await putEntry(decided);
        break;
      }
      case 'accrue': {
        const { id, pipeline } = await dealOf(step.deal);
        const accrual = anAccrual({
          id: `a${made}`,
          deal: id,
          pipeline,
          employee: step.employee,
          amount: { amount: step.amount, currency: 'RUB' },
          day: at().slice(0, 10),
          at: at(),
        });
        accruals.push(accrual);
        await putAccrual(accrual);
        break;
      }
      case 'settle': {
        const open = accruals.filter(({ state }) => state === 'accrued');
        const accrual = open[step.accrual % Math.max(1, open.length)];
        if (accrual === undefined) break;
        const settled = anAccrual({ ...accrual, state: step.state, settled: { at: at(), by } });
        accruals.splice(accruals.indexOf(accrual), 1, settled);
        await putAccrual(settled);
        break;
      }
      default:
        step satisfies never;
    }
  }
};
