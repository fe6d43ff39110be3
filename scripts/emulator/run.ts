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
