import type { Ahead } from '../../schemas/task.ts';

export const nothing: Ahead = Object.freeze({ facts: [], timers: {} });

/** What several ways together need. */
export const together = (...needs: readonly Ahead[]): Ahead => ({
  facts: [...new Set(needs.flatMap(({ facts }) => facts))].sort(),
  timers: Object.assign({}, ...needs.map(({ timers }) => timers)),
});

export const isNothing = ({ facts, timers }: Ahead): boolean =>
  facts.length === 0 && Object.keys(timers).length === 0;
