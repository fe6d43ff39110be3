import type { Clock } from '../clock.ts';
import { ApiError } from './errors.ts';
import type { EventRecord, Execution, Line, Status } from './frame.ts';
import { expand, type HistoryEvent } from './history.ts';
import { createInvoke } from './invoke.ts';
import { exceeds, type Json } from './json.ts';
import { endNow } from './line.ts';
import { createExecutions, type Live } from './live.ts';
import { machineCalls } from './machine-calls.ts';
import { createRegistry, type Registry } from './machines.ts';
import { describeNested } from './nested.ts';
import { checkRedrivable, resume } from './redrive.ts';
import type { Services } from './services.ts';
import { createStart, YEAR } from './start.ts';
import type { Store } from './store.ts';
import { answerTask } from './task.ts';
import { createTimers } from './timers.ts';
import { createTurns } from './turns.ts';

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

export const createEngine = (options: EngineOptions) => {
  const { clock, store, services, log } = options;
  const region = options.region ?? 'us-east-1';
  const account = options.account ?? '111111111111';
  const arnOf = (kind: string, rest: string) => `arn:aws:states:${region}:${account}:${kind}:${rest}`;
  const registry: Registry = createRegistry(store.machines(), arnOf('stateMachine', ''));
  const executions = createExecutions(store, registry);
  const listeners = new Set<(event: ExecutionEvent) => void>();
  const turns = createTurns({
    clock,
    store,
    chance: options.chance ?? Math.random,
    kept(changes) {
      for (const { execution, events } of changes) {
        const one = executions.running(execution.arn);
        if (one) perform(one, events);
      }
    },
  });
  const timers = createTimers(clock, turns);
  const start = createStart({ clock, registry, executions, turns, timers, arnOf });
  const invoke = createInvoke({
    turns,
    timers,
    services,
    start: options.nested === 'services' ? undefined : start,
  });
  const { commitment, move } = turns;
  const { found } = executions;

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
          timers.silence(one, effect.line.id);
          stopNested(effect.line);
          break;
        case 'arm':
          if (execution.lines[effect.line.id] === effect.line) timers.arm(one, effect.line);
          break;
        case 'invoke':
          if (execution.lines[effect.line.id] === effect.line) invoke(one, effect.line);
          break;
        case 'ended':
          executions.drop(execution);
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

  const stopNested = (line: Line) => {
    const one = line.token === undefined ? undefined : executions.childOf(line.token);
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

  const give = (token: string, answer: NonNullable<Line['answer']>) => {
    const { one, line } = executions.waitingFor(token);
    timers.silence(one, line.id);
    move(one, (run) => {
      line.answer = answer;
      if (line.submitted) answerTask(run, line);
    });
  };

  // Executions left running: their timers are armed from the frames, and what was under way is asked again.
  for (const execution of store.open()) {
    const one = executions.take(execution);
    timers.watch(one);
    for (const line of Object.values(execution.lines)) {
      if (line.phase === 'open') {
        if (line.token || line.due !== undefined || line.beatDue !== undefined) timers.arm(one, line);
        // Not called from in here: the services may want this engine, which is still being made.
        if (!line.submitted) one.effects.push({ kind: 'invoke', line });
      } else if (line.phase === 'rest') timers.arm(one, line);
      else one.queue.push(line);
    }
    if (one.queue.length > 0 || one.effects.length > 0) turns.queue(one);
  }

  const removeDrain = clock.onSettle(async () => {
    if (turns.quiet()) return false;
    await turns.idle();
    return true;
  });

  return {
    region,
    account,
    clock,

    ...machineCalls({ registry, clock, keep: turns.keep }),

    /** Removes a machine and stops its executions. */
    async deleteStateMachine(stateMachineArn: string): Promise<void> {
      const machine = registry.byArn(stateMachineArn);
      if (!machine) return;
      for (const one of executions.all()) {
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
      const one = executions.running(execution.arn);
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
      const one = executions.take(execution);
      const { timeoutSeconds } = one.program;
      if (timeoutSeconds !== undefined)
        execution.deadline = Math.min(execution.startedAt + YEAR, now + timeoutSeconds * 1000);
      timers.watch(one);
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
        .map((kept) => executions.running(kept.arn)?.execution ?? kept)
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
      const { one, line } = executions.waitingFor(request.taskToken);
      if (line.beatSeconds !== undefined) {
        line.beatDue = clock.now().getTime() + line.beatSeconds * 1000;
        timers.arm(one, line);
        turns.queue(one);
      }
      await commitment();
    },

    /** State transitions since the engine was made (states entered, and retries); of one execution with its ARN. */
    transitions(executionArn?: string): { total: number; machines: { [machineArn: string]: number } } {
      if (executionArn === undefined)
        return { total: turns.counts.total, machines: Object.fromEntries(turns.counts.machines) };
      const { transitions, machine } = found(executionArn);
      return { total: transitions, machines: { [machine]: transitions } };
    },

    /** Resolves when nothing moves: everything waits for a timer, a token or a sleeping service. */
    idle: turns.idle,

    /** Tells of executions that started or ended, after it is kept. Returns the removal. */
    onEvent(listener: (event: ExecutionEvent) => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },

    /** Stops touching the store: late answers are dropped, to be asked for again by the next engine. */
    close() {
      turns.close();
      removeDrain();
      for (const one of executions.all()) timers.cancel(one);
      store.close();
    },
  };
};

export type Engine = ReturnType<typeof createEngine>;
export type { ServiceCall, Services } from './services.ts';
