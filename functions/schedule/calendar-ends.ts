import type { Calendar } from '../../schemas/calendar.ts';

/** Days looked through for an answer: three years. What is due later than that is a mistake in a setting. */
export const daysSearched = 3 * 366;

/**
 * A calendar has not enough working time within three years. Its administrator mends it: the hours or the exceptions
 * are wrong, or the wait is too long.
 */
export class CalendarEnds extends Error {
  override readonly name = 'CalendarEnds';
  readonly details: { readonly calendar: string; readonly since: string; readonly wanted: string };

  constructor({ id }: Calendar, since: number, wanted: string) {
    const from = new Date(since).toISOString();
    super(
      `calendar "${id}": ${wanted} after ${from} do not end within three years; give it working hours or wait for less`,
    );
    this.details = { calendar: id, since: from, wanted };
  }
}
