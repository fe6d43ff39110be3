import type { Clock, Timer } from '../clock.ts';
import type { State } from '../state/state.ts';
import { latestWithin, type Occasions } from './expression.ts';

/** What has become of something recurring; instants are epoch ms. */
export type Progress = { next?: number | undefined };

/** Recurring things armed on the clock, each by a key, with their progress on disk. */
export type Alarms<T extends Progress> = {
  /** Keeps `entry` and waits for its `next`; one that is past fires at once, for the latest occasion it missed. */
  arm(key: string, entry: T): void;
  disarm(key: string): void;
  stop(): void;
};

/**
 * Creates alarms. At each occasion `fire` and the new progress become durable together, so that a killed process
 * neither loses an occasion nor fires it twice.
 *
 * @param options.fire - owes whatever the occasion causes, synchronously
 * @param options.over - after the last occasion
 */
export const createAlarms = <T extends Progress>(options: {
  clock: Clock;
  state: State;
  occasionsOf: (entry: T) => Occasions & { until?: number | undefined };
  fire: (entry: T, occasion: number) => void;
  over: (key: string, entry: T) => void;
}): Alarms<T> => {
  const { clock, state } = options;
  const timers = new Map<string, Timer>();

  const arm = (key: string, entry: T): void => {
    timers.get(key)?.cancel();
    timers.delete(key);
    state.set(key, entry);
    if (entry.next === undefined) return;
    timers.set(
      key,
      clock.at(entry.next, () => meet(key, entry)),
    );
  };

  const meet = (key: string, entry: T): void => {
    const { next: due } = entry;
    if (due === undefined) return;
    timers.delete(key);
    const occasions = options.occasionsOf(entry);
    const now = clock.now().getTime();
    const last = Math.min(now, occasions.until ?? now);
    const occasion = occasions.kind === 'at' ? due : (latestWithin(occasions, due, last) ?? due);
    const after = occasions.next(Math.max(occasion, now));
    const next = after !== undefined && after <= (occasions.until ?? after) ? after : undefined;
    state.atomically(() => {
      options.fire(entry, occasion);
      const moved = { ...entry, next };
      arm(key, moved);
      if (next === undefined) options.over(key, moved);
    });
  };

  return {
    arm,
    disarm: (key) => {
      timers.get(key)?.cancel();
      timers.delete(key);
      state.delete(key);
    },
    stop: () => {
      for (const timer of timers.values()) timer.cancel();
      timers.clear();
    },
  };
};
