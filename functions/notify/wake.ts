import { ConflictException, CreateScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { environment } from '../shared/environment.ts';
import { idOf } from '../shared/new-id.ts';

let client: SchedulerClient | undefined;

/** Makes the client anew, for a host that runs one system after another in a process. */
export const forgetScheduler = (): void => {
  client?.destroy();
  client = undefined;
};

/** What a schedule of ours hands to `deliver`. */
export type Wake = { readonly message: string; readonly attempt: number };

/** Has `deliver` called again for an attempt of a message. Asked twice for the same attempt, it is called once. */
export const wakeAt = async (at: Date, wake: Wake): Promise<void> => {
  client ??= new SchedulerClient({});
  const { SCHEDULE_GROUP, SCHEDULE_ROLE_ARN, DELIVER_ARN } = environment();
  // A schedule knows whole seconds; rounded up, so that it is never early.
  const seconds = new Date(Math.ceil(at.getTime() / 1000) * 1000).toISOString().slice(0, 19);
  try {
    await client.send(
      new CreateScheduleCommand({
        // A name has 64 characters, an id may have as many itself.
        Name: `letter-${idOf(wake.message)}-${wake.attempt}`,
        GroupName: SCHEDULE_GROUP,
        ScheduleExpression: `at(${seconds})`,
        ScheduleExpressionTimezone: 'UTC',
        FlexibleTimeWindow: { Mode: 'OFF' },
        ActionAfterCompletion: 'DELETE',
        Target: { Arn: DELIVER_ARN, RoleArn: SCHEDULE_ROLE_ARN, Input: JSON.stringify(wake) },
      }),
    );
  } catch (error) {
    if (!(error instanceof ConflictException)) throw error; // made by an earlier call
  }
};
