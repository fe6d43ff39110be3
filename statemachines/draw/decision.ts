import type { ApprovalStep, TaskStep } from '../../schemas/pipeline.ts';
import { sayCondition } from './condition.ts';
import { pick, type Reading } from './reading.ts';

/** When work may be closed, or a decision be a yes. */
export const sayGuard = (reading: Reading, { do: work }: TaskStep | ApprovalStep, guard: string): string => {
  const condition = sayCondition(reading, guard);
  return work === 'task'
    ? pick(reading, `закрыть можно, когда ${condition}`, `can be closed when ${condition}`)
    : pick(reading, `утвердить можно, когда ${condition}`, `can be approved when ${condition}`);
};

/** What becomes of money that waits for a decision. */
export const saySettles = (reading: Reading): string =>
  pick(
    reading,
    'с решением засчитываются или возвращаются ожидающие деньги',
    'money that waits is counted or returned with the decision',
  );
