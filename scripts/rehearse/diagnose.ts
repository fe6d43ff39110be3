import { DescribeExecutionCommand, GetExecutionHistoryCommand } from '@aws-sdk/client-sfn';
import type { Cloud } from './cloud.ts';
import { executionsOn } from './machines.ts';

/** What an operator would look at first: runs that failed, with their error and the last thing they did. */
export const diagnose = async ({ clients: { sfn } }: Cloud): Promise<string[]> => {
  const ended = await executionsOn(sfn, { maxResults: 100 });
  const lines: string[] = [];
  for (const { executionArn, name, status } of ended) {
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
