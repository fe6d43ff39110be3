import { ApiError } from './errors.ts';
import type { Execution, Line } from './frame.ts';
import { clear } from './line.ts';
import { EVENT_LIMIT, type Run } from './run.ts';

const redrivableMs = 14 * 86_400_000;

/** Why an execution cannot be taken up again where it ended; nothing if it can. */
export const whyNotRedrivable = (execution: Execution, now: number): string | undefined => {
  const { status, stoppedAt = now, left = [] } = execution;
  if (status === 'RUNNING' || status === 'SUCCEEDED') return `Execution is ${status} and cannot be redriven`;
  if (now - stoppedAt > redrivableMs) return 'Execution has exceeded the redrivable period of 14 days';
  if (now >= execution.deadline && execution.deadline - execution.startedAt >= 365 * 86_400_000)
    return 'Execution has exceeded the maximum open time of a year';
  if (execution.events >= EVENT_LIMIT - 1) return 'Execution has reached the limit of its history';
  if (left.length === 0) return 'Nothing was kept of where the execution ended';
  return undefined;
};

/** A line stands again where its state begins its work: with the input it was entered by, and no attempt used up. */
const again = (line: Line, all: readonly Line[]): void => {
  const isUnderWay = line.phase === 'open' || line.phase === 'rest';
  const lostItsBranches = line.phase === 'join' && !all.some(({ parent }) => parent === line.id);
  if (!isUnderWay && !lostItsBranches) return;
  clear(line);
  line.phase = 'work';
};

/** Puts back the lines that an execution ended with, and says so in its history. */
export const resume = (run: Run): void => {
  const { execution } = run;
  const { left = [] } = execution;
  delete execution.left;
  delete execution.stoppedAt;
  delete execution.output;
  delete execution.error;
  delete execution.cause;
  execution.status = 'RUNNING';
  execution.redrives = (execution.redrives ?? 0) + 1;
  execution.transitions += 1; // a redrive is counted, and billed, as one
  execution.redrivenAt = run.now;
  run.record('ExecutionRedriven', execution.events, { redriveCount: execution.redrives });
  for (const line of left) {
    again(line, left);
    execution.lines[line.id] = line;
    run.wake(line);
  }
};

/** @throws {ApiError} `ExecutionNotRedrivable` */
export const checkRedrivable = (execution: Execution, now: number): void => {
  const why = whyNotRedrivable(execution, now);
  if (why !== undefined) throw new ApiError('ExecutionNotRedrivable', `${why}: '${execution.arn}'`);
};
