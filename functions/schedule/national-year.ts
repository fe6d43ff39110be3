import type { Country } from '../../schemas/calendar.ts';
import type { Text } from '../../schemas/text.ts';
import type { Day } from '../../schemas/time.ts';
import { dayMs, dayNumber, weekdayOf } from './days.ts';
import { orthodoxEaster } from './tables/easter.ts';
import { moldova } from './tables/moldova.ts';
import type { Decree, Holiday, NationalTable } from './tables/national-table.ts';
import { russia } from './tables/russia.ts';
import { ukraine } from './tables/ukraine.ts';

export const nationalTables: Readonly<Record<Country, NationalTable>> = {
  RU: russia,
  UA: ukraine,
  MD: moldova,
};

/** One year of a country, by day number. */
export type NationalYear = {
  readonly holidays: ReadonlyMap<number, Text>;
  /** Days off that were moved here from elsewhere. */
  readonly moved: ReadonlySet<number>;
  /** Weekend days that are worked. */
  readonly worked: ReadonlySet<number>;
  readonly short: ReadonlySet<number>;
};

const years = new Map<string, NationalYear>();

/** The decree of a year where there is one, otherwise what the general rules of the country give. */
export const nationalYear = (country: Country, year: number): NationalYear => {
  const key = `${country} ${year}`;
  const known = years.get(key);
  if (known !== undefined) return known;
  const table = nationalTables[country];
  const decree = table.decrees[year];
  const built = decree === undefined ? yearByRule(table, year) : decreed(table, year, decree);
  years.set(key, built);
  return built;
};

/** A year as decreed. */
function decreed(table: NationalTable, year: number, decree: Decree): NationalYear {
  const numbers = (days: readonly string[]) => new Set(days.map((day) => dayNumber(day as Day)));
  const [moved, worked, short] = [numbers(decree.off), numbers(decree.work), numbers(decree.short)];
  return { holidays: holidaysOf(table, year), moved, worked, short };
}

/** A year as the law alone makes it, before any decree: what is expected of a year to come. */
export const yearByRule = (table: NationalTable, year: number): NationalYear => {
  const holidays = holidaysOf(table, year);
  const moved = table.moves ? movedByRule(table, year, holidays) : new Set<number>();
  const short = table.shortEves ? evesByRule(table, year, holidays, moved) : new Set<number>();
  return { holidays, moved, worked: new Set(), short };
};

/** For each holiday on a weekend, in order: the next weekday that is neither a holiday nor already given. */
function movedByRule(
  table: NationalTable,
  year: number,
  holidays: ReadonlyMap<number, Text>,
): ReadonlySet<number> {
  const moved = new Set<number>();
  const moving = table.holidays.filter((holiday) => holiday.stays === undefined);
  for (const date of moving.map((holiday) => dateOf(holiday, year)).sort((a, b) => a - b)) {
    if (!isWeekend(date)) continue;
    let next = date + 1;
    while (isWeekend(next) || holidays.has(next) || moved.has(next)) next += 1;
    moved.add(next);
  }
  return moved;
}

function evesByRule(
  table: NationalTable,
  year: number,
  holidays: ReadonlyMap<number, Text>,
  moved: ReadonlySet<number>,
): ReadonlySet<number> {
  const dates = [...holidays.keys(), ...holidaysOf(table, year + 1).keys()];
  const [first, next] = [Date.UTC(year, 0, 1) / dayMs, Date.UTC(year + 1, 0, 1) / dayMs];
  const eves = dates.map((date) => date - 1).filter((eve) => first <= eve && eve < next);
  return new Set(eves.filter((eve) => !isWeekend(eve) && !holidays.has(eve) && !moved.has(eve)));
}

const holidaysOf = (table: NationalTable, year: number): ReadonlyMap<number, Text> =>
  new Map(table.holidays.map((holiday) => [dateOf(holiday, year), holiday.title]));

function dateOf({ on }: Holiday, year: number): number {
  if (typeof on !== 'string') return orthodoxEaster(year) + on.easterPlus;
  const [month, day] = on.split('-').map(Number);
  return Date.UTC(year, (month ?? 1) - 1, day) / dayMs;
}

const isWeekend = (day: number): boolean => weekdayOf(day) >= 6;
