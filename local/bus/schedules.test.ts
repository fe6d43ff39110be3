import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  CreateScheduleCommand,
  DeleteScheduleCommand,
  GetScheduleCommand,
  ListSchedulesCommand,
  SchedulerClient,
  UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler';
import { afterEach, expect, test } from 'vitest';
import { createClock } from '../clock.ts';
import { openState, type State } from '../state/state.ts';
import type { Delivered, Rule } from './rule.ts';
import type { ScheduleProperties } from './schedule.ts';
import { createSchedules } from './schedules.ts';

const NOW = '2026-10-01T09:00:00Z'; // a Thursday
const FUNCTION = 'arn:aws:lambda:eu-central-1:000000000000:function:digest';

const aSchedule = (
  ScheduleExpression: string,
  properties: Partial<ScheduleProperties> & { Input?: string } = {},
): ScheduleProperties => {
  const { Input = '{"at":"<aws.scheduler.scheduled-time>"}', ...rest } = properties;
  return {
    Name: 'digest',
    ScheduleExpression,
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: { Arn: FUNCTION, RoleArn: 'arn:aws:iam::000000000000:role/scheduler', Input },
    ...rest,
  };
};

const world = ({
  now = NOW,
  schedules = [] as ScheduleProperties[],
  rules = [] as Rule[],
  state = openState(undefined) as State,
} = {}) => {
  const clock = createClock({ now });
  const delivered: { at: string; message: Delivered }[] = [];
  const made = createSchedules({
    clock,
    state,
    schedules,
    rules,
    deliver: async (message) => {
      delivered.push({ at: clock.now().toISOString(), message });
    },
  });
  clock.onSettle(made.drain);
  const times = () => delivered.map(({ message }) => (message.input as { at: string }).at);
  return { clock, state, delivered, schedules: made, times };
};

test('a digest fires each working day at the company hour', async () => {
  const { clock, delivered, times } = world({
    schedules: [aSchedule('cron(30 8 ? * MON-FRI *)', { ScheduleExpressionTimezone: 'Europe/Moscow' })],
  });

  await clock.advance(5 * 24 * 3_600_000);

  expect(times()).toEqual(['2026-10-02T05:30:00Z', '2026-10-05T05:30:00Z', '2026-10-06T05:30:00Z']);
  expect(delivered[0]?.at).toBe('2026-10-02T05:30:00.000Z');
});

test('a rate begins at once, or at its start, and ends with its end date', async () => {
  const begun = world({ schedules: [aSchedule('rate(1 hour)', { EndDate: '2026-10-01T11:00:00Z' })] });
  const waiting = world({ schedules: [aSchedule('rate(1 day)', { StartDate: '2026-10-02T00:00:00Z' })] });

  await begun.clock.advance(24 * 3_600_000);
  await waiting.clock.advance(48 * 3_600_000);

  expect(begun.times()).toEqual(['2026-10-01T09:00:00Z', '2026-10-01T10:00:00Z', '2026-10-01T11:00:00Z']);
  expect(waiting.times()).toEqual(['2026-10-02T00:00:00Z', '2026-10-03T00:00:00Z']);
});

test('a disabled schedule stays silent', async () => {
  const { clock, delivered } = world({ schedules: [aSchedule('rate(1 hour)', { State: 'DISABLED' })] });

  await clock.advance(24 * 3_600_000);

  expect(delivered).toEqual([]);
});

test('a one-time schedule missed while nothing ran fires once at the next start', async () => {
  const state = openState(undefined);
  const schedules = [aSchedule('at(2026-10-02T09:00:00)')];
  world({ state, schedules }).schedules.stop();

  const after = world({ state, schedules, now: '2026-10-05T12:00:00Z' });
  await after.clock.settle();
  const later = world({ state, schedules, now: '2026-10-06T12:00:00Z' });
  await later.clock.advance(24 * 3_600_000);

  expect(after.times()).toEqual(['2026-10-02T09:00:00Z']);
  expect(later.times()).toEqual([]);
});

test('of the occasions a recurring schedule missed, the latest fires', async () => {
  const state = openState(undefined);
  const schedules = [aSchedule('cron(0 * * * ? *)')];
  world({ state, schedules }).schedules.stop();

  const after = world({ state, schedules, now: '2026-10-05T12:30:00Z' });
  await after.clock.advance(3_600_000);

  expect(after.times()).toEqual(['2026-10-05T12:00:00Z', '2026-10-05T13:00:00Z']);
});

test('an expression changed in the template begins anew, one taken out is gone', async () => {
  const state = openState(undefined);
  world({
    state,
    schedules: [aSchedule('cron(0 10 * * ? *)'), aSchedule('rate(1 hour)', { Name: 'old' })],
  }).schedules.stop();

  const { schedules, times, clock } = world({ state, schedules: [aSchedule('cron(0 11 * * ? *)')] });
  await clock.advance(24 * 3_600_000);

  expect(schedules.list().map(({ schedule }) => schedule.Name)).toEqual(['digest']);
  expect(times()).toEqual(['2026-10-01T11:00:00Z']);
});

test('one that deletes itself is gone after it fired, and stays gone', async () => {
  const state = openState(undefined);
  const own = aSchedule('at(2026-10-01T10:00:00)', { ActionAfterCompletion: 'DELETE' });
  const before = world({ state, schedules: [own] });
  before.schedules.create({ ...own, Name: 'made' });
  await before.clock.advance(2 * 3_600_000);

  const after = world({ state, schedules: [own], now: '2026-10-02T00:00:00Z' });
  await after.clock.settle();

  expect(before.times()).toHaveLength(2);
  expect(before.schedules.list()).toEqual([]);
  expect(after.schedules.list()).toEqual([]);
  expect(after.times()).toEqual([]);
});

test('without an input the scheduler sends its own event', async () => {
  const { Target, ...rest } = aSchedule('at(2026-10-01T10:00:00)');
  const { Input: _, ...bare } = Target;
  const { clock, delivered } = world({ schedules: [{ ...rest, Target: bare }] });

  await clock.advance(2 * 3_600_000);

  expect(delivered.map(({ message }) => message.input)).toEqual([
    expect.objectContaining({
      'detail-type': 'Scheduled Event',
      source: 'aws.scheduler',
      time: '2026-10-01T10:00:00Z',
      resources: ['arn:aws:scheduler:eu-central-1:000000000000:schedule/default/digest'],
    }),
  ]);
});

const aScheduledRule = (schedule: string): Rule => ({
  name: 'nightly',
  busArn: 'default',
  schedule,
  state: 'ENABLED',
  targets: [{ id: 'digest', arn: FUNCTION }],
});

test('a scheduled rule counts in UTC from when it was first seen', async () => {
  const { clock, delivered } = world({ rules: [aScheduledRule('rate(6 hours)')] });

  await clock.advance(13 * 3_600_000);

  expect(delivered.map(({ message }) => message.input)).toEqual([
    expect.objectContaining({ source: 'aws.events', time: '2026-10-01T15:00:00Z', detail: {} }),
    expect.objectContaining({ source: 'aws.events', time: '2026-10-01T21:00:00Z', detail: {} }),
  ]);
});

test.each([['rate(1 hours)'], ['rate(2 hour)'], ['at(2026-10-01T10:00:00)']])(
  'a rule refuses %s',
  (expression) => {
    expect(() => world({ rules: [aScheduledRule(expression)] })).toThrow('a rule');
  },
);

const servers: (() => void)[] = [];
afterEach(() => {
  for (const close of servers.splice(0)) close();
});

test('the SDK creates, reads, changes, lists and deletes schedules', async () => {
  const { clock, schedules, times } = world();
  const server = createServer((req, res) => void schedules.handler(req, res));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  servers.push(() => server.close());
  const sdk = new SchedulerClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
  const command = { ...aSchedule('at(2026-12-01T09:00:00)'), StartDate: undefined, EndDate: undefined };
  const named = { Name: 'digest', GroupName: 'default' };

  const { ScheduleArn } = await sdk.send(
    new CreateScheduleCommand({ ...command, EndDate: new Date('2027-01-01T00:00:00Z'), ClientToken: 'one' }),
  );
  const again = await sdk.send(new CreateScheduleCommand({ ...command, ClientToken: 'one' }));
  const read = await sdk.send(new GetScheduleCommand(named));
  await sdk.send(new UpdateScheduleCommand({ ...command, ScheduleExpression: 'at(2026-10-01T10:00:00)' }));
  await clock.advance(24 * 3_600_000);
  const { Schedules } = await sdk.send(new ListSchedulesCommand({ NamePrefix: 'dig', GroupName: 'default' }));
  await sdk.send(new DeleteScheduleCommand(named));

  expect(again.ScheduleArn).toBe(ScheduleArn);
  expect(read).toMatchObject({
    Arn: 'arn:aws:scheduler:eu-central-1:000000000000:schedule/default/digest',
    ScheduleExpression: 'at(2026-12-01T09:00:00)',
    CreationDate: new Date(NOW),
    EndDate: new Date('2027-01-01T00:00:00Z'),
  });
  expect(times()).toEqual(['2026-10-01T10:00:00Z']);
  expect(Schedules).toMatchObject([{ Name: 'digest', Target: { Arn: FUNCTION } }]);
  await expect(sdk.send(new GetScheduleCommand(named))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
  await expect(
    sdk.send(new CreateScheduleCommand({ ...command, ScheduleExpression: 'at(2026-10-01T10:00:00)' })),
  ).rejects.toMatchObject({ name: 'ValidationException' });
  await sdk.send(new CreateScheduleCommand(command));
  await expect(sdk.send(new CreateScheduleCommand(command))).rejects.toMatchObject({
    name: 'ConflictException',
  });
});
