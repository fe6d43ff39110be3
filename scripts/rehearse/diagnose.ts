import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
} from '@aws-sdk/client-sfn';
import { type Cloud, prefix } from './cloud.ts';

/** What an operator would look at first: runs that failed, with their error and the last thing they did. */
export const diagnose = async ({ clients: { sfn } }: Cloud): Promise<string[]> => {
  const { stateMachines = [] } = await sfn.send(new ListStateMachinesCommand({ maxResults: 1000 }));
  const ended = await Promise.all(
    stateMachines
      .filter(({ name = '' }) => name.startsWith(`${prefix}-`))
      .map(({ stateMachineArn }) =>
        sfn.send(new ListExecutionsCommand({ stateMachineArn, maxResults: 100 })),
      ),
  );
  const lines: string[] = [];
  for (const { executionArn, name, status } of ended.flatMap(({ executions = [] }) => executions)) {
    if (status !== 'FAILED' && status !== 'TIMED_OUT') continue;
    const { error, cause } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    const { events = [] } = await sfn.send(
      new GetExecutionHistoryCommand({ executionArn, reverseOrder: true, maxResults: 6 }),
    );
    lines.push(
      `${name} ${status}: ${error} ${cause?.slice(0, 400)} (${events.map(({ type }) => type).join(' < ')})`,
    );
  }
  return lines;
};
