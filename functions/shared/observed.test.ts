import type { Context } from 'aws-lambda';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { BadInput, Passing } from './errors.ts';
import { about, log, useLogSink } from './log.ts';
import { count } from './metrics.ts';
import { observed } from './observed.ts';

let lines: string[];
const { level } = log;
beforeEach(() => {
  lines = [];
  log.level = 'info';
  useLogSink((line) => void lines.push(line));
});
afterEach(() => {
  vi.unstubAllEnvs();
  log.level = level;
  useLogSink();
});

const context = { functionName: 'voronka-dev-step', awsRequestId: 'q1' } as Context;
const said = () => lines.map((line) => JSON.parse(line) as Record<string, unknown>);

test.each([
  [
    'a step of a run',
    {
      run: { deal: 'd2', pack: 'industrial', pipeline: 'goods' },
      execution: 'd2-1-quote',
      step: { id: 'send-quote', title: 'Ivan Petrov' },
    },
    { deal: 'd2', run: 'd2-1-quote', step: 'send-quote' },
  ],
  [
    'a request about a deal',
    {
      routeKey: 'POST /v1/deals/{id}/move',
      pathParameters: { id: 'd2' },
      requestContext: { requestId: 'g7' },
      body: '{"phone":"+79991234567"}',
    },
    { route: 'POST /v1/deals/{id}/move', deal: 'd2', call: 'g7' },
  ],
  [
    'a request about something else',
    { routeKey: 'GET /v1/contacts/{id}', pathParameters: { id: 'c1' }, requestContext: {} },
    { route: 'GET /v1/contacts/{id}' },
  ],
  [
    'a domain event',
    { 'detail-type': 'message.queued', detail: { deal: 'd2', data: { message: 'm1' } } },
    { deal: 'd2' },
  ],
  [
    'the end of a run',
    { 'detail-type': 'status', detail: { name: 'd2-1-quote', executionArn: 'arn:x' } },
    { run: 'd2-1-quote' },
  ],
  ['anything else', { kind: 'daily' }, {}],
])('a line about %s says so, whose call it is, and nothing more', async (_, event, expected) => {
  const handler = observed(async () => log.info({}, 'working'));

  await handler(event, context);

  expect(said()).toEqual([
    { level: 'info', function: 'voronka-dev-step', request: 'q1', ...expected, msg: 'working' },
  ]);
});

test.each([
  ['recorded', 'Root=1-6563-af;Parent=53995c3f42cd8ad8;Sampled=1', { trace: '1-6563-af' }],
  ['not recorded', 'Root=1-6563-af;Parent=53995c3f42cd8ad8;Sampled=0', {}],
])('a call whose trace is %s names it only if it can be opened', async (_, header, expected) => {
  vi.stubEnv('_X_AMZN_TRACE_ID', header);

  await observed(async () => log.info({}, 'working'))({}, {});

  expect(said()).toEqual([{ level: 'info', ...expected, msg: 'working' }]);
});

test('calls beside each other keep their lines apart', async () => {
  const first = Promise.withResolvers<void>();
  const handler = observed(async (event: { detail: { deal: string }; 'detail-type': string }) => {
    if (event.detail.deal === 'd1') await first.promise;
    await about({ run: `${event.detail.deal}-1` }, async () => log.info({}, 'working'));
    first.resolve();
  });

  await Promise.all(
    ['d1', 'd2'].map((deal) => handler({ 'detail-type': 'x', detail: { deal } }, { awsRequestId: deal })),
  );

  expect(said()).toEqual(
    ['d2', 'd1'].map((deal) => ({ level: 'info', request: deal, deal, run: `${deal}-1`, msg: 'working' })),
  );
});

test('an error is told by name, cleaned message and place, without what it carries', async () => {
  const error = Object.assign(new TypeError('no way to write to anna@example.test or +7 (999) 123-45-67'), {
    value: { phone: '+79991234567' },
  });

  log.error({ error }, 'request failed');

  const [line] = said();
  expect(line).toMatchObject({
    level: 'error',
    error: { name: 'TypeError', message: 'no way to write to … or …' },
    msg: 'request failed',
  });
  expect(JSON.stringify(line)).toContain('observed.test.ts');
  expect(lines.join()).not.toMatch(/anna|999/);
});

test.each([
  [new BadInput('amount: missing'), 'info', 'a call was refused'],
  [new Passing('the bus is away'), 'warn', 'a call has to come again'],
  [new TypeError('odd'), 'error', 'a call failed'],
])(
  'a call that throws %s is told of once, at level %s, with its deal and run',
  async (error, lineLevel, msg) => {
    const event = { run: { deal: 'd2', ...goods }, execution: 'd2-1-quote', step: { id: 'go-on' } };

    await expect(
      observed(async () => {
        throw error;
      })(event),
    ).rejects.toBe(error);

    expect(said()).toMatchObject([
      { level: lineLevel, msg, deal: 'd2', run: 'd2-1-quote', error: { name: error.name } },
    ]);
  },
);

const goods = { pack: 'industrial', pipeline: 'goods' };

test('what was counted is told once, when the call ends, by stage and by pipeline', async () => {
  const handler = observed(async () => {
    count('DealsMoved', goods);
    count('DealsMoved', goods);
    count('LettersSent');
  });

  await handler({});
  await observed(async () => undefined)({});

  expect(said().map(({ _aws, ...rest }) => rest)).toEqual([
    { stage: 'local', ...goods, DealsMoved: 2 },
    { stage: 'local', LettersSent: 1 },
  ]);
  expect(said().map(({ _aws }) => (_aws as { CloudWatchMetrics: unknown }).CloudWatchMetrics)).toEqual([
    [
      {
        Namespace: 'Voronka',
        Dimensions: [['stage'], ['stage', 'pack', 'pipeline']],
        Metrics: [{ Name: 'DealsMoved', Unit: 'Count' }],
      },
    ],
    [{ Namespace: 'Voronka', Dimensions: [['stage']], Metrics: [{ Name: 'LettersSent', Unit: 'Count' }] }],
  ]);
});

test('a call that fails still tells what it counted, and that it failed', async () => {
  const handler = observed(
    async () => {
      throw new Error('odd');
    },
    { failed: 'CallbacksFailed' },
  );

  await expect(handler({})).rejects.toThrow('odd');

  expect(said().map(({ msg, CallbacksFailed }) => msg ?? CallbacksFailed)).toEqual(['a call failed', 1]);
});

test('a refused move is counted, whether a person or a run asked for it', async () => {
  class Refused extends Error {
    override readonly name = 'Refused';
  }
  const request = { routeKey: 'POST /v1/deals/{id}/move', pathParameters: { id: 'd2' } };
  const step = { run: { deal: 'd2', ...goods }, execution: 'd2-1-quote', step: { id: 'go-on' } };

  await observed(async () => ({ statusCode: 422 }))(request);
  await observed(async () => ({ statusCode: 422 }))({ ...request, routeKey: 'POST /v1/deals' });
  await expect(
    observed(async () => {
      throw new Refused('amount: missing');
    })(step),
  ).rejects.toThrow('amount');

  expect(
    said().flatMap(({ MovesRefused, pipeline }) =>
      MovesRefused === undefined ? [] : [[MovesRefused, pipeline]],
    ),
  ).toEqual([
    [1, undefined],
    [1, 'goods'],
  ]);
});

test('where lines are not wanted, metrics are not either', async () => {
  log.level = 'warn';

  await observed(async () => count('DealsMoved', goods))({});
  log.level = 'info';
  await observed(async () => undefined)({});

  expect(lines).toEqual([]);
});
