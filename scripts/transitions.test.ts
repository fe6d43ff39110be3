import '../functions/testing/quiet.ts';

import { expect, test } from 'vitest';
import { world } from '../local/world.ts';
import { goodsFloor, oursOf } from './bench/floor.ts';
import { industrialGoods } from './walkthroughs/industrial-goods.ts';
import { moscow } from './walkthroughs/scenario.ts';
import { worldDriver } from './walkthroughs/world-driver.ts';

test('walk-through 9.1 takes 49 state transitions and 35 calls of the step function, stage by stage', async () => {
  const company = await world({ at: '2026-02-02 09:00' });
  const driver = worldDriver(company);

  for (const { at, play } of industrialGoods(driver)) {
    await driver.advanceTo(moscow(at));
    await play();
  }

  const { engine } = company;
  const { total, machines } = engine.transitions();
  const stages = Object.entries(machines).map(([arn, entered]) => ({
    stage: arn.replace(/^.*-industrial-/, ''),
    entered,
    calls: engine
      .listExecutions({ stateMachineArn: arn })
      .flatMap((execution) => engine.getExecutionHistory(execution.arn))
      .filter(({ type }) => type === 'TaskScheduled').length,
  }));
  const said = goodsFloor.map(({ stage, entered, calls }) => ({ stage, entered, calls }));
  const byName = (one: { stage: string }, other: { stage: string }) => one.stage.localeCompare(other.stage);
  // One more is $0.025 on 1,000 deals; the aim is 60 at most, and a state for each rung and look-up would make it 211.
  expect(total).toBe(49);
  expect(stages.sort(byName)).toEqual(said.sort(byName));
  expect(oursOf(goodsFloor)).toEqual({ transitions: 49, calls: 35 });
  await company.stop();
});
