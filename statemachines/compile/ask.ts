import type { ActiveStep } from '../../schemas/step.ts';
import type { Ahead } from '../../schemas/task.ts';
import { isNothing } from './ahead.ts';
import type { RunWord } from './condition.ts';
import { add, type Draft, type Entry, settle } from './entry.ts';
import { commented, named, titleOf } from './names.ts';
import type { Patience } from './states.ts';
import { needsOf, withoutNeeds } from './words.ts';

type Asking = Exclude<ActiveStep, { do: 'look' }>;

/** How an asking state is armed: what its timers are made from, and what a time-out means. */
export type Arming = Readonly<{ needs: Ahead; timeout: 'year' | 'rung' | 'turn' }>;

/** Waits as long as it takes: a year is the longest an execution may last. */
export const untimed: Arming = { needs: { facts: [], timers: {} }, timeout: 'year' };

/** A state that waits for its task token, and, if it has timers, the one that sets them anew. */
export const ask = (
  draft: Draft,
  step: Asking,
  about: string,
  { needs, timeout }: Arming,
  next: Entry,
  answers: readonly RunWord[] = ['outcome'],
): Entry => {
  const name = titleOf(step.id);
  const carry: ReadonlySet<RunWord> = new Set([...next.carry].filter((word) => !answers.includes(word)));
  if (!isNothing(needs))
    add(draft, {
      kind: 'look',
      name: anewOf(step.id),
      comment: 'A due date, the assignee or the next turn asks for other timers',
      from: step.id,
      ahead: needs,
      keeps: carry.size > 0,
      keepsRung: timeout === 'turn',
      to: name,
    });
  add(draft, {
    kind: 'ask',
    name,
    comment: commented(about, needsOf(step)),
    from: step.id,
    step: withoutNeeds(step),
    ahead: next.needs,
    keeps: carry.size > 0,
    patience: patienceOf(step.id, timeout),
    to: settle(draft, next),
  });
  return { to: name, needs, carry };
};

const anewOf = (id: string): string => named(id, 'set the timers anew');

const patienceOf = (id: string, timeout: Arming['timeout']): Patience => {
  switch (timeout) {
    case 'year':
      return { kind: 'year' };
    case 'rung':
      return { kind: 'ladder', anew: anewOf(id) };
    case 'turn':
      return { kind: 'turns', anew: anewOf(id) };
    default:
      return timeout satisfies never;
  }
};
