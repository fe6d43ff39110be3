import * as fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { createClock } from './clock.ts';

const start = '2026-10-01T09:00:00.000Z';
const zero = Date.parse(start);

test('each timer runs at its own due time, and those it arms on the way run too', async () => {
  const clock = createClock({ now: start });
  const seen: [string, number][] = [];
  const note = (name: string) => seen.push([name, clock.now().getTime() - zero]);
  clock.at(zero + 1000, () => {
    note('first');
    clock.at(zero + 1500, () => note('armed on the way'));
  });
  clock.at(zero + 2000, () => note('second'));

  await clock.advance(5000);

  expect(seen).toEqual([
    ['first', 1000],
    ['armed on the way', 1500],
    ['second', 2000],
  ]);
  expect(clock.now().getTime()).toBe(zero + 5000);
});

test('ties run in the order of arming and cancelled timers never', async () => {
  const clock = createClock({ now: start });
  const seen: number[] = [];
  const timers = [0, 1, 2, 3].map((n) => clock.at(zero + 10, () => seen.push(n)));
  timers[1]?.cancel();
  timers[1]?.cancel();

  await clock.advanceTo(zero + 9);
  expect(seen).toEqual([]);

  await clock.advanceTo(zero + 10);
  expect(seen).toEqual([0, 2, 3]);
});

test('what a timer causes settles before time moves on', async () => {
  const clock = createClock({ now: start });
  const seen: string[] = [];
  const work: string[] = [];
  clock.onSettle(async () => {
    const next = work.shift();
    if (next) seen.push(`${next} at ${clock.now().getTime() - zero}`);
    return next !== undefined;
  });
  clock.at(zero + 1, () => work.push('a', 'b'));
  clock.at(zero + 2, () => work.push('c'));

  await clock.advance(10);

  expect(seen).toEqual(['a at 1', 'b at 1', 'c at 2']);
});

test('a timer armed for the past fires without an advance, and time does not go back', async () => {
  const clock = createClock({ now: start });
  let fired = 0;
  clock.at(zero - 1000, () => {
    fired = clock.now().getTime();
  });

  await clock.advanceTo('2020-01-01T00:00:00Z');

  expect(fired).toBe(zero);
  expect(clock.now().getTime()).toBe(zero);
});

test('one long advance equals many short ones', async () => {
  const plan = fc.array(
    fc.record({ due: fc.nat(300), chain: fc.array(fc.nat(80), { maxLength: 3 }), cancel: fc.boolean() }),
    { maxLength: 25 },
  );
  const run = async (timers: { due: number; chain: number[]; cancel: boolean }[], steps: number[]) => {
    const clock = createClock({ now: start });
    const seen: string[] = [];
    let settled = 0;
    clock.onSettle(async () => {
      const found = settled !== seen.length;
      settled = seen.length;
      return found;
    });
    const follow = (name: string, chain: number[]) => () => {
      seen.push(`${name}@${clock.now().getTime() - zero}`);
      const [next, ...rest] = chain;
      if (next !== undefined) clock.at(clock.now().getTime() + next, follow(`${name}>`, rest));
    };
    const armed = timers.map((t, n) => clock.at(zero + t.due, follow(String(n), t.chain)));
    for (const [n, t] of timers.entries()) if (t.cancel) armed[n]?.cancel();
    for (const ms of steps) await clock.advance(ms);
    return { seen, now: clock.now().getTime(), next: clock.next() };
  };
  await fc.assert(
    fc.asyncProperty(plan, fc.array(fc.nat(90), { maxLength: 12 }), async (timers, steps) => {
      const whole = steps.reduce((sum, ms) => sum + ms, 0);
      expect(await run(timers, steps.length > 0 ? steps : [0])).toEqual(await run(timers, [whole]));
    }),
    { numRuns: 100 },
  );
});

test('a hundred thousand timers run in order', async () => {
  const clock = createClock({ now: start });
  let last = 0;
  let ordered = true;
  for (let n = 0; n < 100_000; n += 1) {
    const due = zero + ((n * 7919) % 100_003);
    clock.at(due, () => {
      ordered &&= due >= last;
      last = due;
    });
  }

  await clock.advance(100_003);

  expect(ordered).toBe(true);
  expect(clock.next()).toBeUndefined();
});

test('following maps real time onto virtual time and sleeps once, until the next timer', async () => {
  vi.useFakeTimers({ now: 0 });
  try {
    const clock = createClock({ now: start });
    const seen: number[] = [];
    for (const s of [60, 120, 90]) clock.at(zero + s * 1000, () => seen.push(clock.now().getTime() - zero));
    clock.follow(60);
    expect(vi.getTimerCount()).toBe(1);

    await vi.advanceTimersByTimeAsync(999);
    expect(seen).toEqual([]);

    await vi.advanceTimersByTimeAsync(1);
    expect(seen).toEqual([60_000]);

    await vi.advanceTimersByTimeAsync(1000);
    expect(seen).toEqual([60_000, 90_000, 120_000]);
    expect(clock.now().getTime()).toBe(zero + 120_000);

    clock.stand();
    await vi.advanceTimersByTimeAsync(1000);
    expect(clock.now().getTime()).toBe(zero + 120_000);
  } finally {
    vi.useRealTimers();
  }
});
