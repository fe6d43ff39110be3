import type { Due, Moment, Rung, Span, WaitStep } from '../../schemas/pipeline.ts';
import { Day, Instant, instantOf } from '../../schemas/time.ts';
import type { Context } from '../deals/context.ts';
import { addDays } from '../schedule/days.ts';
import { dueAt, startBefore } from '../schedule/due-at.ts';
import { atLocal, dueMoment, localDay, waitMoment } from '../schedule/local-time.ts';
import { nextWorkingMoment } from '../schedule/working-time.ts';
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

/** What a field says of time: a day or an instant; of a reserved time its start, and its end where something is due. */
const whenIn = (value: unknown, edge: 'start' | 'end'): unknown =>
  typeof value === 'object' && value !== null && edge in value
    ? (value as { readonly [edge]: unknown })[edge]
    : value;

const moment = (given: unknown, of: typeof dueMoment, zone: string): Date | undefined => {
  const value = whenIn(given, of === dueMoment ? 'end' : 'start');
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

/** The moment a date field names, a day alone from 09:00; `undefined` where it is empty. */
export const momentIn = (field: string, facts: Facts, { pack }: Pick<Context, 'pack'>): Date | undefined =>
  moment(facts[field], waitMoment, pack.zone);

/** What is written as a moment: the day, or the instant, as the field takes it. */
export const writtenAt = (moment: 'now' | 'opening' | Span, isDay: boolean, context: Context): string => {
  const { now, company, pack } = context;
  const begun = () => nextWorkingMoment(now, company.calendarOf(pack));
  const at = moment === 'now' ? now : moment === 'opening' ? begun() : later(now, moment, context);
  return isDay ? localDay(at, context.pack.zone) : instantOf(at);
};

const momentOf = (
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
      const on = momentIn(at.field, facts, context);
      if (on === undefined) return at.else === undefined ? undefined : later(opened, at.else, context);
      return at.plus === undefined ? on : later(on, at.plus, context);
    }
    case 'morning': {
      const on = momentIn(at.field, facts, context);
      if (on === undefined) return undefined;
      const { zone } = context.pack;
      return atLocal(addDays(localDay(on, zone), -at.daysBefore), at.time, zone);
    }
    default:
      return at satisfies never;
  }
};

const reached = (
  at: Moment,
  opened: Date,
  due: Date | undefined,
  facts: Facts,
  context: Context,
): Date | undefined => {
  const then = momentOf(at, opened, due, facts, context);
  return 'past' in at && at.past === 'skip' && then !== undefined && then < opened ? undefined : then;
};

/** A task as far as its timers go. */
export type Timed = {
  readonly openedAt: Date;
  readonly due: Date | undefined;
  readonly late: readonly Rung[];
  readonly fired: readonly number[];
  /** rungs passed over, since their moment was past when it was set */
  readonly passed?: readonly number[] | undefined;
};

/** Whether a change of these fields moves the rung. */
const isMoved = (at: Moment, rule: Due | undefined, changed: ReadonlySet<string>): boolean => {
  if ('field' in at) return changed.has(at.field);
  return at.moment !== 'after' && [...fieldsOfDue(rule)].some((field) => changed.has(field));
};

/**
 * What is left of the rungs that fired, or were passed over, once these fields have changed: a rung that moves may fire
 * again, unless it passes over what is past and its new moment is.
 */
export const rungsAfter = (
  task: Timed,
  rule: Due | undefined,
  changed: ReadonlySet<string>,
  facts: Facts,
  context: Context,
): { fired: number[]; passed: number[] } => {
  const { late, fired, passed = [], openedAt, due } = task;
  const moved = new Set(late.flatMap(({ at }, index) => (isMoved(at, rule, changed) ? [index] : [])));
  const isPast = (index: number): boolean => {
    const at = late[index]?.at;
    if (at === undefined || !('past' in at) || at.past !== 'skip') return false;
    const then = momentOf(at, openedAt, due, facts, context);
    return then !== undefined && then < context.now;
  };
  return {
    fired: fired.filter((index) => !moved.has(index)),
    passed: [...passed.filter((index) => !moved.has(index)), ...[...moved].filter(isPast)],
  };
};

/**
 * What a task shows once these rungs have fired: red if one of them says so, late where a rung says nothing; the reminder of
 * a morning is about what is still to come.
 */
export const shownMark = (late: readonly Rung[], fired: readonly number[]): Rung['mark'] => {
  const marks = fired.flatMap((index) => {
    const rung = late[index];
    if (rung?.mark !== undefined) return [rung.mark];
    return rung?.at.moment === 'morning' ? [] : ['late' as const];
  });
  return marks.includes('red') ? 'red' : marks[0];
};

/** Rungs that have not fired, in the order of time; `index` is the rung's place in the definition. */
export const rungsAhead = (task: Timed, facts: Facts, context: Context): { index: number; at: Date }[] =>
  task.late
    .flatMap((rung, index) => {
      const at =
        task.fired.includes(index) || task.passed?.includes(index)
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

const fieldsOfDue = (due: Due | undefined): ReadonlySet<string> => {
  switch (due?.due) {
    case 'at':
      return new Set([due.field, ...fieldsOfDue(due.else)]);
    case 'by':
      return new Set([
        due.field,
        ...Object.values(due.cases).flatMap((one) => [...fieldsOfDue(one)]),
        ...fieldsOfDue(due.else),
      ]);
    default:
      return new Set();
  }
};

/** Fields a due rule and a ladder look at; a change of one of them sets the timers anew. */
export const fieldsOfTimers = (rule: Due | undefined, late: readonly Rung[]): ReadonlySet<string> =>
  new Set([...fieldsOfDue(rule), ...late.flatMap(({ at }) => ('field' in at ? [at.field] : []))]);
