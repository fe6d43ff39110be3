import { SendTaskFailureCommand, SendTaskSuccessCommand, SFNClient } from '@aws-sdk/client-sfn';
import type { RunState } from '../../schemas/step.ts';

let client: SFNClient | undefined;

/** The client of Step Functions, made when it is first needed and kept. */
export const stepFunctions = (): SFNClient => {
  client ??= new SFNClient({ maxAttempts: 4 });
  return client;
};

/** Makes the client anew, for a host that runs one system after another in a process. */
export const forgetStepFunctions = (): void => {
  client?.destroy();
  client = undefined;
};

/** Errors that mean: nobody waits on this token any more. A rung, a restart or a stop came first, and looks after itself. */
const gone = new Set(['TaskTimedOut', 'InvalidToken', 'TaskDoesNotExist']);

const unlessGone = async (sent: Promise<unknown>): Promise<boolean> => {
  try {
    await sent;
    return true;
  } catch (error) {
    if (error instanceof Error && gone.has(error.name)) return false;
    throw error;
  }
};

/** Lets a waiting run go on. @returns false if nobody waits on the token any more */
export const goOn = (taskToken: string, state: RunState): Promise<boolean> =>
  unlessGone(stepFunctions().send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(state) })));

/** Makes a waiting state set its timers anew, or a cycle take its turn. */
export const rearm = (taskToken: string): Promise<boolean> =>
  unlessGone(
    stepFunctions().send(
      new SendTaskFailureCommand({
        taskToken,
        error: 'Rearm',
        cause: 'a date, a person or a condition has changed',
      }),
    ),
  );
