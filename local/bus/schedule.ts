import * as z from 'zod';

/** A date as CloudFormation writes it (ISO 8601) or the wire does (epoch seconds); epoch ms inside. */
const Instant = z.union([
  z.number().transform((seconds) => seconds * 1_000),
  z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
]);

const ScheduleTarget = z.strictObject({
  Arn: z.string().min(1),
  RoleArn: z.string().min(1),
  Input: z.string().optional(),
  DeadLetterConfig: z.strictObject({ Arn: z.string().optional() }).optional(),
  RetryPolicy: z
    .strictObject({
      MaximumRetryAttempts: z.number().int().min(0).max(185).optional(),
      MaximumEventAgeInSeconds: z.number().int().min(60).max(86_400).optional(),
    })
    .optional(),
  EventBridgeParameters: z.strictObject({ DetailType: z.string(), Source: z.string() }).optional(),
  SqsParameters: z.strictObject({ MessageGroupId: z.string().optional() }).optional(),
});

/**
 * The properties of an `AWS::Scheduler::Schedule`, which are also the body of `CreateSchedule` and `UpdateSchedule`.
 * A flexible window fires at its beginning, which is within it.
 */
export const ScheduleProperties = z.strictObject({
  Name: z.string().regex(/^[0-9a-zA-Z-_.]{1,64}$/),
  GroupName: z.string().default('default'),
  Description: z.string().optional(),
  ScheduleExpression: z.string().min(1),
  ScheduleExpressionTimezone: z.string().default('UTC'),
  StartDate: Instant.optional(),
  EndDate: Instant.optional(),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  FlexibleTimeWindow: z.discriminatedUnion('Mode', [
    z.strictObject({ Mode: z.literal('OFF') }),
    z.strictObject({
      Mode: z.literal('FLEXIBLE'),
      MaximumWindowInMinutes: z.number().int().min(1).max(1440),
    }),
  ]),
  Target: ScheduleTarget,
  ActionAfterCompletion: z.enum(['NONE', 'DELETE']).default('NONE'),
  KmsKeyArn: z.string().optional(),
});
export type ScheduleProperties = z.input<typeof ScheduleProperties>;
export type Schedule = z.output<typeof ScheduleProperties>;

/** A schedule with what has become of it, as it is kept on disk; instants are epoch ms. */
export type KeptSchedule = {
  schedule: Schedule;
  origin: 'template' | 'api';
  created: number;
  modified: number;
  clientToken?: string | undefined;
  /** The occasion it waits for; undefined when it is over, or disabled. */
  next?: number | undefined;
};
