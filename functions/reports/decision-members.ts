import type { Task } from '../../schemas/task.ts';
import type { Member } from './contribution.ts';
import { decisionsKey } from './keys.ts';

/** Where a decision stands in the register; nothing for work that is none, or is still open. */
export const decisionMembers = ({ id, deal, pipeline, kind, outcome, closedAt }: Task): Member[] =>
  kind === 'approval' && closedAt !== undefined && (outcome === 'approved' || outcome === 'rejected')
    ? [{ ...decisionsKey(pipeline), sk: `${closedAt}#${id}`, deal }]
    : [];
