import * as z from 'zod';
import { Day, TimeOfDay, Zone } from './time.ts';

/** Countries whose public holidays and moved working days are known; see `functions/schedule/tables`. */
export const Country = z.enum(['RU', 'UA', 'MD']);
export type Country = z.infer<typeof Country>;

const ClosingTime = z.union([TimeOfDay, z.literal('24:00')], {
  error: 'a closing time is HH:mm between 00:00 and 24:00',
});

/**
 * The windows of one day as `[open, close)` in local time, in order. A night shift is two windows: one that closes
 * at 24:00 and one of the next day that opens at 00:00.
 */
export const WorkingHours = z
  .array(z.tuple([TimeOfDay, ClosingTime]).readonly())
  .refine(
    (windows) => windows.flat().every((edge, n, edges) => n === 0 || follows(edges[n - 1], edge, n)),
    'each window opens before it closes and not before the previous one closed',
  )
  .readonly();
export type WorkingHours = z.infer<typeof WorkingHours>;

/** What one local date is instead of what the week and the country say. */
export const DayException = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('off') }),
  z.strictObject({ kind: z.literal('work'), hours: WorkingHours }),
  z.strictObject({ kind: z.literal('short'), minusMinutes: z.int().positive() }),
]);
export type DayException = z.infer<typeof DayException>;

/** Working hours by weekday, 1 = Monday to 7 = Sunday; an empty list is a day off. */
export const Week = z
  .strictObject({
    1: WorkingHours,
    2: WorkingHours,
    3: WorkingHours,
    4: WorkingHours,
    5: WorkingHours,
    6: WorkingHours,
    7: WorkingHours,
  })
  .refine((week) => Object.values(week).some((hours) => hours.length > 0), 'a week has some working hours')
  .readonly();
export type Week = z.infer<typeof Week>;

/**
 * When a company works. A date is looked up in `exceptions`, then among the moved days and the holidays of
 * `country`, then in `week`. So a decree that no release knows yet is an exception that an administrator enters.
 *
 * A calendar is a value: change a copy, with a higher `version`. Answers are cached by identity.
 */
export const Calendar = z
  .strictObject({
    id: z.string().min(1),
    timeZone: Zone,
    week: Week,
    /** By local date, never by instant. */
    exceptions: z.record(Day, DayException).readonly(),
    country: Country.optional(),
    /** Whether holidays and moved days of `country` count: they do not in Ukraine under martial law. */
    observePublicHolidays: z.boolean(),
    /** Whether the company closes an hour earlier on the eve of a holiday where the country has that rule. */
    observeShortDays: z.boolean(),
    /** Where the holidays come from, for the administrator who checks them every October. */
    source: z.string(),
    version: z.int().positive(),
    /** The last day whose moved days are decreed. Later answers are right by the general rules and may still change. */
    validThrough: Day,
  })
  .readonly();
export type Calendar = z.infer<typeof Calendar>;

/** Edges run open, close, open, close: a window has a length, the pause between two may have none. */
function follows(previous: string | undefined, edge: string, n: number): boolean {
  if (previous === undefined) return true;
  return n % 2 === 1 ? previous < edge : previous <= edge;
}
