import { expect, test } from 'vitest';
import type { Driver } from '../walkthroughs/scenario.ts';
import { type OfDemo, together } from './together.ts';

const hour = (at: number) => `2026-02-02T0${at}:00:00.000Z`;

test('histories in one time meet each hour in its order, and time never goes back', async () => {
  const seen: string[] = [];
  const driver = {
    call: () => expect.fail('nothing is asked'),
    put: () => expect.fail('nothing is sent'),
    advanceTo: async (to: string) => void seen.push(to),
  };

  const made = await together(
    driver,
    [
      { name: 'a', hours: [1, 4, 5] },
      { name: 'b', hours: [2, 3] },
      { name: 'c', hours: [] },
    ].map(({ name, hours }) => async (own: Pick<Driver, OfDemo>) => {
      for (const at of hours) {
        await own.advanceTo(hour(at));
        seen.push(`${name}${at}`);
      }
      return name;
    }),
  );

  expect(made).toEqual(['a', 'b', 'c']);
  expect(seen).toEqual(
    [
      [1, 'a'],
      [2, 'b'],
      [3, 'b'],
      [4, 'a'],
      [5, 'a'],
    ].flatMap(([at, name]) => [hour(Number(at)), `${name}${at}`]),
  );
});

test('a history that fails ends them all with its reason', async () => {
  const driver = {
    call: () => expect.fail('nothing is asked'),
    put: () => expect.fail('nothing is sent'),
    advanceTo: async () => {},
  };

  const playing = together(driver, [
    (own) => own.advanceTo(hour(1)),
    async () => {
      throw new Error('no such stage');
    },
  ]);

  await expect(playing).rejects.toThrow('no such stage');
});
