/** A timer armed on a clock; cancelling it twice, or after it fired, changes nothing. */
export type Timer = { readonly due: number; cancel(): void };

/** Virtual time: every wait of the local runtime hangs on one of these, never on the wall clock. */
export type Clock = {
  now(): Date;
  /** Arms a timer for `due` (epoch ms). A past instant fires next; ties fire in the order of arming. */
  at(due: number, fire: () => void): Timer;
  /** Steps forward: stands at each timer's due time, fires it, settles, and only then moves on. */
  advance(ms: number): Promise<void>;
  /** Like `advance`, to an instant; an instant in the past only settles, since time never goes back. */
  advanceTo(instant: Date | string | number): Promise<void>;
  /** Fires what is already due and runs all drains until none found work. */
  settle(): Promise<void>;
  /** Adds a drain; it answers true if it found something to do. Returns its removal. */
  onSettle(drain: () => Promise<boolean>): () => void;
  /** Whether it is advancing or settling right now, and so asks the drains itself. */
  isStepping(): boolean;
  /** Follows real time, `speed` times faster, with one real timer for the next due instant. */
  follow(speed?: number): void;
  /** Stops following: virtual time stands where it is. */
  stand(): void;
  /** Due time of the earliest armed timer. */
  next(): number | undefined;
};

type Armed = { due: number; order: number; place: number; fire: () => void };

/** `setTimeout` takes 31 bits; a farther instant is reached in several naps. */
const LONGEST_NAP = 2 ** 31 - 1;

const before = (a: Armed, b: Armed): boolean => a.due < b.due || (a.due === b.due && a.order < b.order);

/** A binary heap that knows each timer's place, so that cancelling leaves nothing behind. */
const createHeap = () => {
  const heap: Armed[] = [];
  const put = (timer: Armed, place: number) => {
    heap[place] = timer;
    timer.place = place;
  };
  const up = (timer: Armed, from: number) => {
    let place = from;
    while (place > 0) {
      const above = heap[(place - 1) >> 1] as Armed;
      if (!before(timer, above)) break;
      put(above, place);
      place = (place - 1) >> 1;
    }
    put(timer, place);
  };
  const down = (timer: Armed, from: number) => {
    let place = from;
    for (;;) {
      const left = heap[2 * place + 1];
      const right = heap[2 * place + 2];
      const least = left && right && before(right, left) ? right : left;
      if (!least || !before(least, timer)) break;
      const hole = least.place;
      put(least, place);
      place = hole;
    }
    put(timer, place);
  };
  return {
    first: (): Armed | undefined => heap[0],
    add: (timer: Armed) => up(timer, heap.length),
    remove(timer: Armed) {
      if (timer.place < 0) return;
      const { place } = timer;
      const last = heap.pop() as Armed;
      timer.place = -1;
      if (last === timer) return;
      if (place > 0 && before(last, heap[(place - 1) >> 1] as Armed)) up(last, place);
      else down(last, place);
    },
  };
};

const toMs = (instant: Date | string | number): number => {
  const ms = typeof instant === 'number' ? instant : new Date(instant).getTime();
  if (!Number.isFinite(ms)) {
    throw new RangeError(
      `the clock cannot go to ${String(instant)}: give an ISO 8601 instant, a Date or epoch ms`,
    );
  }
  return ms;
};

/**
 * A clock that stands at `now` until it is advanced or told to follow real time.
 *
 * Advances queue up behind each other, so awaiting one from inside a timer or a drain would wait for itself.
 */
export const createClock = (options: { now: Date | string }): Clock => {
  const heap = createHeap();
  const drains = new Set<() => Promise<boolean>>();
  let stood = toMs(options.now);
  let order = 0;
  let turn: Promise<void> = Promise.resolve();
  let busy = 0;
  let following: { since: number; from: number; speed: number } | undefined;
  let nap: ReturnType<typeof setTimeout> | undefined;

  // While following, time stands at the next due instant until its timer has run, so it never goes back.
  const current = (): number => {
    if (!following || busy > 0) return stood;
    const mapped = Math.floor(following.from + (Date.now() - following.since) * following.speed);
    stood = Math.max(stood, Math.min(mapped, heap.first()?.due ?? mapped));
    return stood;
  };

  const settleOnce = async () => {
    let found = true;
    while (found) {
      found = false;
      for (const drain of [...drains]) found = (await drain()) || found;
    }
  };

  const step = async (target: number) => {
    await settleOnce();
    for (let timer = heap.first(); timer && timer.due <= Math.max(target, stood); timer = heap.first()) {
      heap.remove(timer);
      stood = Math.max(stood, timer.due);
      timer.fire();
      await settleOnce();
    }
    stood = Math.max(stood, target);
  };

  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const done = turn.then(async () => {
      current();
      busy += 1;
      try {
        await work();
      } finally {
        busy -= 1;
        if (following && busy === 0) {
          following = { ...following, since: Date.now(), from: Math.max(stood, mappedNow(following)) };
        }
        sleep();
      }
    });
    turn = done.catch(() => undefined);
    return done;
  };

  const mappedNow = (pace: { since: number; from: number; speed: number }) =>
    pace.from + (Date.now() - pace.since) * pace.speed;

  const sleep = () => {
    clearTimeout(nap);
    nap = undefined;
    const first = heap.first();
    if (!following || busy > 0 || !first) return;
    const ms = Math.max(0, Math.ceil((first.due - mappedNow(following)) / following.speed));
    nap = setTimeout(
      () => {
        if (!following) return;
        const reached = mappedNow(following);
        // Timers that fell due while others ran are still met one by one, each at its own instant.
        inTurn(() => step(Math.min(reached, heap.first()?.due ?? reached))).catch(fail);
      },
      Math.min(ms, LONGEST_NAP),
    );
  };

  // A timer or drain that throws while nobody awaits an advance has to be heard, not swallowed.
  const fail = (reason: unknown) => {
    queueMicrotask(() => {
      throw reason;
    });
  };

  return {
    now: () => new Date(current()),
    at(due, fire) {
      const timer: Armed = { due: Math.max(toMs(due), current()), order: order++, place: -1, fire };
      heap.add(timer);
      if (following) {
        if (heap.first() === timer) sleep();
      } else if (timer.due <= stood && busy === 0) {
        inTurn(() => step(stood)).catch(fail);
      }
      return {
        due: timer.due,
        cancel() {
          const first = heap.first() === timer;
          heap.remove(timer);
          if (first && following) sleep();
        },
      };
    },
    advance: (ms) => inTurn(() => step(stood + Math.max(0, ms))),
    async advanceTo(instant) {
      const target = toMs(instant);
      await inTurn(() => step(target));
    },
    settle: () => inTurn(() => step(stood)),
    onSettle(drain) {
      drains.add(drain);
      return () => drains.delete(drain);
    },
    isStepping: () => busy > 0,
    follow(speed = 1) {
      if (!(speed > 0))
        throw new RangeError(`the clock cannot follow at speed ${speed}: give a number above 0`);
      following = { since: Date.now(), from: current(), speed };
      sleep();
    },
    stand() {
      current();
      following = undefined;
      sleep();
    },
    next: () => heap.first()?.due,
  };
};
