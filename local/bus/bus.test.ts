import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { afterEach, expect, test } from 'vitest';
import { createClock } from '../clock.ts';
import { openState, type State } from '../state/state.ts';
import { createBus } from './bus.ts';
import type { Dropped } from './deliveries.ts';
import type { Delivered, Rule, Target } from './rule.ts';

const NOW = '2026-10-01T09:00:00.000Z';
const FUNCTION = 'arn:aws:lambda:eu-central-1:000000000000:function:notify';
const DLQ = 'arn:aws:sqs:eu-central-1:000000000000:dead';

const aRule = (target: Partial<Target> = {}, rule: Partial<Rule> = {}): Rule => ({
  name: 'moved',
  busArn: 'deals',
  pattern: { source: ['voronka'], detail: { to: ['quote'] } },
  state: 'ENABLED',
  targets: [{ id: 'notify', arn: FUNCTION, ...target }],
  ...rule,
});
const anEntry = (detail: unknown = { to: 'quote', deal: 'D-1' }) => ({
  EventBusName: 'deals',
  Source: 'voronka',
  DetailType: 'deal.moved',
  Detail: JSON.stringify(detail),
});

/** A bus whose targets refuse as often as `refusals` says. */
const world = ({ rules = [aRule()], state = openState(undefined) as State, refusals = 0 } = {}) => {
  const clock = createClock({ now: NOW });
  const delivered: Delivered[] = [];
  const dropped: Dropped[] = [];
  const attempts: string[] = [];
  let left = refusals;
  const bus = createBus({
    clock,
    state,
    rules,
    deliver: async (message) => {
      attempts.push(clock.now().toISOString());
      if (message.arn === FUNCTION && left-- > 0) throw new Error('not now');
      delivered.push(message);
    },
    onDropped: (what) => dropped.push(what),
  });
  clock.onSettle(bus.drain);
  return { bus, clock, state, delivered, dropped, attempts };
};

test('a matching event reaches the target whole, with its envelope', async () => {
  const { bus, clock, delivered } = world();

  const { Entries } = await bus.putEvents([anEntry(), anEntry({ to: 'won' })]);
  await clock.settle();

  const [first] = Entries;
  expect(delivered).toEqual([
    {
      arn: FUNCTION,
      dlqArn: undefined,
      input: {
        version: '0',
        id: first !== undefined && 'EventId' in first ? first.EventId : '',
        'detail-type': 'deal.moved',
        source: 'voronka',
        account: '000000000000',
        time: '2026-10-01T09:00:00Z',
        region: 'eu-central-1',
        resources: [],
        detail: { to: 'quote', deal: 'D-1' },
      },
    },
  ]);
  expect(bus.waiting).toBe(0);
});

test('a disabled rule, and a rule of another bus, stay silent', async () => {
  const { bus, clock, delivered } = world({
    rules: [aRule({}, { state: 'DISABLED' }), aRule({}, { name: 'default', busArn: 'default' })],
  });

  await bus.putEvents([anEntry()]);
  await clock.settle();

  expect(delivered).toEqual([]);
});

test.each<[string, Partial<Target>, unknown]>([
  ['a constant', { input: '{"kind":"digest"}' }, { kind: 'digest' }],
  ['one path', { inputPath: '$.detail.deal' }, 'D-1'],
  [
    'a template of JSON',
    {
      inputTransformer: {
        inputPathsMap: { deal: '$.detail.deal', all: '$.detail', none: '$.detail.none' },
        inputTemplate: '{"deal": <deal>, "text": "deal <deal>: <all>", "none": "<none>", "detail": <all>}',
      },
    },
    { deal: 'D-1', text: 'deal D-1: {to:quote,deal:D-1}', none: '', detail: { to: 'quote', deal: 'D-1' } },
  ],
  [
    'a template of text',
    { inputTransformer: { inputPathsMap: { deal: '$.detail.deal' }, inputTemplate: '"deal <deal> moved"' } },
    'deal D-1 moved',
  ],
  [
    'the variables of the service',
    {
      inputTransformer: {
        inputTemplate: '{"rule": "<aws.events.rule-name>", "at": <aws.events.event.ingestion-time>}',
      },
    },
    { rule: 'moved', at: '2026-10-01T09:00:00Z' },
  ],
])('the input of a target may be %s', async (_, target, input) => {
  const { bus, clock, delivered } = world({ rules: [aRule(target)] });

  await bus.putEvents([anEntry()]);
  await clock.settle();

  expect(delivered.map((message) => message.input)).toEqual([input]);
});

test('a value cannot break out of the JSON of a template', async () => {
  const { bus, clock, delivered } = world({
    rules: [
      aRule({ inputTransformer: { inputPathsMap: { d: '$.detail.deal' }, inputTemplate: '{"a": "x <d>"}' } }),
    ],
  });

  await bus.putEvents([anEntry({ to: 'quote', deal: '", "b": "\\\n<d>' })]);
  await clock.settle();

  expect(delivered.map((message) => message.input)).toEqual([{ a: 'x ", "b": "\\\n<d>' }]);
});

test('a target that refuses is offered the event again, each time later', async () => {
  const { bus, clock, attempts, delivered } = world({ refusals: 3 });

  await bus.putEvents([anEntry()]);
  await clock.advance(60_000);

  expect(attempts).toEqual([
    '2026-10-01T09:00:00.000Z',
    '2026-10-01T09:00:01.000Z',
    '2026-10-01T09:00:03.000Z',
    '2026-10-01T09:00:07.000Z',
  ]);
  expect(delivered).toHaveLength(1);
});

test('after its last retry an event lies in the dead-letter queue, with the reason', async () => {
  const { bus, clock, delivered } = world({
    rules: [aRule({ dlqArn: DLQ, retry: { maximumRetryAttempts: 1 }, inputPath: '$.detail.deal' })],
    refusals: 9,
  });

  await bus.putEvents([anEntry()]);
  await clock.advance(60_000);

  expect(delivered).toEqual([
    {
      arn: DLQ,
      input: 'D-1',
      attributes: {
        RULE_ARN: 'arn:aws:events:eu-central-1:000000000000:rule/deals/moved',
        TARGET_ARN: FUNCTION,
        ERROR_CODE: 'Error',
        ERROR_MESSAGE: 'not now',
        EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts',
        RETRY_ATTEMPTS: '1',
      },
    },
  ]);
  expect(bus.waiting).toBe(0);
});

test('without a dead-letter queue a delivery is given up after a day, and said to be', async () => {
  const { bus, clock, dropped } = world({ refusals: Number.POSITIVE_INFINITY });

  await bus.putEvents([anEntry()]);
  await clock.advance(25 * 3_600_000);

  expect(dropped.map(({ error, owed }) => [error, owed.arn])).toEqual([['Error: not now', FUNCTION]]);
  expect(dropped[0]?.at.slice(0, 10)).toBe('2026-10-02');
});

test('what was accepted outlives the process that accepted it', async () => {
  const state = openState(undefined);
  const before = world({ state, refusals: Number.POSITIVE_INFINITY });
  await before.bus.putEvents([anEntry()]);
  await before.bus.drain();

  const after = world({ state });
  await after.clock.settle();

  expect(after.delivered.map((message) => message.arn)).toEqual([FUNCTION]);
  expect(world({ state }).bus.waiting).toBe(0);
});

test('a rule that EventBridge would not read is refused, though disabled', () => {
  const rules = [aRule({}, { pattern: { source: [{ like: 'x' }] }, state: 'DISABLED' })];

  expect(() => world({ rules })).toThrow('"like"');
});

const servers: (() => void)[] = [];
afterEach(() => {
  for (const close of servers.splice(0)) close();
});

const client = async ({ bus }: Pick<ReturnType<typeof world>, 'bus'>) => {
  const server = createServer((req, res) => void bus.handler(req, res));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  servers.push(() => server.close());
  const { port } = server.address() as AddressInfo;
  return new EventBridgeClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
};

test('the SDK puts events, and learns of each entry that was not taken', async () => {
  const { bus, clock, delivered } = world();
  const sdk = await client({ bus });

  const result = await sdk.send(
    new PutEventsCommand({
      Entries: [
        { ...anEntry(), Time: new Date('2026-01-01T10:00:05Z'), Resources: ['deal/1'] },
        { ...anEntry(), Detail: '{' },
        { ...anEntry(), Detail: '[1]' },
        { ...anEntry(), Source: undefined },
        { ...anEntry(), Source: 'aws.ses' },
        { ...anEntry(), EventBusName: 'nowhere' },
      ],
    }),
  );
  await clock.settle();

  expect(result.FailedEntryCount).toBe(5);
  expect(result.Entries?.map((entry) => entry.ErrorCode)).toEqual([
    undefined,
    'MalformedDetail',
    'MalformedDetail',
    'InvalidArgument',
    'NotAuthorizedForSourceException',
    'InvalidArgument',
  ]);
  expect(delivered.map((message) => message.input)).toEqual([
    expect.objectContaining({ time: '2026-01-01T10:00:05Z', resources: ['deal/1'] }),
  ]);
});

test('the SDK is refused a request over 256 KiB, over ten entries, or without any', async () => {
  const { bus, delivered } = world();
  const sdk = await client({ bus });
  const fault = { name: 'ValidationException' };
  const large = anEntry({ to: 'quote', text: 'ы'.repeat(131_072) });

  await expect(sdk.send(new PutEventsCommand({ Entries: [large] }))).rejects.toMatchObject(fault);
  await expect(sdk.send(new PutEventsCommand({ Entries: Array(11).fill(anEntry()) }))).rejects.toMatchObject(
    fault,
  );
  await expect(sdk.send(new PutEventsCommand({ Entries: [] }))).rejects.toMatchObject(fault);
  expect(delivered).toEqual([]);
});
