import { type Attempt, attemptsKept, type Call, saidLength } from '../../schemas/call.ts';
import { instantOf } from '../../schemas/time.ts';
import type { Company } from '../access/company.ts';
import { oneLine } from '../notify/letter.ts';
import { VoronkaError } from '../shared/errors.ts';
import { log } from '../shared/log.ts';
import { count } from '../shared/metrics.ts';
import { ConditionFailed, type Table } from '../shared/table/port.ts';
import { retryAt } from './backoff.ts';
import { tellThatItFailed } from './failed.ts';
import { callKey, callOf, callRow } from './rows.ts';
import type { Wake } from './wake.ts';

/** What became of one attempt. What is said is for people: no secrets, no personal data. */
export type Outcome =
  | { readonly as: 'done'; readonly answer?: string }
  /** taken, and not finished: asked after in a while; no failure */
  | { readonly as: 'waiting'; readonly afterSeconds: number; readonly answer?: string }
  /** not now; tried again for a day */
  | { readonly as: 'later'; readonly problem: string; readonly afterSeconds?: number }
  /** not at all, unless a person mends something */
  | { readonly as: 'refused'; readonly problem: string };

export type Doing = { readonly table: Table; readonly company: Company; readonly now: Date };

/**
 * Makes one attempt. `call.attempts` counts it; above 1 an earlier attempt may have arrived whatever is known of it, so that
 * the thing is looked up before it is asked for again. What it means for the deal is written, under a key of the call,
 * before `done` is said: an attempt that ends in between is made again.
 */
export type Carry = (call: Call, doing: Doing) => Promise<Outcome>;

export type Executor =
  | Carry
  | {
      readonly carry: Carry;
      /**
       * what follows where it failed for good, in place of a task for the responsible, and where people gave it up
       * (`call.state`); done twice it is done once
       */
      readonly failed?: (call: Call, doing: Doing) => Promise<void>;
      /** looks, once it is done, whether more has come meanwhile: then it is queued anew */
      readonly isMore?: (call: Call, doing: Doing) => Promise<boolean>;
      /** how long failures are tried again; a day where it does not say */
      readonly lastsDays?: number;
    };

export type Executors = Readonly<Record<string, Executor>>;

export type Carrying = Doing & {
  readonly executors: Executors;
  wake(provider: string, at: Date, wake: Wake): Promise<void>;
};

/** Longer than a worker may run: after it nobody is at the attempt any more. */
const leaseMs = 120_000;
const soonestMs = 60_000;

const isUnderWay = ({ state }: Call): boolean =>
  state === 'queued' || state === 'retrying' || state === 'waiting';

const short = (said: string): string => oneLine(said).slice(0, saidLength);

const read = async (id: string, { table }: Doing): Promise<Call | undefined> => {
  const row = await table.get(callKey(id), { consistent: true });
  return row === undefined ? undefined : callOf(row);
};

/** Writes a call, if it is still as it was. */
const write = async (before: Call, after: Call, { table }: Doing): Promise<boolean> => {
  try {
    await table.write({
      put: callRow(after),
      if: { equals: { state: before.state, attempts: before.attempts, resent: before.resent } },
    });
    return true;
  } catch (error) {
    if (error instanceof ConditionFailed) return false;
    throw error;
  }
};

/** An attempt that ended without an outcome has failed: a call that brings its worker down each time is given up as well. */
const withLost = (call: Call): Call => {
  const last = call.history.at(-1);
  return last?.as !== 'begun'
    ? call
    : { ...call, failures: call.failures + 1, failingSince: call.failingSince ?? last.at };
};

/** Marks an attempt before it is made. Whoever finds the mark without an outcome leaves it alone until its lease is over. */
const begin = async (call: Call, carrying: Carrying): Promise<Call | undefined> => {
  const { now } = carrying;
  const attempt: Attempt = { n: call.attempts + 1, at: instantOf(now), as: 'begun' };
  const begun: Call = {
    ...withLost(call),
    attempts: call.attempts + 1,
    nextAttemptAt: instantOf(new Date(now.getTime() + leaseMs)),
    history: [...call.history, attempt].slice(-attemptsKept),
  };
  return (await write(call, begun, carrying)) ? begun : undefined;
};

/** What an error may be told as: our own errors are written for people, others may say anything. */
const told = (error: unknown): string =>
  error instanceof VoronkaError
    ? `${error.name}: ${error.message}`
    : `an unforeseen error: ${error instanceof Error ? error.name : typeof error}; the log has it`;

const attempted = async (call: Call, { executors, ...doing }: Carrying): Promise<Outcome> => {
  const executor = executors[call.kind];
  if (executor === undefined)
    return {
      as: 'later',
      problem: `${call.provider}: this release has no way to make a call of kind "${call.kind}"; it has ${Object.keys(executors).join(', ') || 'none'}`,
    };
  try {
    return await (typeof executor === 'function' ? executor : executor.carry)(call, {
      table: doing.table,
      company: doing.company,
      now: doing.now,
    });
  } catch (error) {
    log.warn(
      { call: call.id, kind: call.kind, attempt: call.attempts, error },
      'a call could not be made now',
    );
    return { as: 'later', problem: told(error) };
  }
};

const withOutcome = (
  { nextAttemptAt: _, ...call }: Call,
  as: Attempt['as'],
  said: string | undefined,
): Call => {
  const last = call.history.at(-1);
  return last === undefined
    ? call
    : {
        ...call,
        history: [
          ...call.history.slice(0, -1),
          { ...last, as, ...(said === undefined || said === '' ? {} : { said: short(said) }) },
        ],
      };
};

const fail = async (begun: Call, problem: string, carrying: Carrying): Promise<void> => {
  const { executors, table, company, now } = carrying;
  const failed: Call = {
    ...withOutcome(begun, 'refused', problem),
    state: 'failed',
    problem: short(problem),
    changedAt: instantOf(now),
  };
  // What follows first: a call that ends in between is repeated, and what follows twice follows once.
  const executor = executors[begun.kind];
  if (typeof executor === 'object' && executor.failed !== undefined)
    await executor.failed(failed, { table, company, now });
  else await tellThatItFailed(failed, { table, company, now });
  if (await write(begun, failed, carrying)) count('CallsFailed');
};

/** Queues a call anew for which more has come since it was looked for. */
const goOn = async (done: Call, carrying: Carrying): Promise<void> => {
  const executor = carrying.executors[done.kind];
  if (typeof executor !== 'object' || executor.isMore === undefined) return;
  const { table, company, now } = carrying;
  if (await executor.isMore(done, { table, company, now }))
    await write(done, { ...done, state: 'queued', changedAt: instantOf(now) }, carrying);
};

/** That it was done is true whatever people decided meanwhile. */
const finish = async (begun: Call, answer: string | undefined, carrying: Carrying): Promise<void> => {
  const done = (call: Call): Call => {
    const { problem: _, failingSince: __, ...rest } = withOutcome(call, 'done', answer);
    return {
      ...rest,
      state: 'done',
      failures: 0,
      ...(answer === undefined ? {} : { answer: short(answer) }),
      changedAt: instantOf(carrying.now),
    };
  };
  if (await write(begun, done(begun), carrying)) {
    count('CallsDone');
    return goOn(done(begun), carrying);
  }
  const now = await read(begun.id, carrying);
  if (now !== undefined && now.attempts === begun.attempts && now.state !== 'done')
    await write(now, done(now), carrying);
};

const again = (call: Call, attempt: number, at: Date, { wake }: Carrying): Promise<void> =>
  wake(call.provider, at, { call: call.id, attempt });

const attempt = async (call: Call, carrying: Carrying): Promise<void> => {
  const { now } = carrying;
  const executor = carrying.executors[call.kind];
  const days = typeof executor === 'object' ? executor.lastsDays : undefined;
  const begun = await begin(call, carrying);
  if (begun === undefined) return; // another worker has begun it
  if (begun.failures > call.failures && retryAt(begun, begun.failures, now, { days }) === undefined)
    return fail(
      begun,
      'given up: nobody knows how the last attempts ended; look it up with the provider',
      carrying,
    );
  const outcome = await attempted(begun, carrying);
  const changedAt = instantOf(now);
  switch (outcome.as) {
    case 'done':
      return finish(begun, outcome.answer, carrying);
    case 'refused':
      return fail(begun, outcome.problem, carrying);
    case 'waiting': {
      const at = new Date(now.getTime() + Math.max(1, outcome.afterSeconds) * 1000);
      const { failingSince: _, problem: __, ...rest } = withOutcome(begun, 'waiting', outcome.answer);
      const waiting: Call = {
        ...rest,
        state: 'waiting',
        failures: 0,
        ...(outcome.answer === undefined ? {} : { answer: short(outcome.answer) }),
        nextAttemptAt: instantOf(at),
        changedAt,
      };
      if (await write(begun, waiting, carrying)) await again(begun, begun.attempts + 1, at, carrying);
      return;
    }
    case 'later': {
      count('CallsPutOff');
      const failures = begun.failures + 1;
      const at = retryAt(begun, failures, now, { afterSeconds: outcome.afterSeconds, days });
      if (at === undefined) return fail(begun, outcome.problem, carrying);
      const retrying: Call = {
        ...withOutcome(begun, 'later', outcome.problem),
        state: 'retrying',
        failures,
        failingSince: begun.failingSince ?? changedAt,
        problem: short(outcome.problem),
        nextAttemptAt: instantOf(at),
        changedAt,
      };
      if (await write(begun, retrying, carrying)) await again(begun, begun.attempts + 1, at, carrying);
      return;
    }
    default:
      return outcome satisfies never;
  }
};

/**
 * Takes a call one step on: an attempt, or, where the attempt asked for was begun before, the certainty that the next one
 * will come.
 *
 * @param n - 1 for a call that was just queued for the first time
 */
export const carry = async (id: string, n: number, carrying: Carrying): Promise<void> => {
  const call = await read(id, carrying);
  if (call?.state === 'done' && n <= call.attempts) return goOn(call, carrying); // it may have ended before it looked
  if (call === undefined || !isUnderWay(call)) return;
  if (n === call.attempts + 1) return attempt(call, carrying);
  if (n > call.attempts) return; // its forerunner was never begun and comes itself
  const soonest = carrying.now.getTime() + soonestMs;
  const at = new Date(Math.max(Date.parse(call.nextAttemptAt ?? call.changedAt), soonest));
  await again(call, call.attempts + 1, at, carrying);
};

/** Does what follows a call that people gave up; where nothing had gone wrong, what they said of it is the problem. */
export const leave = async (id: string, { executors, table, company, now }: Carrying): Promise<void> => {
  const call = await read(id, { table, company, now });
  if (call?.state !== 'given-up') return;
  const executor = executors[call.kind];
  if (typeof executor !== 'object') return;
  const problem = call.problem ?? short(`given up: ${call.decided?.reason ?? 'no reason given'}`);
  await executor.failed?.({ ...call, problem }, { table, company, now });
};
