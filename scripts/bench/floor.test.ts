import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { floorOf, floorTable, goodsFloor, type StageFloor } from './floor.ts';

test('work, rungs and acts need a call, waits and decisions only a state', () => {
  const stage: StageFloor = {
    stage: 'any',
    entered: 9,
    calls: 9,
    needs: { work: 1, rung: 1, act: 1, wait: 1, decision: 1 },
    why: '',
  };

  expect(floorOf([stage, stage])).toEqual({ transitions: 10, calls: 6 });
});

test('no stage of 9.1 enters fewer states than it needs, or makes fewer calls', () => {
  const below = goodsFloor.filter((one) => {
    const { transitions, calls } = floorOf([one]);
    return one.entered < transitions || one.calls < calls;
  });

  expect(below).toEqual([]);
});

test('the page about cost shows the floor', () => {
  const page = readFileSync(new URL('../../docs/cost.md', import.meta.url), 'utf8');

  expect(page).toContain(floorTable());
});
