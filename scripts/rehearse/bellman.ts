import {
  DeleteScheduleCommand,
  GetScheduleCommand,
  type GetScheduleCommandOutput,
  ListSchedulesCommand,
  type SchedulerClient,
} from '@aws-sdk/client-scheduler';
import { latestWithin, readExpression } from '../../local/bus/expression.ts';
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

/** When a schedule is due within a time that nobody watched: the last time of a returning one, the moment of one that rings but once. */
const dueWithin = (
  { ScheduleExpression = '', ScheduleExpressionTimezone: zone = 'UTC', once }: Found,
  from: number,
  to: number,
): number | undefined => {
  const occasions = readExpression(ScheduleExpression, { zone, anchor: 0 });
  if (!once) return latestWithin(occasions, from, to);
  const moment = occasions.next(0);
  // One that was made for a moment already reached rings late, not never.
  return moment === undefined || moment > to ? undefined : Math.max(moment, from);
};

/**
 * Lets the company's time go on, and rings on the way what it reaches, each at its moment. Schedules of the template follow the
 * wall clock there, one-time ones are silent.
 */
export const goOn = async (cloud: Cloud, from: string, to: string): Promise<void> => {
  const client = cloud.clients.scheduler;
  const due = (await schedulesOn(client)).flatMap((schedule) => {
    const at = dueWithin(schedule, Date.parse(from), Date.parse(to));
    return at === undefined ? [] : [{ ...schedule, at }];
  });
  for (const { Name, GroupName, Target, once, at } of due.sort((one, other) => one.at - other.at)) {
    const moment = new Date(at).toISOString();
    if (moment !== cloud.now()) await cloud.setClock(moment);
    const fn = Target?.Arn?.split(':').at(-1)?.replace(`${prefix}-`, '') ?? '';
    const { failed, answer } = await cloud.invoke(fn, JSON.parse(Target?.Input ?? '{}'));
    if (failed) throw new Error(`schedule ${Name} called ${fn}, which failed: ${answer}`);
    // Silent, it does not end by itself after it was rung.
    if (once) await client.send(new DeleteScheduleCommand({ Name, GroupName }));
  }
  await cloud.setClock(to);
};
