import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  field,
  pipeline,
  responsible,
  setting,
  t,
  task,
  waitFor,
} from '../statemachines/vocabulary/index.ts';
import { packOf } from './world/pack-of.ts';
import { type World, world } from './world.ts';

const title = (en: string) => t(en, en);

/** A call at a date that the client may move. */
const calls = packOf('calls', [
  pipeline({
    id: 'calls',
    kind: 'deal',
    title: title('Calls'),
    prefix: 'C',
    start: 'promised',
    fields: { callAt: field.datetime(title('Call at')) },
    stages: {
      promised: {
        title: title('Promised'),
        aim: title('The client is called when it was promised.'),
        work: [
          waitFor('until-the-date', 'callAt'),
          task('call', { title: title('Call'), who: responsible, due: setting('fillDateTime') }),
        ],
        outcome: 'won',
        moves: [],
      },
    },
  }),
]);

let w: World;
beforeEach(async () => {
  w = await world({ at: '2026-02-02 09:00', packs: [calls] });
});
afterEach(() => w.stop());

const promisedFor = (callAt: string) => w.enter('promised', { callAt }, { pipeline: 'calls' });
const steps = async (deal: string) => (await w.open(deal)).map((line) => line.split(' ')[0]);

test('a run that waits for a date goes on when it is there', async () => {
  const deal = await promisedFor('2026-02-03T12:00:00+03:00');

  await w.advanceTo('2026-02-03 11:59');
  expect(await steps(deal)).toEqual([]);

  await w.advanceTo('2026-02-03 12:00');
  expect(await steps(deal)).toEqual(['call']);
});

test.each([
  ['later', '2026-02-05T12:00:00+03:00', '2026-02-05 12:00'],
  ['earlier', '2026-02-02T15:00:00+03:00', '2026-02-02 15:00'],
])('a date moved to %s moves the wait with it', async (_, callAt, local) => {
  const deal = await promisedFor('2026-02-03T12:00:00+03:00');
  await w.advanceTo('2026-02-02 10:00');

  await w.as('pavel').change(deal, { callAt });

  await w.clock.advanceTo(new Date(Date.parse(callAt) - 60_001));
  expect(await steps(deal)).toEqual([]);
  await w.advanceTo(local);
  expect(await steps(deal)).toEqual(['call']);
});

test('a run that waits for a date in the past does not wait', async () => {
  expect(await steps(await promisedFor('2026-01-30T12:00:00+03:00'))).toEqual(['call']);
});
