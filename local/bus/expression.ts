import { DateTime, IANAZone } from 'luxon';
import { compileCron, type NextAfter } from './cron.ts';

/** When a schedule fires. */
export type Occasions = {
  kind: 'at' | 'rate' | 'cron';
  /** The first occasion after an instant (epoch ms, exclusive). */
  next: NextAfter;
};

/** A schedule expression that cannot be read; its author mends it. */
export class ExpressionRefused extends Error {
  override readonly name = 'ExpressionRefused';

  constructor(expression: string, reason: string) {
    super(`schedule expression ${expression}: ${reason}`);
  }
}

const UNIT_MS = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/**
 * Reads `at(2026-01-31T09:00:00)`, `rate(5 minutes)` or `cron(0 9 ? * MON-FRI *)`.
 *
 * @param options.zone - IANA zone in which `at` and `cron` are read; a rate's day is 24 hours in any zone
 * @param options.anchor - epoch ms from which a rate counts; the anchor itself is its first occasion
 * @throws {ExpressionRefused}
 */
export const readExpression = (
  expression: string,
  { zone, anchor }: { zone: string; anchor: number },
): Occasions => {
  const refuse = (reason: string) => new ExpressionRefused(expression, reason);
  if (!IANAZone.isValidZone(zone))
    throw refuse(`${zone} is no time zone; give an IANA name as Europe/Moscow`);
  const [, kind, argument = ''] = /^(at|rate|cron)\((.*)\)$/.exec(expression) ?? [];
  switch (kind) {
    case 'at': {
      const local = DateTime.fromFormat(argument, "yyyy-MM-dd'T'HH:mm:ss", { zone });
      if (!local.isValid) throw refuse('a time as at(2026-01-31T09:00:00) is wanted');
      const due = Math.min(...local.getPossibleOffsets().map((possible) => possible.toMillis()));
      return { kind, next: (after) => (due > after ? due : undefined) };
    }
    case 'rate': {
      const [, count, unit] = /^([1-9]\d*) (minute|hour|day)s?$/.exec(argument) ?? [];
      if (count === undefined) throw refuse('a rate as rate(5 minutes) is wanted, in minutes, hours or days');
      const every = Number(count) * UNIT_MS[unit as keyof typeof UNIT_MS];
      const next = (after: number) =>
        after < anchor ? anchor : anchor + (Math.floor((after - anchor) / every) + 1) * every;
      return { kind, next };
    }
    case 'cron':
      try {
        return { kind, next: compileCron(argument, zone) };
      } catch (error) {
        throw refuse(error instanceof Error ? error.message : String(error));
      }
    default:
      throw refuse('at(...), rate(...) or cron(...) is wanted');
  }
};

/**
 * The latest occasion within (`from`, `until`], for a schedule that was not watched meanwhile.
 *
 * Looks back from `until` through windows that grow, so that a year of missed minutes costs no more than an hour of them.
 */
export const latestWithin = ({ next }: Occasions, from: number, until: number): number | undefined => {
  for (let window = 60_000; ; window *= 60) {
    const start = Math.max(from, until - window);
    let latest: number | undefined;
    for (let at = next(start); at !== undefined && at <= until; at = next(at)) latest = at;
    if (latest !== undefined || start === from) return latest;
  }
};
