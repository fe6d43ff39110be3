import {
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
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

const executionArn = (run: Run, year: number): string =>
  `${environment().MACHINE_ARN_PREFIX.replace(':stateMachine:', ':execution:')}${machineId(run)}:${executionName(run, year)}`;

/** Starts a run; one that was started before stays as it is. */
export const startRun = async (run: Run, input: RunState, year = 1): Promise<void> => {
  try {
    await stepFunctions().send(
      new StartExecutionCommand({
        stateMachineArn: machineArn(run),
        name: executionName(run, year),
        input: JSON.stringify(input),
      }),
    );
    count('RunsStarted', run);
  } catch (error) {
    if (!(error instanceof ExecutionAlreadyExists)) throw error; // the first start had older facts and is the one that counts
  }
};

/** Stops a run with the reason an operator reads; one that is over, or never was, is nobody's trouble. */
export const stopRun = async (run: Run, why: string, year = 1): Promise<void> => {
  try {
    await stepFunctions().send(
      new StopExecutionCommand({ executionArn: executionArn(run, year), error: 'StageLeft', cause: why }),
    );
  } catch (error) {
    if (!(error instanceof ExecutionDoesNotExist)) throw error;
  }
  if (year > 1) await stopRun(run, why, year - 1);
};
