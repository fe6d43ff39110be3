import { expect, test } from 'vitest';
import { local, printLocal } from './scenario.ts';
import { called, lasting, walkthroughs } from './walkthroughs.ts';

test.each(Object.entries(walkthroughs))(
  'the lines of %s follow each other in time',
  (_, { begins, lines }) => {
    const times = [
      begins,
      ...lines({
        call: () => expect.fail('nothing is played'),
        advanceTo: () => expect.fail('nothing is played'),
        put: () => expect.fail('nothing is played'),
        says: () => expect.fail('nothing is played'),
        letterComes: () => expect.fail('nothing is played'),
        command: () => expect.fail('nothing is played'),
        visit: () => expect.fail('nothing is played'),
        letters: () => expect.fail('nothing is played'),
        openRuns: () => expect.fail('nothing is played'),
      }).map(({ at }) => at),
    ];

    expect(times).toEqual([...new Set(times)].sort());
  },
);

test('a name stands for one walk-through, a pack for all of its own, no name for all', () => {
  const titles = (name?: string) => called(name).map(({ title }) => title.slice(0, 3));

  expect(titles('industrial/services')).toEqual(['9.2']);
  expect(titles('industrial')).toEqual(['9.1', '9.2', '9.3']);
  expect(titles()).toHaveLength(Object.keys(walkthroughs).length);
  expect([titles('industrial/service'), titles('')]).toEqual([[], []]);
});

test.each([
  ['2026-02-02 09:00', '2026-03-23 10:00', 'seven virtual weeks'],
  ['2026-02-02 09:00', '2026-03-11 18:00', 'five virtual weeks'],
  ['2026-02-02 09:00', '2026-02-09 09:00', 'one virtual week'],
  ['2026-02-02 09:00', '2026-02-09 08:59', 'no virtual weeks'],
])('from %s to %s is %s', (begins, end, said) => {
  const zone = 'Europe/Moscow';

  expect(lasting({ zone, begins }, new Date(local(zone, end)))).toBe(said);
});

test.each([
  ['Europe/Moscow', '2026-07-01T06:15:00.000Z', 'Wed 01 Jul 09:15'],
  ['Europe/Kyiv', '2026-07-01T06:15:00.000Z', 'Wed 01 Jul 09:15'],
  ['Europe/Kyiv', '2026-02-02T07:15:00.000Z', 'Mon 02 Feb 09:15'],
  ['Europe/Chisinau', '2026-03-29T06:15:00.000Z', 'Sun 29 Mar 09:15'], // summer time since three
])('the wall clock of %s shows at %s: %s', (zone, instant, shown) => {
  const [, day] = /^(\d{4}-\d\d-\d\d)/.exec(instant) ?? [];

  expect(local(zone, `${day} 09:15`)).toBe(instant);
  expect(printLocal(zone, instant)).toBe(shown);
});
