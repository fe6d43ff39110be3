import type { Clock } from '../clock.ts';
import { Pause } from './expression.ts';
import { step } from './interpreter.ts';
import type { Live } from './live.ts';
import type { Run } from './run.ts';
import type { Change, Machine, Store } from './store.ts';

export type Turns = ReturnType<typeof createTurns>;

type Options = {
  readonly clock: Clock;
  readonly store: Store;
  readonly chance: () => number;
  /** What follows from a turn, once it is in the store: only then are services asked and listeners told. */
  readonly kept: (changes: readonly Change[]) => void;
};

/** Moves executions in turns: all that is ready moves, then everything that moved is committed at once. */
export const createTurns = ({ clock, store, chance, kept }: Options) => {
  const counts = { total: 0, machines: new Map<string, number>() };
  let ready: Live[] = [];
  let changedMachines = new Set<Machine>();
  let scheduled = false;
  let pending = 0;
  let closed = false;
  // Set by a commit that failed: frames are then ahead of the store, so nothing may be answered any more.
  let broken: { reason: unknown } | undefined;
  let committed: { done: Promise<void>; resolve: () => void; reject: (reason: unknown) => void } | undefined;
  let quietWaiters: (() => void)[] = [];

  const quiet = () => !scheduled && pending === 0;
  const tellQuiet = () => {
    if (!quiet() || quietWaiters.length === 0) return;
    const waiters = quietWaiters;
    quietWaiters = [];
    for (const tell of waiters) tell();
  };
  const hold = () => {
    pending += 1;
  };
  const release = () => {
    pending -= 1;
    tellQuiet();
  };

  const schedule = () => {
    if (scheduled) return;
    scheduled = true;
    queueMicrotask(pump);
  };

  /** Resolves once everything up to here is in the store. */
  const commitment = (): Promise<void> => {
    if (broken) return Promise.reject(broken.reason);
    if (!committed) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      committed = { done: promise, resolve, reject };
    }
    schedule();
    return committed.done;
  };

  const queue = (one: Live) => {
    if (!one.queued) {
      one.queued = true;
      ready.push(one);
    }
    schedule();
  };

  const runOf = (one: Live): Run => {
    const { execution } = one;
    const now = clock.now().getTime();
    return {
      execution,
      program: one.program,
      now,
      chance,
      memos: one.memos,
      record(type, previous, details) {
        one.fresh.push(
          details ? { t: type, p: previous, at: now, d: details } : { t: type, p: previous, at: now },
        );
        execution.events += 1;
        return execution.events;
      },
      wake: (line) => void one.queue.push(line),
      effect: (effect) => void one.effects.push(effect),
    };
  };

  const move = (one: Live, act: (run: Run) => void) => {
    act(runOf(one));
    queue(one);
  };

  const drainQueue = (one: Live) => {
    const { execution } = one;
    const run = runOf(one);
    for (let line = one.queue.shift(); line; line = one.queue.shift()) {
      if (execution.lines[line.id] !== line) continue;
      try {
        step(run, line);
      } catch (reason) {
        if (!(reason instanceof Pause)) throw reason;
        hold();
        const paused = line;
        reason.ready.then(() => {
          if (execution.lines[paused.id] === paused) {
            one.queue.push(paused);
            queue(one);
          }
          release();
        });
      }
    }
  };

  const count = (one: Live) => {
    const { machine, transitions } = one.execution;
    counts.total += transitions - one.counted;
    counts.machines.set(machine, (counts.machines.get(machine) ?? 0) + transitions - one.counted);
    one.counted = transitions;
  };

  const pump = () => {
    const settling = committed;
    if (closed || broken) {
      scheduled = false;
      committed = undefined;
      settling?.reject(broken ? broken.reason : new Error('the states engine is closed'));
      tellQuiet();
      return;
    }
    const batch: Live[] = [];
    const changes: Change[] = [];
    try {
      while (ready.length > 0) {
        const turn = ready;
        ready = [];
        for (const one of turn) {
          one.queued = false;
          drainQueue(one);
          batch.push(one);
        }
      }
      for (const one of new Set(batch)) {
        changes.push({ execution: one.execution, events: one.fresh });
        count(one);
      }
      store.commit(changes, [...changedMachines]);
      changedMachines = new Set();
      committed = undefined;
      scheduled = false;
      settling?.resolve();
    } catch (reason) {
      broken = { reason };
      committed = undefined;
      scheduled = false;
      settling?.reject(reason);
      tellQuiet();
      if (!settling) throw reason;
      return;
    }
    kept(changes);
    tellQuiet();
  };

  return {
    counts,
    commitment,
    /** The commit that is on its way, if one is. */
    underWay: (): Promise<void> | undefined => committed?.done,
    queue,
    move,
    keep(machine: Machine): Promise<void> {
      changedMachines.add(machine);
      return commitment();
    },
    /** While something is held, the engine is not quiet: somebody is about to answer. */
    hold,
    release,
    quiet,
    /** Resolves when nothing moves. */
    async idle(): Promise<void> {
      while (!quiet()) await new Promise<void>((tell) => quietWaiters.push(tell));
    },
    isClosed: () => closed,
    close() {
      closed = true;
    },
  };
};
