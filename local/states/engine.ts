import type { Clock, Timer } from '../clock.ts';
import type { Program } from './definition.ts';
import { ApiError, ServiceError } from './errors.ts';
import { Pause } from './expression.ts';
import type { EventRecord, Execution, Line, Status } from './frame.ts';
import { expand, type HistoryEvent } from './history.ts';
import { parseInput } from './input.ts';
import { step } from './interpreter.ts';
import { exceeds, type Json, type JsonObject } from './json.ts';
import { endNow } from './line.ts';
import { machineCalls } from './machine-calls.ts';
import { checkName, createRegistry, type Registry } from './machines.ts';
import { describeNested, nestedName } from './nested.ts';
import { checkRedrivable, resume } from './redrive.ts';
import { type Effect, nodeOf, type Run } from './run.ts';
import { asFailure, type ServiceCall, type Services, toJson } from './services.ts';
import type { Change, Machine, Store } from './store.ts';
import { answerTask, failTask, ring, submitTask, succeedTask } from './task.ts';
import { readToken } from './token.ts';

export type ExecutionEvent = { execution: Readonly<Execution>; status: Status; at: Date };

export type EngineOptions = {
  clock: Clock;
  store: Store;
  services: Services;
  region?: string;
  account?: string;
  /** Fractions for jitter and `$random`; by default `Math.random`. */
  chance?: () => number;
  /** Called for each history event once it is kept. */
  log?: (entry: { execution: string; event: EventRecord; id: number }) => void;
  /** Who runs `states:startExecution` tasks: this engine, or the services port. */
  nested?: 'engine' | 'services';
};

const YEAR = 365 * 86_400_000;
const NAME_KEPT = 90 * 86_400_000;
const NEVER = Number.MAX_SAFE_INTEGER;

/** A running execution with what need not outlive the process. */
type Live = {
  execution: Execution;
  program: Program;
  queue: Line[];
  fresh: EventRecord[];
  effects: Effect[];
  timers: Map<number, Timer>;
  memos: Run['memos'];
  queued: boolean;
  /** Transitions of the execution that are in the engine's counts. */
  counted: number;
  deadline?: Timer;
};

export const createEngine = (options: EngineOptions) => {
  const { clock, store, services, log } = options;
  const region = options.region ?? 'us-east-1';
  const account = options.account ?? '111111111111';
  const chance = options.chance ?? Math.random;
  const arnOf = (kind: string, rest: string) => `arn:aws:states:${region}:${account}:${kind}:${rest}`;
  const registry: Registry = createRegistry(store.machines(), arnOf('stateMachine', ''));
  const live = new Map<string, Live>();
  /** Executions that a `.sync` task waits for, by its token. */
  const nested = new Map<string, Live>();
  const listeners = new Set<(event: ExecutionEvent) => void>();
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
        pending += 1;
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
    for (const { execution, events } of changes) {
      const one = live.get(execution.arn);
      if (one) perform(one, events);
    }
    tellQuiet();
  };

  const perform = (one: Live, events: readonly EventRecord[]) => {
    const { execution, effects } = one;
    one.fresh = [];
    one.effects = [];
    if (log) {
      const first = execution.events - events.length + 1;
      events.forEach((event, n) => {
        loud(() => log({ execution: execution.arn, event, id: first + n }));
      });
    }
    if (events[0]?.t === 'ExecutionStarted' || events[0]?.t === 'ExecutionRedriven')
      tell(execution, 'RUNNING');
    for (const effect of effects) {
      switch (effect.kind) {
        case 'gone':
          silence(one, effect.line.id);
          stopNested(effect.line);
          break;
        case 'arm':
          if (execution.lines[effect.line.id] === effect.line) arm(one, effect.line);
          break;
        case 'invoke':
          if (execution.lines[effect.line.id] === effect.line) invoke(one, effect.line);
          break;
        case 'ended':
          live.delete(execution.arn);
          if (execution.waiter) nested.delete(execution.waiter.token);
          one.deadline?.cancel();
          tell(execution, execution.status);
          answerWaiter(execution);
          break;
        default:
          effect satisfies never;
      }
    }
  };

  // A listener that throws is a fault of its own: it is heard, but keeps nothing else from happening.
  const loud = (act: () => void) => {
    try {
      act();
    } catch (reason) {
      queueMicrotask(() => {
        throw reason;
      });
    }
  };

  const tell = (execution: Execution, status: Status) => {
    const at = new Date(
      status === 'RUNNING' ? execution.startedAt : (execution.stoppedAt ?? execution.startedAt),
    );
    for (const listener of listeners) loud(() => listener({ execution, status, at }));
  };

  const silence = (one: Live, line: number) => {
    one.timers.get(line)?.cancel();
    one.timers.delete(line);
  };

  const dueOf = (execution: Execution, line: Line) =>
    Math.min(line.due ?? NEVER, line.phase === 'open' ? (line.beatDue ?? NEVER) : NEVER, execution.deadline);

  const arm = (one: Live, line: Line) => {
    silence(one, line.id);
    const due = dueOf(one.execution, line);
    one.timers.set(
      line.id,
      clock.at(due, () => {
        one.timers.delete(line.id);
        if (closed || one.execution.lines[line.id] !== line) return;
        if (due >= one.execution.deadline) expire(one);
        else move(one, (run) => ring(run, line));
      }),
    );
  };

  const expire = (one: Live) => {
    if (one.execution.status === 'RUNNING')
      move(one, (run) => endNow(run, 'TIMED_OUT', { error: 'States.Timeout' }));
  };

  const sleeper = (ms: number): Promise<void> => {
    release();
    return new Promise((wake) => {
      clock.at(clock.now().getTime() + ms, () => {
        pending += 1;
        wake();
      });
    });
  };

  const invoke = (one: Live, line: Line) => {
    const { execution } = one;
    const node = nodeOf(one.program, line);
    const { resource } = node;
    if (!resource) return;
    const { scheduled: attempt, token } = line;
    const call: ServiceCall = {
      resource: resource.call,
      arguments: line.arguments ?? null,
      executionArn: execution.arn,
      stateName: node.name,
      sleep: sleeper,
    };
    if (token) call.taskToken = token;
    if (line.due !== undefined) call.timeoutAt = line.due;
    pending += 1;
    const own = resource.call === 'states:startExecution' && options.nested !== 'services';
    const ask = async () => (own ? startNested(call, resource.resource) : services(call));
    const asked = ask();
    const here = () =>
      !closed && execution.lines[line.id] === line && line.scheduled === attempt && line.phase === 'open';
    asked.then(
      (value) => {
        if (here()) {
          const output = toJson(value);
          move(one, (run) => (token ? submitTask(run, line, output) : succeedTask(run, line, output)));
          if (!token) silence(one, line.id);
        }
        release();
      },
      (reason: unknown) => {
        if (here()) {
          silence(one, line.id);
          // A token that was answered has ended its task, whatever became of the call that carried it.
          move(one, (run) => (line.answer ? answerTask(run, line) : failTask(run, line, asFailure(reason))));
        }
        release();
      },
    );
  };

  const startNested = async (call: ServiceCall, form: string): Promise<unknown> => {
    const { StateMachineArn, Input, Name } = (call.arguments ?? {}) as JsonObject;
    const input = typeof Input === 'string' ? Input : JSON.stringify(Input ?? {});
    try {
      const started = await start({
        stateMachineArn: String(StateMachineArn),
        input,
        // The same attempt called again after a restart is the same child.
        name: typeof Name === 'string' ? Name : nestedName(call),
        ...(call.taskToken && form.includes('.sync')
          ? { waiter: { token: call.taskToken, parsed: form.endsWith(':2') } }
          : {}),
      });
      return { ExecutionArn: started.executionArn, StartDate: started.startDate.toISOString() };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const name = error.name.endsWith('Exception') ? error.name : `${error.name}Exception`;
      throw new ServiceError({
        error: `StepFunctions.${name}`,
        cause: `${error.message} (Service: AWSStepFunctions; Status Code: 400; Error Code: ${error.name}; Request ID: local; Proxy: null)`,
      });
    }
  };

  const stopNested = (line: Line) => {
    const one = line.token === undefined ? undefined : nested.get(line.token);
    if (one?.execution.status === 'RUNNING') move(one, (run) => endNow(run, 'ABORTED', {}));
  };

  const answerWaiter = (execution: Execution) => {
    const { waiter } = execution;
    if (!waiter) return;
    const ended = describeNested(execution, waiter.parsed);
    const answer =
      execution.status === 'SUCCEEDED'
        ? { output: ended }
        : { failure: { error: 'States.TaskFailed', cause: JSON.stringify(ended) } };
    try {
      give(waiter.token, answer);
    } catch (error) {
      // The waiting task is gone: timed out, stopped or caught; nobody wants the answer any more.
      if (!(error instanceof ApiError)) throw error;
    }
  };

  const lineOfToken = (token: string): { one: Live; line: Line } => {
    const parts = readToken(token);
    if (!parts) throw new ApiError('InvalidToken', `Invalid Token: 'Invalid token'`);
    const one = live.get(parts.execution);
    const line = one?.execution.lines[parts.line];
    if (!one || !line || line.token !== token || line.answer) {
      throw new ApiError('TaskTimedOut', `Task Timed Out: 'Provided task does not exist anymore'`);
    }
    return { one, line };
  };

  const give = (token: string, answer: NonNullable<Line['answer']>) => {
    const { one, line } = lineOfToken(token);
    silence(one, line.id);
    move(one, (run) => {
      line.answer = answer;
      if (line.submitted) answerTask(run, line);
    });
  };

  const take = (execution: Execution): Live => {
    const machine = registry.byArn(execution.machine);
    if (!machine) throw new Error(`the store has the execution ${execution.arn}, but not its machine`);
    const one: Live = {
      execution,
      program: registry.programOf(machine, execution.revision),
      queue: [],
      fresh: [],
      effects: [],
      timers: new Map(),
      memos: new Map(),
      queued: false,
      counted: execution.transitions,
    };
    live.set(execution.arn, one);
    if (execution.waiter) nested.set(execution.waiter.token, one);
    return one;
  };

  const sameJson = (a: Json, b: Json): boolean => JSON.stringify(a) === JSON.stringify(b);

  type Start = {
    stateMachineArn: string;
    name?: string | undefined;
    input?: string | undefined;
    waiter?: NonNullable<Execution['waiter']>;
  };

  const start = async ({ stateMachineArn, name = crypto.randomUUID(), input: text, waiter }: Start) => {
    const { machine, revision, qualifier } = registry.resolve(stateMachineArn);
    checkName(name);
    const input = parseInput(text);
    const now = clock.now().getTime();
    const arn = arnOf('execution', `${machine.name}:${name}`);
    const known = live.get(arn)?.execution ?? store.execution(arn);
    if (known) {
      if (known.status === 'RUNNING' && sameJson(known.input, input)) {
        if (committed) await committed.done;
        return { executionArn: arn, startDate: new Date(known.startedAt) };
      }
      // The service forgets an execution, and frees its name, 90 days after it ended.
      if (known.status === 'RUNNING' || now - (known.stoppedAt ?? now) < NAME_KEPT) {
        throw new ApiError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
      }
    }
    const program = registry.programOf(machine, revision.revision);
    const limit = program.timeoutSeconds === undefined ? YEAR : Math.min(YEAR, program.timeoutSeconds * 1000);
    const line: Line = {
      id: 1,
      parent: 0,
      index: 0,
      branch: '',
      state: program.branches.get('')?.startAt ?? '',
      phase: 'enter',
      input,
      vars: {},
      last: 0,
      entered: 0,
      enteredAt: 0,
    };
    const execution: Execution = {
      arn,
      name,
      machine: machine.arn,
      revision: revision.revision,
      status: 'RUNNING',
      input,
      startedAt: now,
      deadline: now + limit,
      events: 0,
      transitions: 0,
      lineIds: 1,
      lines: { 1: line },
    };
    if (qualifier !== undefined) execution.qualifier = qualifier;
    if (waiter) execution.waiter = waiter;
    const one = take(execution);
    if (program.timeoutSeconds !== undefined) one.deadline = clock.at(execution.deadline, () => expire(one));
    move(one, (run) => {
      run.record('ExecutionStarted', 0, { input });
      run.wake(line);
    });
    await commitment();
    return { executionArn: arn, startDate: new Date(now) };
  };

  const found = (arn: string): Execution => {
    const execution = live.get(arn)?.execution ?? store.execution(arn);
    if (!execution) {
      if (!/^arn:aws[\w-]*:states:[\w-]*:\d*:execution:[^:]+:[^:]+$/.test(arn))
        throw new ApiError('InvalidArn', `Invalid Arn: '${arn}'`);
      throw new ApiError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
    }
    return execution;
  };

  const keep = (machine: Machine): Promise<void> => {
    changedMachines.add(machine);
    return commitment();
  };

  // Executions left running: their timers are armed from the frames, and what was under way is asked again.
  for (const execution of store.open()) {
    const one = take(execution);
    if (one.program.timeoutSeconds !== undefined)
      one.deadline = clock.at(execution.deadline, () => expire(one));
    for (const line of Object.values(execution.lines)) {
      if (line.phase === 'open') {
        if (line.token || line.due !== undefined || line.beatDue !== undefined) arm(one, line);
        // Not called from in here: the services may want this engine, which is still being made.
        if (!line.submitted) one.effects.push({ kind: 'invoke', line });
      } else if (line.phase === 'rest') arm(one, line);
      else one.queue.push(line);
    }
    if (one.queue.length > 0 || one.effects.length > 0) queue(one);
  }

  const idle = async (): Promise<void> => {
    while (!quiet()) await new Promise<void>((tell) => quietWaiters.push(tell));
  };

  const removeDrain = clock.onSettle(async () => {
    if (quiet()) return false;
    await idle();
    return true;
  });

  return {
    region,
    account,
    clock,

    ...machineCalls({ registry, clock, keep }),

    /** Removes a machine and stops its executions. */
    async deleteStateMachine(stateMachineArn: string): Promise<void> {
      const machine = registry.byArn(stateMachineArn);
      if (!machine) return;
      for (const one of live.values()) {
        if (one.execution.machine === machine.arn) move(one, (run) => endNow(run, 'ABORTED', {}));
      }
      await commitment();
      registry.remove(machine.arn);
      store.forget(machine.arn);
    },

    /** Starts an execution; the same name with the same input is the one already running. */
    startExecution: (request: {
      stateMachineArn: string;
      name?: string | undefined;
      input?: string | undefined;
    }) => start(request),

    async stopExecution(request: { executionArn: string; error?: string; cause?: string }) {
      const execution = found(request.executionArn);
      const one = live.get(execution.arn);
      if (one && execution.status === 'RUNNING') {
        const { error, cause } = request;
        move(one, (run) =>
          endNow(run, 'ABORTED', {
            ...(error === undefined ? {} : { error }),
            ...(cause === undefined ? {} : { cause }),
          }),
        );
        await commitment();
      }
      return { stopDate: new Date(execution.stoppedAt ?? clock.now().getTime()) };
    },

    /** Takes an execution that ended otherwise than well up again in the states where it stood. */
    async redriveExecution(request: { executionArn: string }) {
      const execution = found(request.executionArn);
      const now = clock.now().getTime();
      checkRedrivable(execution, now);
      const one = take(execution);
      const { timeoutSeconds } = one.program;
      if (timeoutSeconds !== undefined) {
        execution.deadline = Math.min(execution.startedAt + YEAR, now + timeoutSeconds * 1000);
        one.deadline = clock.at(execution.deadline, () => expire(one));
      }
      move(one, resume);
      await commitment();
      return { redriveDate: new Date(now) };
    },

    describeExecution: (executionArn: string): Readonly<Execution> => found(executionArn),

    /** The whole history so far, expanded; paging is the wire's concern. */
    getExecutionHistory(
      executionArn: string,
      range: { from?: number; to?: number; reverseOrder?: boolean } = {},
    ): HistoryEvent[] {
      const { arn } = found(executionArn);
      const records = store.history(arn);
      const ids = Array.from({ length: records.length }, (_, n) =>
        range.reverseOrder ? records.length - n : n + 1,
      );
      return ids
        .slice(range.from ?? 0, range.to)
        .map((id) => expand(records[id - 1] as EventRecord, id, region));
    },

    listExecutions(request: { stateMachineArn: string; status?: Status | undefined }): Readonly<Execution>[] {
      const { machine, qualifier } = registry.resolve(request.stateMachineArn);
      return store
        .executions(machine.arn)
        .map((kept) => live.get(kept.arn)?.execution ?? kept)
        .filter(
          (e) =>
            (request.status === undefined || e.status === request.status) &&
            (qualifier === undefined || e.qualifier === qualifier),
        );
    },

    async sendTaskSuccess(request: { taskToken: string; output: string }): Promise<void> {
      let output: Json;
      try {
        output = JSON.parse(request.output) as Json;
      } catch (error) {
        throw new ApiError('InvalidOutput', `Invalid Output: '${(error as Error).message}'`);
      }
      if (exceeds(output))
        throw new ApiError('InvalidOutput', 'Invalid Output: the output is larger than 262144 bytes');
      give(request.taskToken, { output });
      await commitment();
    },

    async sendTaskFailure(request: {
      taskToken: string;
      error?: string | undefined;
      cause?: string | undefined;
    }): Promise<void> {
      const { error, cause } = request;
      give(request.taskToken, {
        failure: { ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) },
      });
      await commitment();
    },

    async sendTaskHeartbeat(request: { taskToken: string }): Promise<void> {
      const { one, line } = lineOfToken(request.taskToken);
      if (line.beatSeconds !== undefined) {
        line.beatDue = clock.now().getTime() + line.beatSeconds * 1000;
        arm(one, line);
        queue(one);
      }
      await commitment();
    },

    /** State transitions since the engine was made (states entered, and retries); of one execution with its ARN. */
    transitions(executionArn?: string): { total: number; machines: { [machineArn: string]: number } } {
      if (executionArn === undefined)
        return { total: counts.total, machines: Object.fromEntries(counts.machines) };
      const { transitions, machine } = found(executionArn);
      return { total: transitions, machines: { [machine]: transitions } };
    },

    /** Resolves when nothing moves: everything waits for a timer, a token or a sleeping service. */
    idle,

    /** Tells of executions that started or ended, after it is kept. Returns the removal. */
    onEvent(listener: (event: ExecutionEvent) => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },

    /** Stops touching the store: late answers are dropped, to be asked for again by the next engine. */
    close() {
      closed = true;
      removeDrain();
      for (const one of live.values()) {
        for (const timer of one.timers.values()) timer.cancel();
        one.deadline?.cancel();
      }
      store.close();
    },
  };
};

export type Engine = ReturnType<typeof createEngine>;
export type { ServiceCall, Services } from './services.ts';
