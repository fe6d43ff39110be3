import type { EventRecord, Execution } from './frame.ts';

/** One revision of a machine; the newest is what the plain ARN runs. */
export type Revision = { revision: number; id: string; definition: string; role: string; at: number };

export type Machine = {
  arn: string;
  name: string;
  createdAt: number;
  type: string;
  revisions: Revision[];
  /** Number of the version -> revision, and when it was published. */
  versions: { [version: string]: { revision: number; at: number; description?: string } };
  aliases: { [alias: string]: { version: number; at: number; description?: string } };
};

/**
 * What one burst of work changed: the frames as they are now, and the events since the last commit. If those
 * begin with `ExecutionStarted`, they replace an older execution of the same name.
 */
export type Change = { execution: Execution; events: readonly EventRecord[] };

/**
 * Where machines, frames and histories are kept. `commit` is synchronous and all or nothing: nothing is
 * acknowledged, and no service called, before it returned.
 */
export type Store = {
  machines(): Machine[];
  /** Executions that were running when the store was last written; the engine takes them up. */
  open(): Execution[];
  commit(changes: readonly Change[], machines: readonly Machine[]): void;
  /** Removes a machine; its executions stay readable. */
  forget(machineArn: string): void;
  execution(arn: string): Execution | undefined;
  /** Executions of a machine, the newest first. */
  executions(machineArn: string): Execution[];
  history(arn: string): readonly EventRecord[];
  close(): void;
};
