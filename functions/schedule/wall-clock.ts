import type { Zone } from '../../schemas/time.ts';
import { dayMs } from './days.ts';

/*
 * Wall clock readings are numbers here: the milliseconds `Date.UTC` gives for what the clock shows. The runtime knows
 * offsets only by formatting a date (about 2 us), so each zone keeps them by the week. Nothing else is needed of a
 * time library, and functions are smaller without one.
 */

/** A week of a zone: one offset before `cut` and one from it on; they are equal where no clock is changed. */
type Span = { readonly cut: number; readonly before: number; readonly after: number };
type Offsets = { readonly format: Intl.DateTimeFormat; readonly spans: Map<number, Span> };

const spanMs = 7 * dayMs;
const zones = new Map<Zone, Offsets>();

/** How far the wall clock of a zone is ahead of UTC at an instant, in milliseconds. */
export const offsetAt = (instant: number, zone: Zone): number => {
  const offsets = zones.get(zone) ?? open(zone);
  const number = Math.floor(instant / spanMs);
  const span = offsets.spans.get(number) ?? measure(offsets, number);
  return instant < span.cut ? span.before : span.after;
};

/** What the wall clock shows at an instant. */
export const readingAt = (instant: number, zone: Zone): number => instant + offsetAt(instant, zone);

/**
 * The instant at which the wall clock shows `reading`. A reading the clock shows twice is the earlier one; one it
 * skips is moved on by what was skipped (03:30 becomes 04:30).
 */
export const instantAt = (reading: number, zone: Zone): number => {
  const { early, late, shows } = candidates(reading, zone);
  return shows === 'late' ? late : early;
};

/** The first instant from which the wall clock shows `reading` or more: a skipped opening is the change itself. */
export const openingAt = (reading: number, zone: Zone): number => {
  const { early, late, shows } = candidates(reading, zone);
  if (shows === 'neither') return changeBetween(late, early, zone);
  return shows === 'late' ? late : early;
};

/** As `openingAt`, but of two instants with the same reading the later one: nobody is sent home an hour early. */
export const closingAt = (reading: number, zone: Zone): number => {
  const { early, late, shows } = candidates(reading, zone);
  if (shows === 'neither') return changeBetween(late, early, zone);
  return shows === 'early' ? early : late;
};

/**
 * The two instants a reading may mean: by the offset a day before and by that a day after. `early` precedes
 * `late` when the clock goes back; the names are about the offsets, so in a skipped hour it is the other way round.
 */
function candidates(reading: number, zone: Zone) {
  const before = offsetAt(reading - dayMs, zone);
  const after = offsetAt(reading + dayMs, zone);
  const early = reading - before;
  const late = reading - after;
  if (before === after) return { early, late, shows: 'both' } as const;

  const earlyShows = offsetAt(early, zone) === before;
  const lateShows = offsetAt(late, zone) === after;
  const shows = earlyShows ? (lateShows ? 'both' : 'early') : lateShows ? 'late' : 'neither';
  return { early, late, shows } as const;
}

function open(zone: Zone): Offsets {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  const offsets = { format, spans: new Map() };
  zones.set(zone, offsets);
  return offsets;
}

function measure(offsets: Offsets, number: number): Span {
  const start = number * spanMs;
  const before = formattedOffset(offsets.format, start);
  const after = formattedOffset(offsets.format, start + spanMs);
  const cut =
    before === after
      ? start
      : change(start, start + spanMs, (at) => formattedOffset(offsets.format, at) === before);
  const span = { cut, before, after };
  offsets.spans.set(number, span);
  return span;
}

const changeBetween = (from: number, to: number, zone: Zone): number => {
  const before = offsetAt(from, zone);
  return change(from, to, (at) => offsetAt(at, zone) === before);
};

/** The first whole second in `(from, to]` that is not `before` any more. */
function change(from: number, to: number, before: (instant: number) => boolean): number {
  let [low, high] = [Math.floor(from / 1000), Math.ceil(to / 1000)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (before(middle * 1000)) low = middle;
    else high = middle;
  }
  return high * 1000;
}

function formattedOffset(format: Intl.DateTimeFormat, instant: number): number {
  const name = format.formatToParts(instant).find((part) => part.type === 'timeZoneName')?.value ?? '';
  const [, sign, hours, minutes, seconds] = /^GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(name) ?? [];
  if (sign === undefined) return 0;
  const ahead = Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds ?? 0);
  return (sign === '-' ? -ahead : ahead) * 1000;
}
