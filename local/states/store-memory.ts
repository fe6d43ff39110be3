import type { EventRecord, Execution } from './frame.ts';
import type { Machine, Store } from './store.ts';

/** Keeps everything in this process; a stopped process forgets it. */
export const memoryStore = (): Store => {
  const machines = new Map<string, Machine>();
  const executions = new Map<string, { execution: Execution; events: EventRecord[] }>();
  const byMachine = new Map<string, Execution[]>();
  return {
    machines: () => [...machines.values()],
    open: () => [...executions.values()].map((kept) => kept.execution).filter((e) => e.status === 'RUNNING'),
    commit(changes, changed) {
      for (const machine of changed) machines.set(machine.arn, machine);
      for (const { execution, events } of changes) {
        const kept = executions.get(execution.arn);
        if (kept) {
          for (const event of events) kept.events.push(event);
          kept.execution = execution;
          continue;
        }
        executions.set(execution.arn, { execution, events: [...events] });
        const list = byMachine.get(execution.machine);
        if (list) list.push(execution);
        else byMachine.set(execution.machine, [execution]);
      }
    },
    forget: (arn) => void machines.delete(arn),
    execution: (arn) => executions.get(arn)?.execution,
    executions: (machine) => [...(byMachine.get(machine) ?? [])].reverse(),
    history: (arn) => executions.get(arn)?.events ?? [],
    close: () => undefined,
  };
};
