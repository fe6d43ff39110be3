import { GetScheduleCommand, ListSchedulesCommand } from '@aws-sdk/client-scheduler';
import { readExpression } from '../../local/bus/expression.ts';
import type { Cloud } from './cloud.ts';
import { prefix } from './stage.ts';

/** Rings the schedules that the company's time has reached; those of the template follow the wall clock there, one-time ones are silent. */
export const ring = async (cloud: Cloud, from: string, to: string): Promise<void> => {
  const client = cloud.clients.scheduler;
  const { Schedules = [] } = await client.send(new ListSchedulesCommand({ NamePrefix: '' }));
  for (const { Name, GroupName } of Schedules) {
    const found = await client.send(new GetScheduleCommand({ Name, GroupName }));
    const zone = found.ScheduleExpressionTimezone ?? 'UTC';
    const occasions = readExpression(found.ScheduleExpression ?? '', { zone, anchor: 0 });
    const due = occasions.next(new Date(from).getTime());
    if (due === undefined || due > new Date(to).getTime()) continue;
    const fn = found.Target?.Arn?.split(':').at(-1)?.replace(`${prefix}-`, '') ?? '';
    const { failed, answer } = await cloud.invoke(fn, JSON.parse(found.Target?.Input ?? '{}'));
    if (failed) throw new Error(`schedule ${Name} called ${fn}, which failed: ${answer}`);
  }
};
