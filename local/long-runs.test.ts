import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type World, world } from './world.ts';

let w: World;
beforeEach(async () => {
  w = await world({ at: '2026-02-02 09:00' });
});
afterEach(() => w.stop());

const failed = () =>
  w.engine
    .listStateMachines()
    .flatMap(({ arn }) => w.engine.listExecutions({ stateMachineArn: arn, status: 'FAILED' }))
    .map(({ name }) => name);

describe('work that is open for longer than a run may last', () => {
  test.each([
    ['eleven months and a half', '2027-01-20 09:00', ''],
    ['a year and a month', '2027-03-02 09:00', '-y2'],
    ['two years and a half', '2028-08-02 09:00', '-y3'],
  ])('is waited for: closed after %s, the run goes on', async (_, until, name) => {
    const deal = await w.enter('invoice-quote', { caseComplexity: 'simple' });
    const { id } = await w.task(deal, 'send-quote');

    await w.advanceTo(until);
    expect(w.runs(deal)).toEqual([`${deal}-1-invoice-quote${name}`]);
    expect((await w.task(deal, 'send-quote')).id).toBe(id); // still the same task
    await w.as('pavel').complete(deal, 'send-quote');

    expect((await w.open(deal)).map((line) => line.split(' ')[0])).toEqual(['get-quote-feedback']);
    expect(await w.inbox('pavel')).toEqual(['2026-02-03 09:00 quote-late']); // told once, not once a year
    expect(failed()).toEqual([]);
  });

  test('is told of at a date more than a year away', async () => {
    const deal = await w.enter('won', { originalsPlannedDate: '2027-06-01' });

    await w.advanceTo('2027-06-01 08:59:59');
    expect(await w.inbox('pavel')).toEqual([]);

    await w.advanceTo('2027-06-01 09:00');
    expect(await w.inbox('pavel')).toEqual(['2027-06-01 09:00 originals-due']);
    await w.as('pavel').complete(deal, 'get-originals', { hasOriginals: true });
    expect(w.runs(deal)).toEqual([]);
    expect(failed()).toEqual([]);
  });

  test('is stopped with its stage, whatever name its run has by then', async () => {
    const deal = await w.enter('contract');
    await w.advanceTo('2027-03-02 09:00');

    await w.as('pavel').move(deal, 'picking');

    expect(w.runs(deal)).toEqual([`${deal}-2-picking`]);
  });

  test('is no fault: administrators are not alarmed about it, and hear of it once a year at most', async () => {
    await w.enter('contract');

    await w.advanceTo('2027-03-02 09:00');

    expect((await w.inbox('admin')).length).toBeLessThanOrEqual(1);
  });
});

test('a cycle turns for years', async () => {
  const ready = { dealTotal: 100, contact: 'anna', deliveryTerms: 'pickup', fullyReserved: true };
  const deal = await w.enter('picking', ready, { paid: 1 });
  await w.as('pavel').complete(deal, 'pick-order');

  await w.advanceTo('2028-02-07 09:00');

  const days = (await w.letters(deal)).map((line) => line.slice(0, 10));
  expect(days).toHaveLength(53);
  expect(days.slice(25, 29)).toEqual(['2027-01-18', '2027-02-01', '2027-02-15', '2027-03-01']);
  expect(failed()).toEqual([]);
});

test('a thread started late in the life of its stage outlives the year as well', async () => {
  const deal = await w.enter('invoice-quote', { caseComplexity: 'simple' });
  await w.advanceTo('2026-12-30 09:00');
  await w.as('pavel').change(deal, { quoteFeedbackDate: '2028-01-10T12:00:00+03:00' });

  await w.advanceTo('2028-01-10 12:00');

  expect((await w.inbox('pavel')).filter((line) => line.endsWith('quote-feedback-late'))).toEqual([
    '2028-01-10 12:00 quote-feedback-late',
  ]);
  expect(failed()).toEqual([]);
});
