import type { Measure } from '../shared/measures.ts';
import type { Of } from '../shared/metrics.ts';
import { dealOf, taskOf } from '../shared/rows.ts';
import type { Change } from '../shared/table/records.ts';

export type Measured = { readonly measure: Measure; readonly of?: Of };

/** What a change of the table is counted as, once it is carried out. A change given again is counted again. */
export const measuredBy = ({ before, after }: Change): readonly Measured[] => {
  if (after?.row === 'deal') {
    const was = before === undefined ? undefined : dealOf(before);
    const { pack, pipeline, seq } = dealOf(after);
    const of = { pack, pipeline };
    if (was === undefined) return [{ measure: 'DealsCreated', of }];
    return was.seq === seq ? [] : [{ measure: 'DealsMoved', of }];
  }
  if (after?.row === 'task' && before !== undefined) {
    const task = taskOf(after);
    const of = task.run === undefined ? {} : { of: { pack: task.run.pack, pipeline: task.run.pipeline } };
    const rungs = task.kind === 'watch' ? 0 : task.fired.length - taskOf(before).fired.length;
    return Array.from({ length: Math.max(0, rungs) }, () => ({ measure: 'TasksLate' as const, ...of }));
  }
  return [];
};
