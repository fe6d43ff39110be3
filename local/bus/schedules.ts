import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';
import { AwsFault } from '../aws/aws-json.ts';
import type { Clock } from '../clock.ts';
import type { State } from '../state/state.ts';
import { createAlarms } from './alarms.ts';
import { type Dropped, openDeliveries } from './deliveries.ts';
import { type Occasions, readExpression } from './expression.ts';
import { wholeSeconds } from './put-events.ts';
import { type Deliver, type Place, type Rule, somewhere } from './rule.ts';
import { armRules } from './rule-schedules.ts';
import { type KeptSchedule, type Schedule, ScheduleProperties } from './schedule.ts';
import { schedulerHandler } from './scheduler-wire.ts';

/** EventBridge Scheduler, and the scheduled rules of a bus. */
export type Schedules = {
  /** @throws {AwsFault} ValidationException, ConflictException */
  create(properties: unknown, clientToken?: string): KeptSchedule;
  update(properties: unknown): KeptSchedule;
  remove(group: string, name: string): void;
  /** @throws {AwsFault} ResourceNotFoundException */
  get(group: string, name: string): KeptSchedule;
  /** In the order of group and name. */
  list(): KeptSchedule[];
  arnOf(schedule: Pick<Schedule, 'GroupName' | 'Name'>): string;
  /** The REST protocol of the Scheduler, for `AWS_ENDPOINT_URL_SCHEDULER`. */
  handler(req: IncomingMessage, res: ServerResponse): Promise<void>;
  /** Delivers all that is due; false if there was nothing. For the clock's settling. */
  drain(): Promise<boolean>;
  /** Takes every timer off the clock; what is owed stays on disk. */
  stop(): void;
};

const PREFIX = 'schedule/';
const START_GRACE_MS = 5 * 60_000;

/**
 * Arms the template's schedules and those made through the API before. One that fell due while nothing ran fires
 * once: a one-time schedule for its time, a recurring one for the latest occasion missed.
 *
 * @param options.schedules - `Properties` of the template's schedules, each with its `Name`
 * @param options.rules - rules of a bus; those with a schedule are armed here
 * @param options.groups - schedule groups besides `default`
 */
export const createSchedules = (options: {
  clock: Clock;
  state: State;
  deliver: Deliver;
  schedules: readonly ScheduleProperties[];
  rules?: readonly Rule[];
  groups?: readonly string[];
  place?: Place;
  onDropped?: (dropped: Dropped) => void;
}): Schedules => {
  const { clock, state, place = somewhere } = options;
  const groups = new Set(['default', ...(options.groups ?? [])]);
  const deliveries = openDeliveries({ ...options, name: 'schedules' });
  const keyOf = (group: string, name: string) => `${PREFIX}${group}/${name}`;
  const arnOf = ({ GroupName, Name }: Pick<Schedule, 'GroupName' | 'Name'>) =>
    `arn:aws:scheduler:${place.region}:${place.account}:schedule/${GroupName}/${Name}`;

  const alarms = createAlarms<KeptSchedule>({
    clock,
    state,
    occasionsOf,
    fire: ({ schedule }, occasion) => {
      const { Target } = schedule;
      deliveries.owe([
        {
          arn: Target.Arn,
          input: inputOf(schedule, arnOf(schedule), occasion, place),
          dlqArn: Target.DeadLetterConfig?.Arn,
          retry: {
            ...(Target.RetryPolicy?.MaximumRetryAttempts !== undefined && {
              maximumRetryAttempts: Target.RetryPolicy.MaximumRetryAttempts,
            }),
            ...(Target.RetryPolicy?.MaximumEventAgeInSeconds !== undefined && {
              maximumEventAgeSeconds: Target.RetryPolicy.MaximumEventAgeInSeconds,
            }),
          },
          origin: arnOf(schedule),
          eventBridge: Target.EventBridgeParameters,
          messageGroupId: Target.SqsParameters?.MessageGroupId,
        },
      ]);
    },
    over: (key, { schedule, origin }) => {
      // A schedule of the template is kept, over: the next start would take its absence for a new one.
      if (schedule.ActionAfterCompletion === 'DELETE' && origin === 'api') alarms.disarm(key);
    },
  });

  /** Waits from `now` on; a rate without a start date begins at once. */
  const put = (kept: Omit<KeptSchedule, 'next'>, now: number): KeptSchedule => {
    const { schedule } = kept;
    const occasions = occasionsOf(kept);
    const after = Math.max(now - 1, (schedule.StartDate ?? 0) - 1);
    const next =
      schedule.State === 'ENABLED' ? occasions.next(occasions.kind === 'at' ? now - 1 : after) : undefined;
    const entry = {
      ...kept,
      next: next !== undefined && next <= (occasions.until ?? next) ? next : undefined,
    };
    alarms.arm(keyOf(schedule.GroupName, schedule.Name), entry);
    return entry;
  };

  const find = (group: string, name: string) => {
    const kept = state.get<KeptSchedule>(keyOf(group, name));
    return kept !== undefined && !isDeleted(kept) ? kept : undefined;
  };

  const get = (group: string, name: string): KeptSchedule => {
    const kept = find(group, name);
    if (kept === undefined)
      throw new AwsFault('ResourceNotFoundException', `Schedule ${name} does not exist.`, 404);
    return kept;
  };

  const parse = (properties: unknown): Schedule => {
    const parsed = ScheduleProperties.safeParse(properties);
    if (!parsed.success) throw new AwsFault('ValidationException', z.prettifyError(parsed.error));
    const schedule = parsed.data;
    if (!groups.has(schedule.GroupName)) {
      throw new AwsFault(
        'ResourceNotFoundException',
        `Schedule group ${schedule.GroupName} does not exist.`,
        404,
      );
    }
    try {
      const now = clock.now().getTime();
      const occasions = readExpression(schedule.ScheduleExpression, {
        zone: schedule.ScheduleExpressionTimezone,
        anchor: now,
      });
      if (occasions.kind === 'at' && schedule.State === 'ENABLED' && occasions.next(now - 1) === undefined) {
        throw new Error('it is past');
      }
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new AwsFault(
        'ValidationException',
        `Invalid Schedule Expression ${schedule.ScheduleExpression}: ${reason}`,
      );
    }
    if (schedule.StartDate !== undefined && schedule.StartDate < clock.now().getTime() - START_GRACE_MS) {
      throw new AwsFault(
        'ValidationException',
        'The StartDate you specify cannot be earlier than 5 minutes ago.',
      );
    }
    if (schedule.EndDate !== undefined && schedule.EndDate <= (schedule.StartDate ?? clock.now().getTime())) {
      throw new AwsFault(
        'ValidationException',
        'The EndDate has to be later than the StartDate and than now.',
      );
    }
    return schedule;
  };

  const wanted = new Map(
    options.schedules.map((properties) => {
      const schedule = ScheduleProperties.parse(properties);
      return [keyOf(schedule.GroupName, schedule.Name), schedule];
    }),
  );
  for (const { key, value } of state.list<KeptSchedule>(PREFIX)) {
    if (value.origin === 'template' && !wanted.has(key)) state.delete(key);
    else if (value.origin === 'api' && !wanted.has(key)) alarms.arm(key, value);
  }
  for (const [key, schedule] of wanted) {
    const kept = state.get<KeptSchedule>(key);
    const now = clock.now().getTime();
    // Compared as text: on disk it is the same JSON, keys in the order the schema gives them.
    if (kept !== undefined && JSON.stringify(kept.schedule) === JSON.stringify(schedule))
      alarms.arm(key, kept);
    else put({ schedule, origin: 'template', created: now, modified: now }, now);
  }
  const armed = armRules({ clock, state, rules: options.rules ?? [], deliveries, place });

  const schedules: Omit<Schedules, 'handler'> = {
    create: (properties, clientToken) => {
      const schedule = parse(properties);
      const existing = find(schedule.GroupName, schedule.Name);
      if (existing !== undefined) {
        if (clientToken !== undefined && existing.clientToken === clientToken) return existing;
        throw new AwsFault('ConflictException', `Schedule ${schedule.Name} already exists.`, 409);
      }
      const now = clock.now().getTime();
      return put({ schedule, origin: 'api', created: now, modified: now, clientToken }, now);
    },
    update: (properties) => {
      const schedule = parse(properties);
      const { created, origin, clientToken } = get(schedule.GroupName, schedule.Name);
      const now = clock.now().getTime();
      return put({ schedule, origin, created, modified: now, clientToken }, now);
    },
    remove: (group, name) => {
      get(group, name);
      alarms.disarm(keyOf(group, name));
    },
    get,
    list: () =>
      state
        .list<KeptSchedule>(PREFIX)
        .map(({ value }) => value)
        .filter((kept) => !isDeleted(kept)),
    arnOf,
    drain: deliveries.drain,
    stop: () => {
      alarms.stop();
      armed.stop();
    },
  };
  return { ...schedules, handler: schedulerHandler(schedules) };
};

/** Over, and told to go: a schedule of the template that only its tombstone is left of. */
const isDeleted = ({ schedule, origin, next }: KeptSchedule): boolean =>
  origin === 'template' &&
  schedule.ActionAfterCompletion === 'DELETE' &&
  schedule.State === 'ENABLED' &&
  next === undefined;

/** A one-time schedule ignores its start and end dates, as in the service. */
const occasionsOf = ({
  schedule,
  modified,
}: Pick<KeptSchedule, 'schedule' | 'modified'>): Occasions & { until?: number | undefined } => {
  const occasions = readExpression(schedule.ScheduleExpression, {
    zone: schedule.ScheduleExpressionTimezone,
    anchor: schedule.StartDate ?? modified,
  });
  return occasions.kind === 'at' ? occasions : { ...occasions, until: schedule.EndDate };
};

/** `Input` with the scheduler's own variables filled in, or the event it sends when there is none. */
const inputOf = (schedule: Schedule, arn: string, occasion: number, { account, region }: Place): unknown => {
  const time = wholeSeconds(new Date(occasion));
  const id = randomUUID();
  if (schedule.Target.Input === undefined) {
    const envelope = { version: '0', id, 'detail-type': 'Scheduled Event', source: 'aws.scheduler', account };
    return { ...envelope, time, region, resources: [arn], detail: '{}' };
  }
  const input = schedule.Target.Input.replaceAll('<aws.scheduler.schedule-arn>', arn)
    .replaceAll('<aws.scheduler.scheduled-time>', time)
    .replaceAll('<aws.scheduler.execution-id>', id)
    .replaceAll('<aws.scheduler.attempt-number>', '1');
  try {
    return JSON.parse(input);
  } catch {
    return input; // a queue takes any text
  }
};
