import { expect, test } from 'vitest';
import { keptClock } from './clock-kept.ts';
import { openState } from './state/state.ts';

const at = (time: string) => `2026-10-01T${time}:00.000Z`;

test('a clock goes on where it was when its process ended, also in the middle of an advance', async () => {
  const state = openState(undefined);
  const first = keptClock({ now: at('09:00'), state });
  let seen: Date | undefined;
  first.at(Date.parse(at('11:00')), () => {
    // What a process would find that is killed now and starts again.
    seen = keptClock({ now: at('09:00'), state }).now();
  });

  await first.advanceTo(at('12:00'));

  expect(seen).toEqual(new Date(at('11:00')));
  expect(keptClock({ now: at('09:00'), state }).now()).toEqual(new Date(at('12:00')));
});

test('a clock that was let behind begins at the time it is given', () => {
  const state = openState(undefined);
  keptClock({ now: at('09:00'), state });

  expect(keptClock({ now: at('15:00'), state }).now()).toEqual(new Date(at('15:00')));
});
