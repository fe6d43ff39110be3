import type { TimeOfDay, Zone } from '../../schemas/time.ts';
import { addDays } from '../schedule/days.ts';
import { atLocal, localDay } from '../schedule/local-time.ts';

/** From when to when nobody is disturbed, by the wall clock; `from` above `to` goes over midnight. Equal ones: never quiet. */
export type QuietHours = { readonly from: TimeOfDay; readonly to: TimeOfDay };

/** Since when it is quiet and until when, where it is. */
const nightOver = (now: Date, { from, to }: QuietHours, zone: Zone): Date | undefined => {
  const today = localDay(now, zone);
  // The night that began yesterday, and the one that begins today.
  for (const eve of [addDays(today, -1), today]) {
    const begins = atLocal(eve, from, zone);
    const ends = atLocal(from < to ? eve : addDays(eve, 1), to, zone);
    if (begins <= now && now < ends) return ends;
  }
  return undefined;
};

/** When a message may go: now, or when the quiet hours that it is in are over, by the wall clock of who gets it. */
export const allowedAt = (now: Date, quiet: QuietHours, zone: Zone): Date =>
  quiet.from === quiet.to ? now : (nightOver(now, quiet, zone) ?? now);
