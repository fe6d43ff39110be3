import { Match, type Rule } from 'aws-cdk-lib/aws-events';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { rowsObeyed } from '../functions/workflow/stream.ts';
import { deadLetters } from './constructs/dead-letters.ts';
import { fn } from './constructs/fn.ts';
import { listen } from './constructs/listen.ts';
import type { Right } from './constructs/rights.ts';
import { read, readRights } from './constructs/stream.ts';
import { type Ground, machineArn, readsSecret, writesTable } from './ground.ts';
import { makesSchedules } from './notify.ts';

export type Workflow = {
  readonly functions: readonly IFunction[];
  /** Matches once for each run that failed or timed out as a whole. */
  readonly failedRuns: Rule;
};

/** Pipelines at work: the steps that the packs' machines call, and what starts, stops and answers their runs. */
export const workflow = (scope: Construct, ground: Ground): Workflow => {
  const step = fn(scope, ground, 'step', {
    entry: 'functions/workflow/step.handler.ts',
    rights: [...writesTable(ground, 'g1', 'g2', 'g3'), ...readsSecret(ground, 'links'), answersTasks(ground)],
  });
  const consumer = outbox(new Construct(scope, 'Outbox'), ground);
  const faults = failedRuns(new Construct(scope, 'FailedRuns'), ground);
  const alarm = alarms(new Construct(scope, 'Alarm'), ground);
  return { functions: [step, consumer, faults.by, alarm], failedRuns: faults.rule };
};

const named = 'Machines are named by the packs; the prefix is borne by those of this installation only.';

const answersTasks = ({ stage }: Ground): Right => ({
  actions: ['states:SendTaskSuccess', 'states:SendTaskFailure', 'states:SendTaskHeartbeat'],
  resources: [machineArn(stage, 'stateMachine', '*')],
  because: named,
});

/** Of a machine or of its alias, whose ARN goes on with `:live`. */
const startsRuns = ({ stage }: Ground): Right => ({
  actions: ['states:StartExecution'],
  resources: [machineArn(stage, 'stateMachine', '*')],
  because: named,
});

const stopsRuns = ({ stage }: Ground): Right => ({
  actions: ['states:StopExecution'],
  resources: [machineArn(stage, 'execution', '*')],
  because: named,
});

/** For an operator who lets a run that ended badly go on. */
const restartsRuns = (ground: Ground): Right => ({
  actions: ['states:DescribeExecution', 'states:RedriveExecution', ...stopsRuns(ground).actions],
  resources: [machineArn(ground.stage, 'execution', '*')],
  because: named,
});

const outbox = (scope: Construct, ground: Ground): IFunction => {
  const { stage, table, bus } = ground;
  const failures = deadLetters(scope, stage, 'workflow');
  const consumer = fn(scope, ground, 'workflow', {
    entry: 'functions/workflow/stream.handler.ts',
    traced: false,
    rights: [
      ...writesTable(ground, 'g1', 'g2', 'g3'),
      ...readRights(table, failures),
      startsRuns(ground),
      stopsRuns(ground),
      answersTasks(ground),
      { actions: ['events:PutEvents'], resources: [bus.eventBusArn] },
      ...makesSchedules(ground),
    ],
  });
  read(scope, { table, by: consumer, batch: 25, rows: rowsObeyed, failures });
  return consumer;
};

/** Called by the schedules that dates of deals have set. */
const alarms = (scope: Construct, ground: Ground): IFunction => {
  const failures = deadLetters(scope, ground.stage, 'alarm');
  return fn(scope, ground, 'alarm', {
    entry: 'functions/workflow/alarm.handler.ts',
    failures,
    rights: writesTable(ground, 'g1'),
  });
};

const failedRuns = (scope: Construct, ground: Ground): { by: IFunction; rule: Rule } => {
  const { stage } = ground;
  const failures = deadLetters(scope, stage, 'faults');
  const by = fn(scope, ground, 'faults', {
    entry: 'functions/workflow/faults.handler.ts',
    failures,
    rights: [...writesTable(ground, 'g1'), startsRuns(ground), restartsRuns(ground)],
  });
  const rule = listen(scope, {
    ruleName: `${stage.prefix}-faults`,
    pattern: {
      source: ['aws.states'],
      detailType: ['Step Functions Execution Status Change'],
      detail: {
        status: ['FAILED', 'TIMED_OUT'],
        stateMachineArn: Match.prefix(machineArn(stage, 'stateMachine', '')),
      },
    },
    to: by,
    failures,
  });
  return { by, rule };
};
