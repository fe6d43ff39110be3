import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { send } from '../functions/testing/api.ts';
import { handler as step } from '../functions/workflow/step.handler.ts';
import { type World, world } from './world.ts';

let w: World;
beforeEach(async () => {
  w = await world({ at: '2026-02-02 09:00' });
});
afterEach(() => w.stop());

type Payload = { step: { do: string; id: string }; rung: number; waits?: number; token?: string };

/** Every call of the step function, in order. */
const listen = (): Payload[] => {
  const calls: Payload[] = [];
  w.between.afterStep = (payload) => void calls.push(payload as Payload);
  return calls;
};
const states = () => w.engine.transitions().total;
/** How many states are entered by what somebody does and what follows at once. */
const entered = async (doing: () => Promise<unknown>): Promise<number> => {
  const before = states();
  await doing();
  await w.clock.settle();
  return states() - before;
};
const failed = () =>
  w.engine
    .listStateMachines()
    .flatMap(({ arn }) => w.engine.listExecutions({ stateMachineArn: arn, status: 'FAILED' }))
    .map(({ name }) => name);

const won = (originalsPlannedDate = '2026-02-20') => w.enter('won', { originalsPlannedDate });
const plan = (deal: string, originalsPlannedDate: string | null) =>
  w.as('pavel').change(deal, { originalsPlannedDate });
const told = () => w.inbox('pavel');
const ready = { dealTotal: 100, contact: 'anna', deliveryTerms: 'pickup', fullyReserved: true };
const withLetters = async () => {
  const deal = await w.enter('picking', ready, { paid: 1 });
  await w.as('pavel').complete(deal, 'pick-order');
  return deal;
};
const days = async (deal: string) => (await w.letters(deal)).map((line) => line.slice(5, 16));

describe('a date that moves', () => {
  test.each(['2026-02-10', '2026-02-27'])('to %s costs two states, and is told of once', async (day) => {
    const deal = await won();

    expect(await entered(() => plan(deal, day))).toBe(2);

    await w.advanceTo('2026-04-01 09:00');
    expect(await told()).toEqual([`${day} 09:00 originals-due`]);
  });

  test('twice in a row costs them twice', async () => {
    const deal = await won();

    expect(await entered(() => plan(deal, '2026-02-25'))).toBe(2);
    expect(await entered(() => plan(deal, '2026-02-12'))).toBe(2);

    await w.advanceTo('2026-04-01 09:00');
    expect(await told()).toEqual(['2026-02-12 09:00 originals-due']);
  });

  test.each(['2026-02-10', '2026-03-27'])(
    'once more between the look and the wait, to %s, is waited for',
    async (day) => {
      const deal = await won();
      let isDone = false;
      w.between.afterStep = async (payload) => {
        if (isDone || (payload as Payload).step.do !== 'look') return;
        isDone = true;
        await send('pavel', 'PATCH', `/v1/deals/${deal}`, {
          body: { fields: { originalsPlannedDate: day } },
        });
      };

      expect(await entered(() => plan(deal, '2026-02-25'))).toBe(4);

      await w.advanceTo('2026-04-01 09:00');
      expect(await told()).toEqual([`${day} 09:00 originals-due`]);
    },
  );

  test('many years ahead is waited for no longer than the service lets a state wait', async () => {
    const calls = listen();
    const deal = await won();

    await plan(deal, '2040-02-20');

    expect(calls.at(-1)).toMatchObject({ step: { id: 'get-originals' }, waits: 32_000_000 });
    await w.advanceTo('2028-04-01 09:00');
    expect(w.runs(deal)).toEqual([`${deal}-1-won-y3`]);
    expect(failed()).toEqual([]);
  });

  test('wherever it moves, the run settles', async () => {
    const deal = await won();

    for (const day of ['2020-01-01', '2026-02-02', '2026-02-03', '2099-12-31', null, '2026-02-20'])
      expect(await entered(() => plan(deal, day))).toBeLessThanOrEqual(4);

    await w.advanceTo('2026-02-20 09:00');
    expect((await told()).at(-1)).toBe('2026-02-20 09:00 originals-due');
    expect(failed()).toEqual([]);
  });
});

describe('a call of the step function', () => {
  const asks = (calls: readonly Payload[]) => calls.filter(({ token }) => token !== undefined);

  test('that is repeated changes nothing', async () => {
    const calls = listen();
    const deal = await won();
    await plan(deal, '2026-02-25');
    const before = await w.card(deal);

    expect(await entered(() => step(asks(calls).at(-1)))).toBe(0);

    expect(await w.card(deal)).toEqual(before);
  });

  test('that is repeated because the first one died before it set the timers, sets them', async () => {
    const calls = listen();
    const deal = await won();
    await plan(deal, '2026-02-25');

    expect(await entered(() => step({ ...asks(calls).at(-1), waits: 60 }))).toBe(2);

    await w.advanceTo('2026-04-01 09:00');
    expect(await told()).toEqual(['2026-02-25 09:00 originals-due']);
  });

  test('by a machine that does not say how long it waits, sets them whenever a token was taken away', async () => {
    w.between.beforeStep = (payload) => {
      delete (payload as Payload).waits;
    };
    const deal = await won();

    expect(await entered(() => plan(deal, '2026-02-25'))).toBe(4);

    await w.advanceTo('2026-04-01 09:00');
    expect(await told()).toEqual(['2026-02-25 09:00 originals-due']);
  });
});

describe('a time that an administrator changes', () => {
  const set = (id: string, amount: number) =>
    w.as('admin').ask('PUT', `/v1/settings/industrial/${id}`, { value: { unit: 'days', amount } });

  test('while work is open counts from the next time the run looks, and no reminder is lost', async () => {
    const deal = await w.enter('won', { originalsPlannedDate: null });
    await set('originalsTime', 40);

    await w.advanceTo('2026-04-01 09:00');

    expect(await told()).toEqual(['2026-03-14 09:00 originals-due']);
    expect(await w.open(deal)).toHaveLength(1);
  });

  test.each([
    ['shorter', 7, ['02-02 09:00', '02-16 09:00', '02-23 09:00', '03-02 09:00']],
    ['longer', 21, ['02-02 09:00', '02-16 09:00', '03-09 09:00']],
  ])('makes the turns of a cycle %s from the next one', async (_, every, expected) => {
    const deal = await withLetters();
    await w.advanceTo('2026-02-03 09:00');
    await set('readyLetterEvery', every);

    await w.advanceTo('2026-03-09 08:59');
    const before = await days(deal);
    await w.advanceTo('2026-03-09 09:00');

    expect([...new Set([...before, ...(await days(deal)).slice(0, expected.length)])]).toEqual(expected);
  });
});

describe('a cycle', () => {
  test('takes one state a turn', async () => {
    const deal = await withLetters();

    expect(await entered(() => w.advanceTo('2026-02-16 09:00'))).toBe(1);
    expect(await entered(() => w.advanceTo('2026-03-02 09:00'))).toBe(1);

    expect(await days(deal)).toEqual(['02-02 09:00', '02-16 09:00', '03-02 09:00']);
  });

  test('whose condition no longer holds takes none, and two when it holds again, and counts from there', async () => {
    const deal = await withLetters();
    await w.advanceTo('2026-02-04 09:00');

    expect(await entered(() => w.as('pavel').change(deal, { fullyReserved: false }))).toBe(0);
    await w.advanceTo('2026-02-06 09:00');
    expect(await entered(() => w.as('pavel').change(deal, { fullyReserved: true }))).toBe(2);
    await w.advanceTo('2026-02-20 09:00');

    expect(await days(deal)).toEqual(['02-02 09:00', '02-06 09:00', '02-20 09:00']);
  });
});
