import { afterEach, beforeEach, expect, test } from 'vitest';
import { restart } from '../functions/workflow/restart.ts';
import { DealId } from '../schemas/ids.ts';
import { type World, world } from './world.ts';

let w: World;
beforeEach(async () => {
  w = await world({ at: '2026-02-02 09:00' });
});
afterEach(() => w.stop());

const executions = () =>
  w.engine
    .listStateMachines()
    .flatMap(({ arn }) => w.engine.listExecutions({ stateMachineArn: arn }))
    .map(({ name, status }) => `${name} ${status}`);

test('a deal comes to a stage without work, stays, and leaves it without a run', async () => {
  const deal = await w.enter('unprocessed');
  expect(executions()).toEqual([]);

  await w.as('pavel').move(deal, 'express-identification');
  expect(await w.open(deal)).toHaveLength(1);
  await w.as('pavel').move(deal, 'lost', { lossReason: 'price' });

  expect(executions()).toEqual([`${deal}-2-express-identification ABORTED`]);
  expect(await w.endsOf(deal, 'express-identification')).toEqual(['stage left by pavel']);
  expect(w.events.map(({ type }) => type).filter((type) => type.startsWith('deal.'))).toContain('deal.moved');
});

test.each([false, true])('there is nothing to restart on a stage without work (anew: %s)', async (anew) => {
  const deal = await w.enter('unprocessed');

  expect(await restart({ deal: DealId.parse(deal), thread: 'main', anew })).toEqual({
    did: 'nothing',
    run: `${deal}-1-unprocessed`,
    because: 'stage unprocessed has no work',
  });
  expect(executions()).toEqual([]);
});
