import type { Due, Moment, Rung, Span, WaitStep } from '../../schemas/pipeline.ts';
import { Day, Instant } from '../../schemas/time.ts';
import type { Context } from '../deals/context.ts';
import { dueAt, startBefore } from '../schedule/due-at.ts';
import { dueMoment, waitMoment } from '../schedule/local-time.ts';
import type { Facts } from '../shared/expression.ts';

/**
 * After the last rung a state still needs a time-out: this many seconds, above the year a run may last, so that the run
 * itself ends first and is started again.
 */
export const yearGuardSeconds = 32_000_000;

const later = (since: Date, span: Span, { company, pack }: Context): Date =>
  dueAt(since, company.duration(pack, span), company.calendarOf(pack));

const earlier = (moment: Date, span: Span, { company, pack }: Context): Date =>
  startBefore(moment, company.duration(pack, span), company.calendarOf(pack));

const moment = (value: unknown, of: typeof dueMoment, zone: string): Date | undefined => {
  const day = Day.safeParse(value);
  if (day.success) return of(day.data, zone);
  const instant = Instant.safeParse(value);
  return instant.success ? of(instant.data, zone) : undefined;
};

/** When work opened at `since` falls due; `undefined` where the rule gives no answer. A day alone means 18:00. */
export const dueOf = (
  rule: Due | undefined,
  facts: Facts,
  since: Date,
  context: Context,
): Date | undefined => {
  switch (rule?.due) {
    case undefined:
      return undefined;
    case 'after':
      return later(since, rule.span, context);
    case 'at': {
      const at = moment(facts[rule.field], dueMoment, context.pack.zone);
      if (at === undefined) return dueOf(rule.else, facts, since, context);
      return rule.minus === undefined ? at : earlier(at, rule.minus, context);
    }
    case 'by': {
      const value = facts[rule.field];
      const chosen =
        typeof value === 'string' || typeof value === 'boolean' ? rule.cases[String(value)] : undefined;
      return dueOf(chosen ?? rule.else, facts, since, context);
    }
    default:
      return rule satisfies never;
  }
};

/** The moment a wait ends; a day alone means 09:00, a field without a value ends it at once. */
export const waitEnd = (wait: WaitStep['for'], facts: Facts, since: Date, context: Context): Date => {
  if (wait.due === 'after') return later(since, wait.span, context);
  const at = moment(facts[wait.field], waitMoment, context.pack.zone) ?? since;
  return wait.minus === undefined ? at : earlier(at, wait.minus, context);
};

const reached = (
  at: Moment,
  opened: Date,
  due: Date | undefined,
  facts: Facts,
  context: Context,
): Date | undefined => {
  switch (at.moment) {
    case 'after':
      return later(opened, at.span, context);
    case 'due':
      return due;
    case 'before-due':
      return due === undefined ? undefined : earlier(due, at.span, context);
    case 'after-due':
      return due === undefined ? undefined : later(due, at.span, context);
    case 'at': {
      const on = moment(facts[at.field], waitMoment, context.pack.zone);
      return on ?? (at.else === undefined ? undefined : later(opened, at.else, context));
    }
    default:
      return at satisfies never;
  }
};

/** A task as far as its timers go. */
export type Timed = {
  readonly openedAt: Date;
  readonly due: Date | undefined;
  readonly late: readonly Rung[];
  readonly fired: readonly number[];
};

/** Rungs that have not fired, in the order of time; `index` is the rung's place in the definition. */
export const rungsAhead = (task: Timed, facts: Facts, context: Context): { index: number; at: Date }[] =>
  task.late
    .flatMap((rung, index) => {
      const at = task.fired.includes(index)
        ? undefined
        : reached(rung.at, task.openedAt, task.due, facts, context);
      return at === undefined ? [] : [{ index, at }];
    })
    .sort((one, other) => one.at.getTime() - other.at.getTime() || one.index - other.index);

/** Seconds to wait for each rung in turn, from `now`; then the guard. A rung that is already past takes one second. */
export const timersOf = (task: Timed, facts: Facts, now: Date, context: Context): number[] => {
  let from = now.getTime();
  const gaps = rungsAhead(task, facts, context).map(({ at }) => {
    const gap = Math.max(1, Math.ceil((at.getTime() - from) / 1000));
    from += gap * 1000;
    return gap;
  });
  return [...gaps, yearGuardSeconds];
};

/** Fields a due rule and a ladder look at; a change of one of them sets the timers anew. */
export const fieldsOfTimers = (rule: Due | undefined, late: readonly Rung[]): ReadonlySet<string> => {
  const ofDue = (due: Due | undefined): string[] => {
    switch (due?.due) {
      case 'at':
        return [due.field, ...ofDue(due.else)];
      case 'by':
        return [due.field, ...Object.values(due.cases).flatMap(ofDue), ...ofDue(due.else)];
      default:
        return [];
    }
  };
  return new Set([...ofDue(rule), ...late.flatMap(({ at }) => (at.moment === 'at' ? [at.field] : []))]);
};
