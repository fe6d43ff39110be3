import { describe, expect, test } from 'vitest';
import { type World, world } from './world.ts';

let w: World;

const failed = () =>
  w.engine
    .listStateMachines()
    .flatMap(({ arn }) => w.engine.listExecutions({ stateMachineArn: arn, status: 'FAILED' }))
    .map(({ name }) => name);

/** What people were told and asked, by machines that sleep or by such as ask again every so many seconds. */
const story = async (play: () => Promise<string[]>, patience?: number): Promise<string[]> => {
  w = await world({ at: '2026-02-02 09:00', ...(patience === undefined ? {} : { patience }) });
  try {
    const told = await play();
    expect(failed()).toEqual([]);
    return told;
  } finally {
    await w.stop();
  }
};

const same = async (play: () => Promise<string[]>): Promise<string[]> => {
  const asleep = await story(play);
  expect(await story(play, 1800)).toEqual(asleep);
  return asleep;
};

describe('a machine that asks again and again tells the same as one that sleeps', () => {
  test('a ladder climbs at its times, each rung once', async () => {
    const told = await same(async () => {
      const deal = await w.enter('express-identification');
      await w.advanceTo('2026-02-04 09:00');
      return [...(await w.inbox('semyon')), ...(await w.open(deal))];
    });

    expect(told).toHaveLength(2);
  });

  test('a cycle takes its turns and no others', async () => {
    const told = await same(async () => {
      const ready = { dealTotal: 100, contact: 'anna', deliveryTerms: 'pickup', fullyReserved: true };
      const deal = await w.enter('picking', ready, { paid: 1 });
      await w.as('pavel').complete(deal, 'pick-order');
      await w.advanceTo('2026-03-17 10:00');
      return w.letters(deal);
    });

    expect(told.length).toBeGreaterThan(2);
  });

  test('a pause lasts as long', async () => {
    const told = await same(async () => {
      const deal = await w.enter('invoice-quote', { caseComplexity: 'simple' });
      await w.as('pavel').complete(deal, 'send-quote');
      await w.as('pavel').complete(deal, 'get-quote-feedback');
      await w.advanceTo('2026-02-02 20:59');
      const before = await w.open(deal);
      await w.advanceTo('2026-02-02 21:00');
      return [...before, ...(await w.open(deal))];
    });

    expect(told.map((line) => line.split(' ')[0])).toEqual(['update-feedback-date']);
  });
});
