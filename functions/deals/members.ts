import type { User } from '../../schemas/people.ts';
import type { Pipeline, Step, Who } from '../../schemas/pipeline.ts';
import { within } from '../../statemachines/compile/ids.ts';
import { resolve } from '../access/people.ts';
import { mayDo, readerOf } from '../access/rights.ts';
import type { Card } from './card.ts';
import type { Context } from './context.ts';

const known = new WeakMap<Pipeline, Map<string, Who>>();

/** Whom each task and approval of a pipeline is for, by the id of its step. */
const whoOfSteps = (pipeline: Pipeline): Map<string, Who> => {
  const found = known.get(pipeline);
  if (found !== undefined) return found;
  const who = new Map<string, Who>();
  const look = (steps: readonly Step[]): void => {
    for (const step of steps) {
      if (step.do === 'task' || step.do === 'approval') who.set(step.id, step.who);
      for (const inner of within(step)) look(inner);
    }
  };
  for (const { work = [], on = [] } of Object.values(pipeline.stages)) {
    look(work);
    for (const thread of on) look(thread.work);
  }
  known.set(pipeline, who);
  return who;
};

/**
 * Who works on a deal together: who has it, who has or had work on it, and everybody of a role that had; of them those who
 * may see the deal now.
 */
export const membersOf = (
  { deal, tasks }: Pick<Card, 'deal' | 'tasks'>,
  { pipeline, pack, company }: Pick<Context, 'pipeline' | 'pack' | 'company'>,
): User[] => {
  const steps = whoOfSteps(pipeline);
  const ids = new Set<string>(deal.responsible === undefined ? [] : [deal.responsible]);
  for (const { kind, assignee, step } of tasks) {
    if (kind === 'watch') continue;
    if (assignee !== undefined) ids.add(assignee);
    const who = steps.get(step ?? '');
    if (who?.who === 'role') for (const { id } of resolve(who, deal, pack, company)) ids.add(id);
  }
  return [...ids].flatMap((id) => {
    const user = company.users.get(id);
    if (user?.active !== true) return [];
    const works = tasks.some((task) => task.status === 'open' && task.assignee === user.id);
    return works || mayDo(readerOf(user, company), 'view', 'deal', deal, company) ? [user] : [];
  });
};
