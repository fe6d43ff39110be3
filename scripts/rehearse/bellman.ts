import {
  DeleteScheduleCommand,
  GetScheduleCommand,
  type GetScheduleCommandOutput,
  ListSchedulesCommand,
  type SchedulerClient,
} from '@aws-sdk/client-scheduler';
import { readExpression } from '../../local/bus/expression.ts';
import type { Cloud } from './cloud.ts';
import { prefix } from './stage.ts';

type Found = GetScheduleCommandOutput & { /** whether it rings but once */ readonly once: boolean };

/** The schedules there are, those of the template and those that functions have made. */
export const schedulesOn = async (client: SchedulerClient): Promise<Found[]> => {
  const found: Found[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(new ListSchedulesCommand({ NamePrefix: '', NextToken }));
    for (const { Name, GroupName } of page.Schedules ?? []) {
      const one = await client.send(new GetScheduleCommand({ Name, GroupName }));
      found.push({ ...one, once: one.ScheduleExpression?.startsWith('at(') === true });
    }
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return found;
};

/** Rings the schedules that the company's time has reached; those of the template follow the wall clock there, one-time ones are silent. */
export const ring = async (cloud: Cloud, from: string, to: string): Promise<void> => {
  const client = cloud.clients.scheduler;
  for (const found of await schedulesOn(client)) {
    const { Name, GroupName, once } = found;
    const zone = found.ScheduleExpressionTimezone ?? 'UTC';
    const occasions = readExpression(found.ScheduleExpression ?? '', { zone, anchor: 0 });
    // One that was made for a moment already reached rings late, not never.
    const due = occasions.next(once ? 0 : new Date(from).getTime());
    if (due === undefined || due > new Date(to).getTime()) continue;
    const fn = found.Target?.Arn?.split(':').at(-1)?.replace(`${prefix}-`, '') ?? '';
    const { failed, answer } = await cloud.invoke(fn, JSON.parse(found.Target?.Input ?? '{}'));
    if (failed) throw new Error(`schedule ${Name} called ${fn}, which failed: ${answer}`);
    // Silent, it does not end by itself after it was rung.
    if (once) await client.send(new DeleteScheduleCommand({ Name, GroupName }));
  }
};
