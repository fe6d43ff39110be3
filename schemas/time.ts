import * as z from 'zod';

/**
 * A moment as ISO 8601 in UTC. Parsing rewrites it to the one spelling `toISOString` gives (milliseconds,
 * `Z`), so that instants sort and compare as text.
 */
export const Instant = z.iso
  .datetime({ error: 'an instant is ISO 8601 in UTC, such as 2026-10-01T09:00:00Z' })
  .overwrite(canonical)
  .brand<'Instant'>();
export type Instant = z.infer<typeof Instant>;

/** A day on the wall calendar of some zone, `YYYY-MM-DD`. The zone is always named beside it, never inside. */
export const Day = z.iso.date({ error: 'a day is YYYY-MM-DD, such as 2026-10-01' }).brand<'Day'>();
export type Day = z.infer<typeof Day>;

/** A time on the wall clock, `HH:mm`, 00:00 to 23:59. */
export const TimeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day is HH:mm between 00:00 and 23:59');
export type TimeOfDay = z.infer<typeof TimeOfDay>;

/**
 * An IANA time zone, kept as its user spelled it: runtimes call `Europe/Kyiv` by its older name, so zones are
 * compared by what they do and not by how they are written.
 */
export const Zone = z.string().refine(isZone, 'a time zone is an IANA name, such as Europe/Moscow');
export type Zone = z.infer<typeof Zone>;

/** Elapsed time. A day is 24 hours here, whatever the wall clock does meanwhile. */
export const ClockTime = z.strictObject({
  unit: z.enum(['seconds', 'minutes', 'hours', 'days']),
  amount: z.number().nonnegative(),
});
export type ClockTime = z.infer<typeof ClockTime>;

const WorkingSpan = z.strictObject({
  unit: z.enum(['workminutes', 'workhours']),
  amount: z.number().nonnegative(),
});
const WorkingDays = z.strictObject({ unit: z.literal('workdays'), amount: z.int().nonnegative() });

/**
 * Time a company works. Minutes and hours count inside its working hours; `workdays` means the same time of day
 * on the n-th following working day. None of them is a number of seconds until a calendar resolves it.
 */
export const WorkingTime = z.discriminatedUnion('unit', [WorkingSpan, WorkingDays]);
export type WorkingTime = z.infer<typeof WorkingTime>;

/** How long to wait, told apart by `unit`. */
export const Duration = z.discriminatedUnion('unit', [ClockTime, WorkingSpan, WorkingDays]);
export type Duration = z.infer<typeof Duration>;

const secondsIn = { seconds: 1, minutes: 60, hours: 3_600, days: 86_400 } as const;

/** Elapsed seconds, to the nearest whole one: a state machine's timer takes no less. */
export const secondsOf = ({ unit, amount }: ClockTime): number => Math.round(amount * secondsIn[unit]);

/** Whether a duration needs no calendar. */
export const isClockTime = (duration: Duration): duration is ClockTime => duration.unit in secondsIn;

/** The instant of a `Date`. */
export const instantOf = (date: Date): Instant => date.toISOString() as Instant;

function canonical(text: string): string {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? text : date.toISOString(); // the format check has already refused it
}

function isZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false; // runtimes also take bare offsets, which know no summer time
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
