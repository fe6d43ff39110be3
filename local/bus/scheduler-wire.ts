import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';
import { AwsFault, answer, answerFault, jsonOf, readBody } from '../aws/aws-json.ts';
import type { KeptSchedule } from './schedule.ts';
import type { Schedules } from './schedules.ts';

const TYPE = 'application/json';
const Body = z.looseObject({ ClientToken: z.string().optional() });

/** Answers `/schedules` as EventBridge Scheduler does: create, update, get, delete, list. */
export const schedulerHandler =
  (schedules: Omit<Schedules, 'handler'>) =>
  async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    try {
      const { pathname, searchParams } = new URL(req.url ?? '/', 'http://localhost');
      const body = jsonOf(await readBody(req, 1024 * 1024));
      const [, root, name, ...rest] = pathname.split('/').map(decodeURIComponent);
      if (root !== 'schedules' || rest.length > 0) {
        throw new AwsFault(
          'UnknownOperationException',
          `${req.method} ${pathname}: /schedules alone is answered`,
          404,
        );
      }
      answer(res, 200, route(schedules, req.method ?? 'GET', name, searchParams, body), TYPE);
    } catch (error) {
      answerFault(res, error, TYPE);
    }
  };

const route = (
  schedules: Omit<Schedules, 'handler'>,
  method: string,
  name: string | undefined,
  query: URLSearchParams,
  body: unknown,
): unknown => {
  const group = query.get('groupName') ?? 'default';
  if (name === undefined && method === 'GET') return listOf(schedules, query);
  if (name === undefined) throw new AwsFault('UnknownOperationException', `${method} /schedules`, 404);
  switch (method) {
    case 'GET':
      return shown(schedules, schedules.get(group, name));
    case 'DELETE':
      schedules.remove(group, name);
      return {};
    case 'POST':
    case 'PUT': {
      const parsed = Body.safeParse(body);
      if (!parsed.success) throw new AwsFault('ValidationException', z.prettifyError(parsed.error));
      const { ClientToken, ...properties } = parsed.data;
      const named = { ...properties, Name: name };
      const kept = method === 'POST' ? schedules.create(named, ClientToken) : schedules.update(named);
      return { ScheduleArn: schedules.arnOf(kept.schedule) };
    }
    default:
      throw new AwsFault('UnknownOperationException', `${method} /schedules/${name}`, 404);
  }
};

/** Dates leave as epoch seconds, the form of this protocol. */
const shown = (schedules: Omit<Schedules, 'handler'>, { schedule, created, modified }: KeptSchedule) => ({
  ...schedule,
  Arn: schedules.arnOf(schedule),
  CreationDate: created / 1_000,
  LastModificationDate: modified / 1_000,
  ...(schedule.StartDate !== undefined && { StartDate: schedule.StartDate / 1_000 }),
  ...(schedule.EndDate !== undefined && { EndDate: schedule.EndDate / 1_000 }),
});

const listOf = (schedules: Omit<Schedules, 'handler'>, query: URLSearchParams) => {
  const [group, prefix, state] = ['ScheduleGroup', 'NamePrefix', 'State'].map((name) => query.get(name));
  const limit = Number(query.get('MaxResults') ?? 100);
  const from = Number(query.get('NextToken') ?? 0);
  if (!(limit >= 1 && limit <= 100) || !Number.isInteger(from)) {
    throw new AwsFault(
      'ValidationException',
      'MaxResults has to be 1 to 100, NextToken that of an earlier answer',
    );
  }
  const found = schedules
    .list()
    .filter(({ schedule }) => (group ?? schedule.GroupName) === schedule.GroupName)
    .filter(({ schedule }) => schedule.Name.startsWith(prefix ?? ''))
    .filter(({ schedule }) => (state ?? schedule.State) === schedule.State);
  return {
    Schedules: found.slice(from, from + limit).map((kept) => {
      const { Arn, Name, GroupName, State, CreationDate, LastModificationDate } = shown(schedules, kept);
      const Target = { Arn: kept.schedule.Target.Arn };
      return { Arn, Name, GroupName, State, CreationDate, LastModificationDate, Target };
    }),
    ...(found.length > from + limit && { NextToken: String(from + limit) }),
  };
};
