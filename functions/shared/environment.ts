import * as z from 'zod';

/** The one map of values all functions are given. */
const Environment = z.object({
  TABLE_NAME: z.string().min(1),
  BUS_NAME: z.string().min(1),
  BUCKET_NAME: z.string().min(1),
  /** `arn:…:stateMachine:voronka-<stage>-`; a machine's id completes it */
  MACHINE_ARN_PREFIX: z.string().min(1),
  MAIL_FROM: z.string().min(1),
  MAIL_CONFIGURATION_SET: z.string().min(1),
  /** where answers to letters come to; absent where the company receives none by Voronka */
  MAIL_IN_DOMAIN: z.string().min(1).optional(),
  SCHEDULE_GROUP: z.string().min(1),
  SCHEDULE_ROLE_ARN: z.string().min(1),
  DELIVER_ARN: z.string().min(1),
  ALARM_ARN: z.string().min(1),
  /** names the secrets of third parties: `<prefix>/robokassa` */
  SECRET_PREFIX: z.string().min(1),
  /** origin of the HTTP API as clients and other systems reach it */
  PUBLIC_URL: z.url(),
});
export type Environment = z.infer<typeof Environment>;

let read: Environment | undefined;

/** The environment, checked when it is first needed. */
export const environment = (): Environment => {
  read ??= Environment.parse(process.env);
  return read;
};

/** Forgets what was read, for a host that runs one system after another in a process. */
export const forgetEnvironment = (): void => {
  read = undefined;
};
