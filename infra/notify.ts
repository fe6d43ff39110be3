import { Match } from 'aws-cdk-lib/aws-events';
import { type Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Aws } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { deadLetters } from './constructs/dead-letters.ts';
import { fn, fnArn } from './constructs/fn.ts';
import { listen } from './constructs/listen.ts';
import { type Right, role } from './constructs/rights.ts';
import { type Ground, readsSecret, writesTable } from './ground.ts';
import type { Stage } from './stage.ts';

/** Where one-time schedules are put, and the role that each of them takes on. */
export type Reminders = { readonly group: string; readonly role: Role };

/** The functions that one-time schedules may call: a letter or a call to be tried again, a date that a deal waits for. */
export const woken = [
  'deliver',
  'alarm',
  'payments-work',
  'delivery-work',
  'sms',
  'mail-in',
  'webhooks',
] as const;

/** One-time schedules, in a group of their own and with a role that can call those functions alone. */
export const reminders = (scope: Construct, stage: Stage): Reminders => {
  const group = new CfnScheduleGroup(scope, 'Reminders', { name: stage.prefix });
  return {
    group: group.ref,
    role: role(scope, 'RemindersRole', {
      trusts: schedulerOf(),
      rights: [{ actions: ['lambda:InvokeFunction'], resources: woken.map((name) => fnArn(stage, name)) }],
    }),
  };
};

/** The scheduler of this account; without the condition another account's schedule could take a role on. */
export const schedulerOf = () =>
  new ServicePrincipal('scheduler.amazonaws.com', {
    conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
  });

/** Messages on their way out, what became of them, and what outside systems say. */
export const notify = (scope: Construct, ground: Ground): IFunction[] => [
  deliver(new Construct(scope, 'Deliver'), ground),
  mailEvents(new Construct(scope, 'MailEvents'), ground),
  port(new Construct(scope, 'Port'), ground),
];

/** Makes one-time schedules of the group, which take on their role. */
export const makesSchedules = ({ reminders: { group, role } }: Ground): Right[] => [
  {
    actions: ['scheduler:CreateSchedule', 'scheduler:DeleteSchedule'],
    resources: [`arn:${Aws.PARTITION}:scheduler:${Aws.REGION}:${Aws.ACCOUNT_ID}:schedule/${group}/*`],
    because: 'A schedule is named after what it wakes; the group holds these schedules only.',
  },
  { actions: ['iam:PassRole'], resources: [role.roleArn] },
];

const deliver = (scope: Construct, ground: Ground): IFunction => {
  const { stage, bus, mail } = ground;
  const failures = deadLetters(scope, stage, 'deliver');
  const made = fn(scope, ground, 'deliver', {
    entry: 'functions/notify/deliver.handler.ts',
    failures,
    // A file of 25 MB is in it four times over while it is sent.
    memoryMegabytes: 512,
    rights: [
      ...writesTable(ground),
      ...readsSecret(ground, 'links'),
      ...mail.rights,
      ...makesSchedules(ground),
      {
        actions: ['s3:GetObject'],
        resources: [ground.files.arnForObjects('files/*')],
        because: 'A letter goes with a file of its deal, whichever deal that is.',
      },
    ],
  });
  listen(scope, {
    ruleName: `${stage.prefix}-deliver`,
    bus,
    pattern: { detailType: ['message.queued'], detail: { data: { channel: ['email', 'sms'] } } },
    to: made,
    failures,
  });
  return made;
};

const mailEvents = (scope: Construct, ground: Ground): IFunction => {
  const { stage } = ground;
  const failures = deadLetters(scope, stage, 'mail-events');
  const made = fn(scope, ground, 'mail-events', {
    entry: 'functions/notify/mail-events.handler.ts',
    failures,
    rights: writesTable(ground, 'g3'),
  });
  listen(scope, {
    ruleName: `${stage.prefix}-mail-events`,
    pattern: { source: ['aws.ses'] },
    to: made,
    failures,
  });
  return made;
};

const port = (scope: Construct, ground: Ground): IFunction => {
  const { stage, bus } = ground;
  const failures = deadLetters(scope, stage, 'port');
  const made = fn(scope, ground, 'port', {
    entry: 'functions/intake/port.handler.ts',
    failures,
    rights: writesTable(ground, 'g1', 'g2', 'g3'),
  });
  listen(scope, {
    ruleName: `${stage.prefix}-port`,
    bus,
    pattern: { source: Match.prefix('voronka.port.') },
    to: made,
    failures,
  });
  return made;
};
