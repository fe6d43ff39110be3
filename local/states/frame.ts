import type { Json, JsonObject } from './json.ts';

/** What failed a state; `heartbeat` marks a missed heartbeat, which `States.HeartbeatTimeout` matches too. */
export type Failure = { error?: string; cause?: string; heartbeat?: true };

/** An answer to a task's token that came before the service said it has the task. */
export type Answer = { output: Json } | { failure: Failure };

/**
 * Where a line stands in its state:
 * `enter` not entered yet · `work` to be evaluated · `open` a service or a token is awaited · `rest` a timer is ·
 * `join` branches run · `exit` a result awaits Output and Assign · `caught` a catcher's turn
 */
export type Phase = 'enter' | 'work' | 'open' | 'rest' | 'join' | 'exit' | 'caught';

/** One line of control: the top level, a branch or an iteration. Plain JSON, so it can be put down and taken up. */
export type Line = {
  id: number;
  /** Id of the Parallel's or Map's line; 0 at the top. */
  parent: number;
  /** Number of the branch or iteration. */
  index: number;
  /** Key of the branch in the program. */
  branch: string;
  state: string;
  phase: Phase;
  input: Json;
  vars: JsonObject;
  /** Id of the last event in this line, the next one's `previousEventId`. */
  last: number;
  /** Id and time of the event that entered the current state. */
  entered: number;
  enteredAt: number;
  item?: { Index: number; Value: Json };
  /** Attempts used up, one number a retrier, and all together. */
  retries?: number[];
  retried?: number;
  /** Id of the TaskScheduled event; tells an answer to this attempt from one to an earlier attempt. */
  scheduled?: number;
  arguments?: Json;
  token?: string;
  submitted?: boolean;
  answer?: Answer;
  /** When the timer of this phase is due, epoch ms: the wait's or retry's end, or the task's time-out. */
  due?: number;
  beatSeconds?: number;
  beatDue?: number;
  result?: Json;
  failure?: Failure;
  catcher?: number;
  /** Of a Parallel or Map under way. */
  items?: Json[];
  outputs?: Json[];
  started?: number;
  running?: number;
  limit?: number;
  lastDone?: number;
};

export type Status = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

export type Execution = {
  arn: string;
  name: string;
  /** Unqualified ARN of the machine, the revision it runs, and the version or alias it was started by. */
  machine: string;
  revision: number;
  qualifier?: string;
  status: Status;
  input: Json;
  output?: Json;
  error?: string;
  cause?: string;
  startedAt: number;
  stoppedAt?: number;
  /** End of the execution's life by TimeoutSeconds or by the year, epoch ms. */
  deadline: number;
  events: number;
  transitions: number;
  lineIds: number;
  lines: { [id: string]: Line };
  /** The lines as they were when it ended otherwise than well: where a redrive takes it up. */
  left?: Line[];
  /** How often it was redriven, and when the last time, epoch ms. */
  redrives?: number;
  redrivenAt?: number;
  /** Task token of a `.sync` task that waits for this execution, and which form it wants. */
  waiter?: { token: string; parsed: boolean };
};

/** One event of a history, as kept: type, previous event, time and details; its id is its place, from 1. */
export type EventRecord = { t: string; p: number; at: number; d?: EventDetails };

export type EventDetails = {
  name?: string;
  input?: Json;
  output?: Json;
  assigned?: JsonObject;
  error?: string;
  cause?: string;
  resource?: string;
  resourceType?: string;
  parameters?: Json;
  timeoutInSeconds?: number;
  heartbeatInSeconds?: number;
  location?: string;
  state?: string;
  index?: number;
  length?: number;
  redriveCount?: number;
};
