import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { deadLetters } from './constructs/dead-letters.ts';
import { fn } from './constructs/fn.ts';
import { listen } from './constructs/listen.ts';
import type { Right } from './constructs/rights.ts';
import { type Ground, writesTable } from './ground.ts';
import { makesSchedules } from './notify.ts';

export type WorkerProps = {
  readonly entry: `functions/${string}.handler.ts`;
  /** whose calls it makes, and whose words it acts upon */
  readonly providers: readonly string[];
  /** beside those of every worker: the table, and schedules of its own next attempts */
  readonly rights: readonly Right[];
};

/**
 * A function that makes the calls of providers and acts upon what they say. It hears of both by the bus, and wakes itself
 * by one-time schedules: its name is one of `woken`.
 */
export const worker = (
  scope: Construct,
  ground: Ground,
  name: string,
  { entry, providers, rights }: WorkerProps,
): IFunction => {
  const { stage, bus } = ground;
  const failures = deadLetters(scope, stage, name);
  const made = fn(scope, ground, name, {
    entry,
    failures,
    memoryMegabytes: 512,
    rights: [...writesTable(ground, 'g1', 'g2', 'g3'), ...makesSchedules(ground), ...rights],
  });
  listen(scope, {
    ruleName: `${stage.prefix}-${name}`,
    bus,
    pattern: {
      detailType: ['call.queued', 'call.given-up', 'outside.received'],
      detail: { data: { provider: [...providers] } },
    },
    to: made,
    failures,
  });
  return made;
};
