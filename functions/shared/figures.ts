/** Words that formulas of computed fields may call beside JSONata's own. An argument without a value gives none. */
const day = (given: unknown): Date | undefined => {
  const [, text] = /^(\d{4}-\d\d-\d\d)(T.*)?$/.exec(String(given)) ?? [];
  return text === undefined ? undefined : new Date(`${text}T00:00:00Z`);
};

const dayMilliseconds = 86_400_000;

/** The same day of the month so many months later; the last day of that month where it has no such day. */
const edate = (from: unknown, months: unknown): string | undefined => {
  const date = day(from);
  if (date === undefined || typeof months !== 'number') return undefined;
  const moved = new Date(date);
  moved.setUTCDate(1);
  moved.setUTCMonth(moved.getUTCMonth() + Math.trunc(months));
  // Beyond the years that a day is written with there is no answer, and no error either: people type such numbers.
  if (!(moved.getUTCFullYear() >= 0 && moved.getUTCFullYear() <= 9999)) return undefined;
  const last = new Date(Date.UTC(moved.getUTCFullYear(), moved.getUTCMonth() + 1, 0)).getUTCDate();
  moved.setUTCDate(Math.min(date.getUTCDate(), last));
  return moved.toISOString().slice(0, 10);
};

/** Days from one day to another; below zero where the second comes first. */
const daysBetween = (from: unknown, to: unknown): number | undefined => {
  const [start, end] = [day(from), day(to)];
  return start === undefined || end === undefined
    ? undefined
    : Math.round((end.getTime() - start.getTime()) / dayMilliseconds);
};

/** Whole minor units, a half away from zero; what a product of decimals is off by is no half. */
const round2 = (amount: unknown): number | undefined => {
  if (typeof amount !== 'number' || !Number.isFinite(amount)) return undefined;
  const size = Math.abs(amount);
  const whole = Math.floor(size + 0.5 + size * Number.EPSILON * 4);
  return amount < 0 && whole > 0 ? -whole : whole;
};

export const figures = { edate, daysBetween, round2 };
