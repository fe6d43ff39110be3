import { setTimeout as pause } from 'node:timers/promises';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  type DescribeExecutionOutput,
  type SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';

export type Ended = Pick<DescribeExecutionOutput, 'status' | 'error' | 'cause'> & {
  readonly output?: unknown;
  readonly seconds: number;
};

export const machine = async (sfn: SFNClient, definition: object, name = 'machine'): Promise<string> => {
  const { stateMachineArn } = await sfn.send(
    new CreateStateMachineCommand({
      name,
      definition: JSON.stringify(definition),
      roleArn: 'arn:aws:iam::000000000000:role/runs',
    }),
  );
  if (stateMachineArn === undefined) throw new Error('the emulator made a machine without an ARN');
  return stateMachineArn;
};

export const start = async (sfn: SFNClient, stateMachineArn: string, input: unknown): Promise<string> => {
  const { executionArn } = await sfn.send(
    new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }),
  );
  if (executionArn === undefined) throw new Error('the emulator started an execution without an ARN');
  return executionArn;
};

/** Waits for an execution to end; one that has not after `seconds` is stopped and told as `RUNNING`. */
export const ended = async (sfn: SFNClient, executionArn: string, seconds: number): Promise<Ended> => {
  const since = performance.now();
  const passed = (): number => (performance.now() - since) / 1000;
  for (;;) {
    const { status, output, error, cause } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    const known = {
      status,
      seconds: passed(),
      ...(error === undefined ? {} : { error }),
      ...(cause === undefined ? {} : { cause }),
    };
    if (status === 'SUCCEEDED') {
      return { ...known, ...(output === undefined ? {} : { output: JSON.parse(output) as unknown }) };
    }
    if (status !== 'RUNNING') return known;
    if (passed() > seconds) {
      await sfn.send(new StopExecutionCommand({ executionArn }));
      return known;
    }
    await pause(50);
  }
};

/** Whether the emulator lost the process of a function, which it does now and then: says nothing of what was tried. */
export const isLost = (said: string | undefined): boolean => said?.includes('Worker process') ?? false;

/**
 * Tries until something comes out well, three times at most: a departure is what was seen three times. A try that was lost
 * does not count.
 *
 * @throws when the emulator loses ten in a row
 */
export const tried = async <T>(
  attempt: () => Promise<T | 'lost'>,
  isWell: (outcome: T) => boolean,
): Promise<T> => {
  let lost = 0;
  for (let tries = 1; ; ) {
    const outcome = await attempt();
    if (outcome === 'lost') {
      lost += 1;
      if (lost === 10)
        throw new Error(
          'the emulator loses the processes of its functions; measure again, with less beside it',
        );
      await pause(500);
    } else if (isWell(outcome) || tries === 3) return outcome;
    else tries += 1;
  }
};
