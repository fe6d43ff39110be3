import '../testing/quiet.ts';

import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Call } from '../../schemas/call.ts';
import { packs } from '../../statemachines/packs/index.ts';
import { companyOf } from '../access/company.ts';
import { BadInput } from '../shared/errors.ts';
import { log } from '../shared/log.ts';
import { createMemoryTable } from '../shared/table/table-memory.ts';
import { type Carrying, carry, type Executors, type Outcome } from './carry.ts';
import { callOnce, queueCall } from './queue.ts';
import { callKey, callOf, callRow } from './rows.ts';

const { level } = log;
beforeAll(() => {
  log.level = 'silent'; // what cannot be made now is logged
});
afterAll(() => {
  log.level = level;
});

const begun = Date.parse('2026-02-18T09:30:00Z');
const minute = 60_000;

/** Calls on a table, with a clock that stands until it is told. */
const outbox = async (kinds: Executors = {}) => {
  let now = begun;
  const table = createMemoryTable({ now: () => new Date(now) });
  const company = companyOf(packs, []);
  const wakes: { at: number; attempt: number }[] = [];
  const failed: string[] = [];
  const asked = {
    provider: 'probe',
    kind: 'ask',
    occasion: 'd1/1',
    pack: 'industrial',
    about: 'A question',
    input: {},
  };
  const { id } = await callOnce(table, asked, new Date(now));
  const answers: (Outcome | Error)[] = [];
  const seen: number[] = [];
  const executors: Executors = {
    ask: {
      carry: async (call) => {
        seen.push(call.attempts);
        const answer = answers.shift() ?? { as: 'done', answer: 'taken' };
        if (answer instanceof Error) throw answer;
        return answer;
      },
      failed: async ({ problem = '' }) => void failed.push(problem),
    },
    ...kinds,
  };
  const carrying = (): Carrying => ({
    table,
    company,
    now: new Date(now),
    executors,
    wake: async (_, at, wake) => void wakes.push({ at: at.getTime() - now, attempt: wake.attempt }),
  });
  return {
    table,
    asked,
    answers,
    seen,
    wakes,
    failed,
    carrying,
    later: (ms: number) => {
      now += ms;
    },
    call: async (): Promise<Call> => callOf((await table.get(callKey(id))) ?? { pk: '', sk: '' }),
    carry: (attempt: number) => carry(id, attempt, carrying()),
    put: (call: Call) => table.write({ put: callRow(call) }),
  };
};

test('the same occasion is one call, and a call that was made is not made again', async () => {
  const o = await outbox();

  await callOnce(o.table, { ...o.asked, about: 'Again' }, new Date(begun));
  await Promise.all([o.carry(1), o.carry(1), o.carry(1)]);
  await o.carry(1);
  await o.carry(2);

  expect(o.seen).toEqual([1]);
  expect(await o.call()).toMatchObject({
    about: 'A question',
    state: 'done',
    attempts: 1,
    answer: 'taken',
    history: [{ n: 1, as: 'done', said: 'taken' }],
  });
});

test('what an outside system is asked for fits into 32 kB', () => {
  const asked = { provider: 'probe', kind: 'ask', occasion: '1', pack: 'industrial', about: 'x' };

  expect(() => queueCall({ ...asked, input: { text: 'я'.repeat(16_400) } }, new Date(begun))).toThrow(
    /probe\/ask: its input has 328\d\d bytes, 32768 are kept/,
  );
});

test('a call that cannot be made now is made again with growing gaps, and given up after a day', async () => {
  const o = await outbox();
  const gaps: number[] = [];

  for (let n = 1; (await o.call()).state !== 'failed'; n += 1) {
    o.answers.push({ as: 'later', problem: 'HTTP 503' });
    await o.carry(n);
    const at = o.wakes.at(-1)?.at ?? 0;
    if ((await o.call()).state !== 'failed') gaps.push(at);
    o.later(at);
  }

  for (const [index, gap] of gaps.entries()) {
    const least = Math.min(2 ** index, 60) * minute;
    expect(gap).toBeGreaterThanOrEqual(least);
    expect(gap).toBeLessThanOrEqual(least * 1.1);
  }
  expect(gaps.length).toBeGreaterThan(24);
  expect(o.failed).toEqual(['HTTP 503']);
  const { history, problem, attempts } = await o.call();
  expect([history.length, problem, attempts]).toEqual([12, 'HTTP 503', gaps.length + 1]);
});

test.for<[string, Outcome | Error, object]>([
  ['names a time', { as: 'later', problem: 'HTTP 429', afterSeconds: 600 }, { problem: 'HTTP 429' }],
  ['throws what people may read', new BadInput('no such point'), { problem: 'BadInput: no such point' }],
  [
    'throws what nobody may read',
    new TypeError('anna@plant.example'),
    { problem: 'an unforeseen error: TypeError; the log has it' },
  ],
])('an executor that %s is asked again', async ([, answer, what]) => {
  const o = await outbox();
  o.answers.push(answer);

  await o.carry(1);

  expect(await o.call()).toMatchObject({ state: 'retrying', failures: 1, ...what });
  expect(o.wakes).toEqual([{ at: expect.any(Number), attempt: 2 }]);
  if ('afterSeconds' in answer) expect(o.wakes[0]?.at).toBe(600_000);
});

test('what was taken and is not finished is asked after, for longer than a failure would be', async () => {
  const o = await outbox();

  for (let n = 1; n <= 60; n += 1) {
    o.answers.push({ as: 'waiting', afterSeconds: 3600, answer: 'processing' });
    await o.carry(n);
    o.later(3_600_000);
  }
  expect(await o.call()).toMatchObject({ state: 'waiting', answer: 'processing', failures: 0, attempts: 60 });

  await o.carry(61);
  expect(await o.call()).toMatchObject({ state: 'done', answer: 'taken' });
});

test('a worker that dies between the mark and the outcome leaves the attempt to the next one', async () => {
  const o = await outbox();
  const call = await o.call();
  const mark = { n: 1, at: call.createdAt, as: 'begun' } as const;
  await o.put({ ...call, attempts: 1, history: [mark] });

  await o.carry(1); // the event is given again
  expect(o.seen).toEqual([]);
  expect(o.wakes).toEqual([{ at: minute, attempt: 2 }]);

  await o.carry(2);
  expect(o.seen).toEqual([2]); // above 1: it looks first
  expect(await o.call()).toMatchObject({ state: 'done', history: [{ as: 'begun' }, { as: 'done' }] });
});

test.for([
  [23, ['retrying', 'HTTP 500'], []],
  [25, ['failed', 'given up: nobody knows how the last attempts ended; look it up with the provider'], [1]],
] as const)(
  'a call that has brought its worker down for %s hours is %s',
  async ([hours, [state, problem], told]) => {
    const o = await outbox();
    const call = await o.call();
    const mark = { n: 700, at: call.createdAt, as: 'begun' } as const;
    await o.put({ ...call, attempts: 700, failures: 699, failingSince: call.createdAt, history: [mark] });
    o.later((hours - 1) * 60 * minute);
    o.answers.push({ as: 'later', problem: 'HTTP 500' });

    await o.carry(701);

    expect(await o.call()).toMatchObject({ state, problem });
    expect(o.failed.length).toBe(told.length);
  },
);

test('a worker of a release without the kind keeps the call for the next release', async () => {
  const o = await outbox();
  await o.put({ ...(await o.call()), kind: 'newer' });

  await o.carry(1);
  expect(await o.call()).toMatchObject({
    state: 'retrying',
    problem: 'probe: this release has no way to make a call of kind "newer"; it has ask',
  });
});

test('what an outside system did is done, whatever people decided meanwhile', async () => {
  const decided = {
    what: 'given-up',
    by: { system: 'test' },
    reason: 'by phone',
    at: new Date(begun).toISOString() as never,
  } as const;
  const o: Awaited<ReturnType<typeof outbox>> = await outbox({
    ask: async (call) => {
      await o.put({ ...call, state: 'given-up', decided });
      return { as: 'done', answer: 'too late' };
    },
  });

  await o.carry(1);

  expect(await o.call()).toMatchObject({ state: 'done', answer: 'too late', decided });
});

test('two workers at one call: the lease of the slower one is over, and the faster one’s word counts', async () => {
  let slow: (outcome: Outcome) => void = () => {};
  const asked: number[] = [];
  const o = await outbox({
    ask: ({ attempts }) => {
      asked.push(attempts);
      return attempts === 1
        ? new Promise<Outcome>((resolve) => {
            slow = resolve;
          })
        : Promise.resolve({ as: 'done', answer: 'second' });
    },
  });

  const first = o.carry(1);
  await expect.poll(() => asked).toEqual([1]);
  await o.carry(1);
  await o.carry(2);
  slow({ as: 'later', problem: 'timed out' });
  await first;

  expect(await o.call()).toMatchObject({ state: 'done', answer: 'second', attempts: 2 });
});

test('a call for which more has come while it ended is queued anew, also where its worker died before it looked', async () => {
  let more = 1;
  const o = await outbox({
    ask: {
      carry: async () => ({ as: 'done', answer: 'up to here' }),
      isMore: async () => more-- > 0,
    },
  });

  await o.carry(1);
  expect(await o.call()).toMatchObject({ state: 'queued', attempts: 1 });
  await o.carry(2);
  expect(await o.call()).toMatchObject({ state: 'done', attempts: 2 });

  more = 1; // it came after the end was written, and the one who would have looked is gone
  await o.carry(2);
  expect(await o.call()).toMatchObject({ state: 'queued', attempts: 2 });
});

test('an outcome that was written, but whose wake-up was not made, is not the end: the event comes again and makes it', async () => {
  const o = await outbox();
  o.answers.push({ as: 'later', problem: 'HTTP 503' });
  const { id } = await o.call();
  const cut = carry(id, 1, {
    ...o.carrying(),
    wake: () => Promise.reject(new Error('killed')),
  });
  await expect(cut).rejects.toThrow('killed');
  expect([(await o.call()).state, o.wakes]).toEqual(['retrying', []]);

  await o.carry(1);
  expect([o.seen, o.wakes]).toEqual([[1], [{ at: expect.any(Number), attempt: 2 }]]);
});
