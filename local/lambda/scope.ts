import type { Clock, Timer } from '../clock.ts';

/** A clock whose timers and drains are taken off again together, when the runtime that armed them stops. */
export const scopedClock = (clock: Clock): Clock & { release(): void } => {
  const timers = new Set<Timer>();
  const drains = new Set<() => void>();
  return {
    ...clock,
    at: (due, fire) => {
      const timer = clock.at(due, () => {
        timers.delete(scoped);
        fire();
      });
      const scoped: Timer = {
        due: timer.due,
        cancel: () => {
          timers.delete(scoped);
          timer.cancel();
        },
      };
      timers.add(scoped);
      return scoped;
    },
    onSettle: (drain) => {
      const remove = clock.onSettle(drain);
      drains.add(remove);
      return () => {
        drains.delete(remove);
        remove();
      };
    },
    release: () => {
      for (const timer of [...timers]) timer.cancel();
      for (const remove of drains) remove();
      drains.clear();
    },
  };
};
