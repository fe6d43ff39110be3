import type { Calendar } from '../../schemas/calendar.ts';
import { VoronkaError } from '../shared/errors.ts';

/** Days looked through for an answer: three years. What is due later than that is a mistake in a setting. */
export const daysSearched = 3 * 366;

/**
 * A calendar has not enough working time within three years. Its administrator mends it: the hours or the exceptions
 * are wrong, or the wait is too long.
 */
export class CalendarEnds extends VoronkaError {
  readonly name = 'CalendarEnds';
  readonly type = 'calendar-ends';
  readonly title = 'The calendar has too little working time';
  readonly status = 500;
  readonly mends = 'author';

  constructor({ id }: Calendar, since: number, wanted: string) {
    const from = new Date(since).toISOString();
    super(
      `calendar "${id}": ${wanted} from ${from} do not end within three years; give it working hours or wait for less`,
      { details: { calendar: id, since: from, wanted } },
    );
  }
}
