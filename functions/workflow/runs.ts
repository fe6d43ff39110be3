import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  ExecutionNotRedrivable,
  RedriveExecutionCommand,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { RunState } from '../../schemas/step.ts';
import type { Run } from '../../schemas/task.ts';
import { environment } from '../shared/environment.ts';
import { count } from '../shared/metrics.ts';
import { stepFunctions } from './answer.ts';
import { executionName, machineId } from './run-state.ts';

/** Machines are reached by their alias, so that a deployment can put the new version behind it. */
const machineArn = (run: Run): string => `${environment().MACHINE_ARN_PREFIX}${machineId(run)}:live`;

const executionArn = (run: Run, year: number, again: number): string =>
  `${environment().MACHINE_ARN_PREFIX.replace(':stateMachine:', ':execution:')}${machineId(run)}:${executionName(run, year, again)}`;

/**
 * Starts a run; one that was started before stays as it is.
 *
 * @returns false if it was
 */
export const startRun = async (run: Run, input: RunState, year = 1, again = 1): Promise<boolean> => {
  try {
    await stepFunctions().send(
      new StartExecutionCommand({
        stateMachineArn: machineArn(run),
        name: executionName(run, year, again),
        input: JSON.stringify(input),
      }),
    );
    count('RunsStarted', run);
    return true;
  } catch (error) {
    if (!(error instanceof ExecutionAlreadyExists)) throw error; // the first start had older facts and is the one that counts
    return false;
  }
};

const unlessAbsent = async <T>(sent: Promise<T>): Promise<T | undefined> => {
  try {
    return await sent;
  } catch (error) {
    if (error instanceof ExecutionDoesNotExist) return undefined;
    throw error;
  }
};

/** Of an execution that has ended the service says when, as of one that it stops; an emulator of it refuses instead. */
const isOver = (error: unknown): boolean =>
  error instanceof Error && error.name === 'ValidationException' && /is not running/.test(error.message);

/** @returns whether there is such an execution */
const stopExecution = async (executionArn: string, why: string): Promise<boolean> => {
  try {
    const stop = new StopExecutionCommand({ executionArn, error: 'StageLeft', cause: why });
    return (await unlessAbsent(stepFunctions().send(stop))) !== undefined;
  } catch (error) {
    if (isOver(error)) return true;
    throw error;
  }
};

/**
 * Stops a run, and those that an operator started in its place, with the reason an operator reads; one that is over, or
 * never was, is nobody's trouble.
 */
export const stopRun = async (run: Run, why: string, year = 1): Promise<void> => {
  let isThere = true;
  // The first may be forgotten by the service, 90 days after it ended, while its successor still runs.
  for (let again = 1; isThere || again === 2; again += 1)
    isThere = await stopExecution(executionArn(run, year, again), why);
  if (year > 1) await stopRun(run, why, year - 1);
};

/** An execution of a run: which it is, and how it stands. */
export type Present = {
  readonly name: string;
  readonly again: number;
  readonly status: string;
  /** why the service would not take it up again; undefined if it would */
  readonly notRedrivable: string | undefined;
};

/** The last execution of a run in its present year; nothing if it never was, or was forgotten. */
export const presentRun = async (run: Run, year: number): Promise<Present | undefined> => {
  let found: Present | undefined;
  for (let again = 1; found?.again === again - 1 || again <= 2; again += 1) {
    const described = await unlessAbsent(
      stepFunctions().send(new DescribeExecutionCommand({ executionArn: executionArn(run, year, again) })),
    );
    if (described === undefined) continue;
    const { status = 'UNKNOWN', redriveStatus, redriveStatusReason } = described;
    found = {
      name: executionName(run, year, again),
      again,
      status,
      notRedrivable: redriveStatus === 'REDRIVABLE' ? undefined : (redriveStatusReason ?? `it is ${status}`),
    };
  }
  return found;
};

/**
 * Takes an execution that ended badly up again in the state where it stood.
 *
 * @returns why the service would not, though it had said it would: somebody was first, or the time for it ran out
 */
export const redriveRun = async (run: Run, year: number, again: number): Promise<string | undefined> => {
  try {
    await stepFunctions().send(new RedriveExecutionCommand({ executionArn: executionArn(run, year, again) }));
    return undefined;
  } catch (error) {
    if (error instanceof ExecutionNotRedrivable) return error.message;
    throw error;
  }
};
