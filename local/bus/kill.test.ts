import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createClock } from '../clock.ts';
import { openState } from '../state/state.ts';
import { createBus } from './bus.ts';
import type { Rule } from './rule.ts';
import { createSchedules } from './schedules.ts';

const rule: Rule = {
  name: 'moved',
  busArn: 'default',
  pattern: { source: ['voronka'] },
  state: 'ENABLED',
  targets: [{ id: 'notify', arn: 'notify' }],
};
const schedule = {
  Name: 'digest',
  ScheduleExpression: 'rate(1 hour)',
  FlexibleTimeWindow: { Mode: 'OFF' as const },
  Target: { Arn: 'digest', RoleArn: 'role', Input: '"digest"' },
};

/** Accepts an event and fires a schedule, while no target ever answers. */
const program = (file: string) => `
  const [{ createClock }, { openState }, { createBus }, { createSchedules }] = await Promise.all(
    ['../clock.ts', '../state/state.ts', './bus.ts', './schedules.ts'].map((path) => import(new URL(path, ${JSON.stringify(import.meta.url)}).href)),
  );
  const clock = createClock({ now: '2026-10-01T09:00:00Z' });
  const state = openState(${JSON.stringify(file)});
  const deliver = () => new Promise(() => {});
  const bus = createBus({ clock, state, deliver, rules: [${JSON.stringify(rule)}] });
  createSchedules({ clock, state, deliver, schedules: [${JSON.stringify(schedule)}] });
  await clock.settle();
  await bus.putEvents([{ Source: 'voronka', DetailType: 'deal.moved', Detail: '{"deal":"D-1"}' }]);
  console.log('accepted');
  setInterval(() => {}, 1000);
`;

test('a process killed after it accepted an event and fired a schedule owes both to the next one, once', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'voronka-kill-')), 'state.sqlite');
  const child = spawn(process.execPath, ['--input-type=module', '-e', program(file)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  child.kill('SIGKILL');
  await new Promise((resolve) => child.once('exit', resolve));

  const clock = createClock({ now: '2026-10-01T09:30:00Z' });
  const state = openState(file);
  const delivered: string[] = [];
  const deliver = async ({ arn }: { arn: string }) => void delivered.push(arn);
  const bus = createBus({ clock, state, deliver, rules: [rule] });
  const schedules = createSchedules({ clock, state, deliver, schedules: [schedule] });
  clock.onSettle(bus.drain);
  clock.onSettle(schedules.drain);
  await clock.settle();
  const atStart = [...delivered].sort();
  await clock.advanceTo('2026-10-01T10:30:00Z');
  state.close();

  expect(atStart).toEqual(['digest', 'notify']);
  expect(delivered.slice(2)).toEqual(['digest']);
});
