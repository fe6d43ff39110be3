import type * as z from 'zod';
import { Task } from '../../schemas/task.ts';
import { readCard } from '../deals/card.ts';
import { taskRow } from '../shared/rows.ts';
import type { Table } from '../shared/table/port.ts';

/** Puts an open task on a deal as its workflow would, and gives its id. */
export const anOpenTask = async (table: Table, deal: string, more: Partial<z.input<typeof Task>> = {}) => {
  const { deal: of } = await readCard(table, deal);
  const step = more.step ?? 'work';
  const task = Task.parse({
    id: `${of.id}.${of.seq}.${step}.main.1.0`,
    deal: of.id,
    pipeline: of.pipeline,
    dealNumber: of.number,
    dealTitle: of.title,
    kind: 'task',
    step,
    run: {
      deal: of.id,
      pack: of.pack,
      pipeline: of.pipeline,
      stage: of.stage,
      seq: of.seq,
      thread: 'main',
      n: 1,
    },
    attempt: 1,
    title: { ru: 'Дело', en: 'Work' },
    openedAt: '2026-10-01T09:00:00Z',
    status: 'open',
    version: 1,
    changedAt: '2026-10-01T09:00:00Z',
    changedBy: { system: 'test' },
    ...more,
  });
  await table.write({ put: taskRow(task) });
  return task.id as string;
};
