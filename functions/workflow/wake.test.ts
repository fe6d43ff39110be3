import { expect, test } from 'vitest';
import { StepCommand } from '../../schemas/step.ts';
import { Task } from '../../schemas/task.ts';
import { asksAgainAt, isReached, keepsTurn } from './wake.ts';

const now = new Date('2026-02-02T06:00:00Z');
const after = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const year = 366 * 86_400;

const run = { deal: 'd1', pack: 'p', pipeline: 'goods', stage: 'won', seq: 1, thread: 'main', n: 1 };
const aTask = (more: object = {}) =>
  Task.parse({
    id: 'd1.1.call.main.1.0',
    deal: 'd1',
    pipeline: 'goods',
    dealNumber: 'G-1',
    dealTitle: '12 bearings',
    kind: 'watch',
    attempt: 1,
    title: { ru: 'Звонок', en: 'Call' },
    openedAt: now.toISOString(),
    status: 'open',
    token: 't1',
    version: 1,
    changedAt: now.toISOString(),
    changedBy: { system: 'test' },
    ...more,
  });
const asking = (waits?: number) =>
  StepCommand.parse({
    run,
    execution: 'd1-1-won',
    step: { do: 'look', id: 'call' },
    rung: 0,
    round: 0,
    ...(waits === undefined ? {} : { waits }),
  });

test.each([
  ['on the second', 3600, true],
  ['a minute late', 3660, true],
  ['a minute early', 3540, true],
  ['more than a minute late', 3661, false],
  ['more than a minute early', 3539, false],
])('a state that asks again %s is left alone: %s s, %s', (_, waits, leftAlone) => {
  expect(asksAgainAt(after(3600), now, aTask(), asking(waits))).toBe(leftAlone);
});

test('a moment beyond the year is as good as the guard that comes before it', () => {
  expect(asksAgainAt(after(3 * year), now, aTask(), asking(32_000_000))).toBe(true);
  expect(asksAgainAt(after(3 * year), now, aTask(), asking(3600))).toBe(false);
  expect(asksAgainAt(after(3600), now, aTask(), asking(32_000_000))).toBe(false);
});

test('a state that does not say how long it waits is known by the token that its task has lost', () => {
  expect(asksAgainAt(after(3600), now, aTask(), asking())).toBe(true);
  expect(asksAgainAt(after(3600), now, aTask({ token: undefined }), asking())).toBe(false);
});

test('a time-out that comes up to a minute before its moment has reached it, a first call has not', () => {
  expect(isReached(after(60), now, 1)).toBe(true);
  expect(isReached(after(61), now, 1)).toBe(false);
  expect(isReached(after(1), now, 0)).toBe(false);
  expect(isReached(now, now, 0)).toBe(true);
});

test('the turn of a cycle is to come until its time, unless its token was taken away', () => {
  const nextTurn = after(3600).toISOString();

  expect(keepsTurn(aTask({ nextTurn }), now, 0)).toBe(true);
  expect(keepsTurn(aTask({ nextTurn }), after(3600), 0)).toBe(false);
  expect(keepsTurn(aTask({ nextTurn, token: undefined }), now, 0)).toBe(false);
  expect(keepsTurn(aTask(), now, 0)).toBe(false);
});
