import type { Json } from './pattern-refused.ts';

/** An event as rules and targets see it. */
export type BusEvent = {
  version: '0';
  id: string;
  'detail-type': string;
  source: string;
  account: string;
  /** Whole seconds, UTC. */
  time: string;
  region: string;
  resources: string[];
  detail: { [key: string]: Json };
};

/** How long an event is offered to a target that refuses it. */
export type RetryPolicy = { maximumRetryAttempts?: number; maximumEventAgeSeconds?: number };

/** One receiver of what a rule lets through. */
export type Target = {
  id: string;
  arn: string;
  /** A constant, as JSON text. */
  input?: string | undefined;
  inputPath?: string | undefined;
  inputTransformer?:
    | { inputPathsMap?: Record<string, string> | undefined; inputTemplate: string }
    | undefined;
  dlqArn?: string | undefined;
  retry?: RetryPolicy | undefined;
};

/** A rule of the template: what it waits for, and whom it tells. */
export type Rule = {
  name: string;
  arn?: string;
  busArn: string;
  pattern?: unknown;
  /** `rate(...)` or `cron(...)`, read in UTC. */
  schedule?: string | undefined;
  state: 'ENABLED' | 'DISABLED';
  targets: readonly Target[];
};

/** One message on its way to a function, a queue, a state machine or another bus. */
export type Delivered = {
  arn: string;
  input: unknown;
  dlqArn?: string | undefined;
  /** Message attributes, set on what arrives in a dead-letter queue. */
  attributes?: Record<string, string>;
  /** How a schedule wants its input wrapped when the target is an event bus. */
  eventBridge?: { DetailType: string; Source: string } | undefined;
  /** The group a schedule names when the target is a FIFO queue. */
  messageGroupId?: string | undefined;
};

/** Hands a message to its target; resolves when the target has accepted it. */
export type Deliver = (target: Delivered) => Promise<void>;

/** Where the emulated account lies. */
export type Place = { account: string; region: string };

export const somewhere: Place = { account: '000000000000', region: 'eu-central-1' };
