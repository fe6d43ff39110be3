import { dayMs, dayNumber } from '../../functions/schedule/days.ts';
import { instantAt as instantOf, readingAt } from '../../functions/schedule/wall-clock.ts';
import { Day, type Zone } from '../../schemas/time.ts';

const said = /^(\d{4}-\d\d-\d\d) (\d\d):(\d\d)(?::(\d\d))?$/;

/** The wall clock of a company: how its people say when. */
export const wallOf = (zone: Zone) => ({
  /** An instant of the wall clock: `2026-02-02 14:30`, or `2026-02-02 14:29:59`. */
  instantAt: (local: string): Date => {
    const [, written, hours, minutes, seconds] = said.exec(local) ?? [];
    const day = Day.safeParse(written);
    if (!day.success || Number(hours) > 23 || Number(minutes) > 59)
      throw new RangeError(
        `"${local}" is no time of the company; write 2026-02-02 14:30 or 2026-02-02 14:29:59`,
      );
    const ofDay = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds ?? 0)) * 1000;
    return new Date(instantOf(dayNumber(day.data) * dayMs + ofDay, zone));
  },
  /** The wall clock at an instant, as `instantAt` reads it; seconds where there are any. */
  localTime: (instant: string): string =>
    new Date(readingAt(Date.parse(instant), zone))
      .toISOString()
      .slice(0, 19)
      .replace('T', ' ')
      .replace(/:00$/, ''),
});
export type Wall = ReturnType<typeof wallOf>;
