import { isNothing, nothing } from './ahead.ts';
import { add, type Draft, type Entry, settle } from './entry.ts';
import { named } from './names.ts';

/**
 * What follows a pause or a join: facts and timers are as old there as the answer before it, so whatever needs them
 * looks at the deal first.
 */
export const fresh = (draft: Draft, step: string, next: Entry): Entry => {
  if (isNothing(next.needs)) return next;
  const name = add(draft, {
    kind: 'look',
    name: named(step, 'look at the deal again'),
    comment: 'Time has passed since the deal was last read',
    from: step,
    ahead: next.needs,
    keeps: next.carry.size > 0,
    keepsRung: false,
    to: settle(draft, next),
  });
  return { to: name, needs: nothing, carry: next.carry };
};
