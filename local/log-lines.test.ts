import { afterEach, beforeEach, expect, test } from 'vitest';
import { log, useLogSink } from '../functions/shared/log.ts';
import { type World, world } from './world.ts';

type Line = Record<string, unknown>;

let w: World;
let lines: Line[];
beforeEach(async () => {
  w = await world({ at: '2026-02-02 09:00' });
  lines = [];
  log.level = 'debug';
  useLogSink((line) => void lines.push(JSON.parse(line)));
});
afterEach(async () => {
  useLogSink();
  await w.stop();
});

const isMetric = (line: Line) => '_aws' in line;
/** How often each metric was counted, by pipeline. */
const sums = () => {
  const found: Record<string, number> = {};
  for (const { _aws, stage, pack, pipeline, ...counted } of lines.filter(isMetric))
    for (const [name, by] of Object.entries(counted)) {
      const key = `${name}${pipeline === undefined ? '' : ` ${pipeline}`}`;
      found[key] = (found[key] ?? 0) + Number(by);
    }
  return found;
};

test('each step says whose deal, which run and which step it was, and no word of the deal itself', async () => {
  const contact = await w.as('pavel').ask('POST', '/v1/contacts', {
    name: 'Anna Sorokina',
    email: 'anna@example.test',
    phone: '+79991234567',
  });
  const deal = await w.enter('invoice-quote', { contact: contact.id }, { title: 'Bearings for Sorokina' });
  await w.as('pavel').complete(deal, 'send-quote');

  const steps = lines.filter(({ msg }) => msg === 'step');
  expect(steps.length).toBeGreaterThan(0);
  expect(steps.filter(({ deal: of }) => of !== deal)).toEqual([]);
  expect(new Set(steps.map(({ run }) => run))).toEqual(
    new Set([`${deal}-1-invoice-quote`, `${deal}-1-invoice-quote-feedback-1`]),
  );
  expect(steps.map(({ step }) => step)).toContain('send-quote');
  expect(JSON.stringify(lines)).not.toMatch(/sorokina|anna|999.?123/i);
});

test('a refused request says which deal and which rule, not what was sent', async () => {
  const deal = await w.enter('invoice-quote');
  lines.length = 0;

  await expect(w.as('pavel').move(deal, 'lost', { refusalComment: 'told Anna Sorokina' })).rejects.toThrow();

  expect(lines.filter((line) => !isMetric(line))).toEqual([
    {
      level: 'info',
      route: 'POST /v1/deals/{id}/move',
      deal,
      type: expect.stringContaining('urn:voronka:problem:'),
      msg: 'request refused',
    },
  ]);
});

test('deals, runs, refusals and late tasks are counted where they happen', async () => {
  const pavel = w.as('pavel');
  const deal = await pavel.create({ payerKind: 'legal' });
  await expect(pavel.move(deal, 'lost')).rejects.toThrow('422');
  await pavel.move(deal, 'express-identification');
  await w.advanceTo('2026-02-09 09:00');

  const counted = sums();
  expect(counted).toEqual({
    'DealsCreated goods': 1,
    'DealsMoved goods': 1,
    'RunsStarted goods': 1,
    MovesRefused: 1,
    'TasksLate goods': expect.any(Number),
  });
  const task = await w.task(deal, 'express-identification');
  expect(counted['TasksLate goods']).toBe(task.fired.length);
  expect(task.fired.length).toBeGreaterThan(0);
});
