import '../functions/testing/quiet.ts';

import { expect, test } from 'vitest';
import { world } from '../local/world.ts';
import { goodsFloor, oursOf } from './bench/floor.ts';
import { local } from './walkthroughs/scenario.ts';
import { type Walkthrough, walkthroughs } from './walkthroughs/walkthroughs.ts';
import { worldDriver } from './walkthroughs/world-driver.ts';

/** Plays a walk-through and counts what it took, machine by machine. */
const counted = async ({ zone, begins, lines }: Walkthrough) => {
  const company = await world({ at: begins });
  const driver = worldDriver(company);

  for (const { at, play } of lines(driver)) {
    await driver.advanceTo(local(zone, at));
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
  await company.stop();
  return { total, stages };
};

const walkthrough = (id: string): Walkthrough => {
  const found = walkthroughs[id];
  if (found === undefined) throw new Error(`no walk-through ${id}`);
  return found;
};

test('walk-through 9.1 takes 52 state transitions and 36 calls of the step function, stage by stage', async () => {
  const { total, stages } = await counted(walkthrough('industrial/goods'));

  const said = goodsFloor.map(({ stage, entered, calls }) => ({ stage, entered, calls }));
  const byName = (one: { stage: string }, other: { stage: string }) => one.stage.localeCompare(other.stage);
  // One more is $0.025 on 1,000 deals; the aim is 60 at most, and a state for each rung and look-up would make it 211.
  expect(total).toBe(52);
  expect(stages.sort(byName)).toEqual(said.sort(byName));
  expect(oursOf(goodsFloor)).toEqual({ transitions: 52, calls: 36 });
});

test('walk-through 9.2, its two trips and the emergency take 79 state transitions, stage by stage', async () => {
  const { total, stages } = await counted(walkthrough('industrial/services'));

  const figures = stages.map(({ stage, entered, calls }) => [stage, { entered, calls }]);
  expect(Object.fromEntries(figures)).toEqual({
    'services-primary-identification': { entered: 2, calls: 2 },
    'services-invoice-quote': { entered: 14, calls: 9 },
    'services-contract': { entered: 4, calls: 2 },
    'services-awaiting-visit': { entered: 24, calls: 16 },
    'services-in-progress': { entered: 4, calls: 4 },
    'services-wrap-up': { entered: 18, calls: 11 },
    'services-won': { entered: 1, calls: 1 },
    'trip-approval-agreement': { entered: 10, calls: 8 },
    'trip-approval-approved': { entered: 2, calls: 2 },
  });
  expect(total).toBe(79);
});
