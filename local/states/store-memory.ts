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
        // A name used again after the 90 days takes the place of the old execution.
        const anew = events[0]?.t === 'ExecutionStarted';
        if (kept && anew)
          byMachine
            .get(execution.machine)
            ?.splice(byMachine.get(execution.machine)?.indexOf(kept.execution) ?? 0, 1);
        if (kept && !anew) {
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
