import { type Clock, createClock } from './clock.ts';
import type { State } from './state/state.ts';

const key = 'clock';

/**
 * A clock that goes on where it stood, however the process ended: an instant is on disk before anything happens at it, so
 * time never goes back behind what was done.
 *
 * @param options.now - where it begins, unless it has been further already
 */
export const keptClock = (options: { now: Date | string; state: State }): Clock => {
  const { state } = options;
  const first = new Date(options.now).getTime();
  const clock = createClock({ now: new Date(Math.max(first, state.get<number>(key) ?? first)) });
  let kept: number | undefined;
  const keep = (): void => {
    const now = clock.now().getTime();
    if (now === kept) return;
    state.set(key, now);
    kept = now;
  };
  keep();
  return {
    ...clock,
    at: (due, fire) =>
      clock.at(due, () => {
        keep();
        fire();
      }),
    advance: (ms) => clock.advance(ms).then(keep),
    advanceTo: (instant) => clock.advanceTo(instant).then(keep),
  };
};
