import { type Draft, stop } from './entry.ts';
import { type Block, nextOf, type Target } from './states.ts';

/** A draft closed: the states that can be reached from its start, in reading order. */
export const closed = (draft: Draft, start: Target, from: string): Block => {
  const first = start === 'end' ? stop(draft, from) : start;
  const reached = new Set<string>();
  const visit = (target: Target): void => {
    const state = target === 'end' ? undefined : draft.states.get(target);
    if (state === undefined || reached.has(state.name)) return;
    reached.add(state.name);
    nextOf(state).forEach(visit);
  };
  visit(first);
  return Object.freeze({
    start: first,
    states: [...reached].flatMap((name) => draft.states.get(name) ?? []),
  });
};
