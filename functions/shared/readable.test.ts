import { expect, test } from 'vitest';
import * as z from 'zod';
import { Task } from '../../schemas/task.ts';
import { readable } from './readable.ts';
import { dealOf, dealRow, taskOf, taskRow } from './rows.ts';

const Shape = z.strictObject({
  name: z.string(),
  inner: z.strictObject({ count: z.int() }).optional(),
  list: z.array(z.strictObject({ at: z.int() })).default([]),
});

test('names of a newer release are left out, however deep they stand', () => {
  const newer = {
    name: 'a',
    colour: 'red',
    inner: { count: 1, unit: 'kg' },
    list: [{ at: 1 }, { at: 2, by: 'x' }],
  };

  expect(readable(Shape, newer)).toEqual({ name: 'a', inner: { count: 1 }, list: [{ at: 1 }, { at: 2 }] });
});

test.each([
  [{ name: 1 }, /name/],
  [{ name: 'a', inner: { count: 'many', unit: 'kg' } }, /count/],
  [{ colour: 'red' }, /name/],
])('what is wrong otherwise is refused: %j', (given, message) => {
  expect(() => readable(Shape, given)).toThrow(message);
});

const at = '2026-02-02T06:00:00.000Z';
const by = { system: 'test' };

test('a deal and a task of a newer release are read by this one', () => {
  const deal = {
    ...{ id: 'd1', pack: 'p', pipeline: 'q', number: 'Q-1', title: 'A deal', stage: 's', seq: 1, version: 1 },
    ...{ watchers: [], fields: {}, totals: {}, threads: {}, keys: [] },
    ...{ stageSince: at, createdAt: at, createdBy: by, changedAt: at, changedBy: by },
  };
  const task = Task.parse({
    ...{
      id: 't1',
      deal: 'd1',
      pipeline: 'q',
      dealNumber: 'Q-1',
      dealTitle: 'A deal',
      kind: 'task',
      attempt: 1,
    },
    ...{
      title: { ru: 'т', en: 't' },
      openedAt: at,
      status: 'open',
      version: 1,
      changedAt: at,
      changedBy: by,
    },
    run: { deal: 'd1', pack: 'p', pipeline: 'q', stage: 's', seq: 1, thread: 'main', n: 1 },
  });

  expect(dealOf({ ...dealRow(deal as never), mood: 'good' })).toEqual(deal);
  expect(taskOf({ ...taskRow(task), run: { ...task.run, colour: 'red' } })).toEqual(task);
});
