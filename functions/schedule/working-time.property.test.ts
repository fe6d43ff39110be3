import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Calendar, WorkingHours } from '../../schemas/calendar.ts';
import type { Day } from '../../schemas/time.ts';
import { companyCalendar } from './company-calendar.ts';
import { planOf } from './day-plan.ts';
import { dayNumber } from './days.ts';
import { minutesOf } from './local-time.ts';
import { addWorkingDays } from './working-days.ts';
import {
  addWorkingTime,
  isWorkingTime,
  nextWorkingMoment,
  subtractWorkingTime,
  workingMinutesBetween,
} from './working-time.ts';

const minute = 60_000;
const plus = (date: Date, minutes: number) => new Date(date.getTime() + minutes * minute);

const clock = fc
  .integer({ min: 0, max: 24 * 12 })
  .map((n) => `${String(Math.floor(n / 12)).padStart(2, '0')}:${String((n % 12) * 5).padStart(2, '0')}`);

/** One or two windows of a day, or a day off. */
const hours: fc.Arbitrary<WorkingHours> = fc
  .uniqueArray(clock, { minLength: 4, maxLength: 4 })
  .chain((edges) => {
    const [a = '', b = '', c = '', d = ''] = edges.toSorted();
    return fc.constantFrom<WorkingHours>(
      [],
      [[a, b]],
      [[a, d]],
      [
        [a, b],
        [c, d],
      ],
      [
        [a, b],
        [b, d],
      ],
    );
  });

const exceptions = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 0, max: 40 }), hours), { selector: ([n]) => n, maxLength: 6 })
  .map((days) =>
    Object.fromEntries(
      days.map(([n, open]) => [
        new Date(Date.UTC(2026, n < 20 ? 2 : 9, 20 + (n % 20))).toISOString().slice(0, 10),
        { kind: 'work' as const, hours: open },
      ]),
    ),
  );

const zones = ['Europe/Moscow', 'Europe/Kyiv', 'America/St_Johns', 'Australia/Lord_Howe', 'Asia/Kathmandu'];

const calendars: fc.Arbitrary<Calendar> = fc
  .record({
    week: fc.tuple(hours, hours, hours, hours, hours, hours),
    exceptions,
    zone: fc.constantFrom(...zones),
    observeShortDays: fc.boolean(),
  })
  .map(({ week: [b, c, d, e, f, g], exceptions, zone, observeShortDays }) =>
    companyCalendar('RU', zone, {
      week: { 1: [['09:00', '18:00']], 2: b, 3: c, 4: d, 5: e, 6: f, 7: g },
      exceptions,
      observeShortDays,
    }),
  );

/** Within five weeks, in minutes and odd seconds. Clocks change in them: in March and April, in October and November. */
const startsFrom = (first: number) =>
  fc
    .tuple(fc.integer({ min: 0, max: 35 * 24 * 60 }), fc.constantFrom(0, 0, 1, 59_999))
    .map(([minutes, rest]) => new Date(first + minutes * minute + rest));
const starts = fc.oneof(startsFrom(Date.UTC(2026, 2, 7)), startsFrom(Date.UTC(2026, 9, 3)));
const budgets = fc.oneof(fc.integer({ min: 0, max: 600 }), fc.integer({ min: 0, max: 6_000 }));
const laws = { numRuns: 300 };

/**
 * The reference: one look at the wall clock for every minute, and no arithmetic that could be wrong. It takes a closing
 * time that the clock shows twice for the first of the two, so it is no reference where clocks are put back.
 */
const countMinutes = (from: Date, to: Date, calendar: Calendar): number => {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: calendar.timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
  });
  let count = 0;
  for (let at = from; at < to; at = plus(at, 1)) {
    const [day = '', time = ''] = format.format(at).split(' ');
    const now = minutesOf(time);
    const { hours } = planOf(dayNumber(day as Day), calendar);
    if (hours.some(([open, close]) => minutesOf(open) <= now && now < minutesOf(close))) count += 1;
  }
  return count;
};

test('working minutes are those a minute-by-minute look at the wall clock counts', () => {
  const forward = calendars.filter(({ timeZone }) => timeZone !== 'Australia/Lord_Howe');
  const wholeMinutes = fc
    .integer({ min: 0, max: 35 * 24 * 60 })
    .map((minutes) => plus(new Date('2026-03-07'), minutes));
  const spans = fc.integer({ min: 0, max: 4 * 24 * 60 });
  fc.assert(
    fc.property(forward, wholeMinutes, spans, (calendar, start, span) => {
      const end = plus(start, span);

      expect(workingMinutesBetween(start, end, calendar)).toBe(countMinutes(start, end, calendar));
    }),
    { numRuns: 100 },
  );
});

test('the minutes until a due instant are those that were given, forwards and backwards', () => {
  fc.assert(
    fc.property(calendars, starts, budgets, (calendar, start, minutes) => {
      const due = addWorkingTime(start, minutes, calendar);
      const warning = subtractWorkingTime(start, minutes, calendar);

      expect(workingMinutesBetween(start, due, calendar)).toBe(minutes);
      expect(workingMinutesBetween(warning, start, calendar)).toBe(minutes);
    }),
    laws,
  );
});

test('a due instant is the first with so many minutes worked', () => {
  fc.assert(
    fc.property(
      calendars,
      starts,
      budgets.filter((minutes) => minutes > 0),
      (calendar, start, minutes) => {
        const due = addWorkingTime(start, minutes, calendar);

        const before = new Date(due.getTime() - 1);
        expect(isWorkingTime(before, calendar)).toBe(true);
        expect(workingMinutesBetween(start, before, calendar)).toBeLessThan(minutes);
      },
    ),
    laws,
  );
});

test('a later start or a longer wait is never due earlier', () => {
  fc.assert(
    fc.property(calendars, starts, budgets, budgets, (calendar, start, minutes, more) => {
      const due = addWorkingTime(start, minutes, calendar);

      expect(addWorkingTime(start, minutes + more, calendar) >= due).toBe(true);
      expect(addWorkingTime(plus(start, more), minutes, calendar) >= due).toBe(true);
    }),
    laws,
  );
});

test('two waits in a row are one wait of both', () => {
  fc.assert(
    fc.property(calendars, starts, budgets, budgets, (calendar, start, first, second) => {
      const inSteps = addWorkingTime(addWorkingTime(start, first, calendar), second, calendar);

      expect(inSteps).toEqual(addWorkingTime(start, first + second, calendar));
    }),
    laws,
  );
});

test('a pause moves a due instant by the working time it took', () => {
  fc.assert(
    fc.property(calendars, starts, budgets, budgets, budgets, (calendar, start, minutes, before, length) => {
      const due = addWorkingTime(start, minutes + 1, calendar);
      const paused = new Date(Math.min(plus(start, before).getTime(), due.getTime() - 1));
      const resumed = plus(paused, length);

      const rest = minutes + 1 - workingMinutesBetween(start, paused, calendar);
      const lost = workingMinutesBetween(paused, resumed, calendar);
      expect(addWorkingTime(resumed, rest, calendar)).toEqual(addWorkingTime(due, lost, calendar));
    }),
    laws,
  );
});

test('zones without summer time differ only by their offset', () => {
  const ahead = { 'Europe/Moscow': 3, 'Asia/Vladivostok': 10, 'Asia/Kathmandu': 5.75 };
  fc.assert(
    fc.property(calendars, starts, budgets, (calendar, start, minutes) => {
      const dues = Object.entries(ahead).map(([timeZone, hours]) => {
        const moved = plus(start, -hours * 60);
        return plus(addWorkingTime(moved, minutes, { ...calendar, timeZone }), hours * 60);
      });

      expect(new Set(dues.map((due) => due.getTime())).size).toBe(1);
    }),
    laws,
  );
});

test('the next working moment is worked, and nothing before it is', () => {
  fc.assert(
    fc.property(calendars, starts, (calendar, start) => {
      const next = nextWorkingMoment(start, calendar);

      expect(isWorkingTime(next, calendar)).toBe(true);
      expect(workingMinutesBetween(start, next, calendar)).toBe(0);
    }),
    laws,
  );
});

test('working days in two steps are working days in one, and lead back', () => {
  const days = fc.integer({ min: 1, max: 15 });
  const noon = fc.integer({ min: 0, max: 60 }).map((n) => new Date(Date.UTC(2026, 2, 7 + n, 12)));
  fc.assert(
    fc.property(calendars, noon, days, days, (calendar, start, first, second) => {
      const halfway = addWorkingDays(start, first, calendar);
      const there = addWorkingDays(halfway, second, calendar);

      expect(there).toEqual(addWorkingDays(start, first + second, calendar));
      expect(addWorkingDays(there, -second, calendar)).toEqual(halfway);
    }),
    laws,
  );
});
