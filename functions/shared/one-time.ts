import { ConflictException, CreateScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { environment } from './environment.ts';

let client: SchedulerClient | undefined;

/** Makes the client anew, for a host that runs one system after another in a process. */
export const forgetScheduler = (): void => {
  client?.destroy();
  client = undefined;
};

/** A call of a function at a moment that may be years away. */
export type OneTime = {
  /** what it is told apart by, 64 characters at most: the same name is one schedule */
  readonly name: string;
  readonly at: Date;
  readonly target: string;
  readonly input: unknown;
};

/** Has a function called once, at a moment or soon after it. Asked twice by the same name, it is called once. */
export const callAt = async ({ name, at, target, input }: OneTime): Promise<void> => {
  client ??= new SchedulerClient({});
  const { SCHEDULE_GROUP, SCHEDULE_ROLE_ARN } = environment();
  // A schedule knows whole seconds; rounded up, so that it is never early.
  const seconds = new Date(Math.ceil(at.getTime() / 1000) * 1000).toISOString().slice(0, 19);
  try {
    await client.send(
      new CreateScheduleCommand({
        Name: name,
        GroupName: SCHEDULE_GROUP,
        ScheduleExpression: `at(${seconds})`,
        ScheduleExpressionTimezone: 'UTC',
        FlexibleTimeWindow: { Mode: 'OFF' },
        ActionAfterCompletion: 'DELETE',
        Target: { Arn: target, RoleArn: SCHEDULE_ROLE_ARN, Input: JSON.stringify(input) },
      }),
    );
  } catch (error) {
    if (!(error instanceof ConflictException)) throw error; // made by an earlier call
  }
};
