import type { QueueStep } from '../../schemas/pipeline.ts';
import { everyStep } from '../../statemachines/compile/ids.ts';
import type { Card } from './card.ts';
import { withFields } from './change.ts';
import { type Context, stageOf } from './context.ts';

const queuesOf = ({ pipeline }: Context, stage: string): QueueStep[] => {
  const { work = [], on = [] } = stageOf(pipeline, stage);
  return everyStep([...work, ...on.flatMap((thread) => thread.work)]).filter((step) => step.do === 'queue');
};

/** The turn of a queue that was given to somebody else: the field that says who is asked now says so. */
export const followTurns = (before: Card, card: Card, context: Context): Card => {
  const known = new Map(before.tasks.map((task) => [task.id, task]));
  const given = card.tasks.filter(({ id, status, kind, assignee }) => {
    const was = known.get(id);
    return kind === 'approval' && status === 'open' && was !== undefined && was.assignee !== assignee;
  });
  if (given.length === 0) return card;
  const queues = queuesOf(context, card.deal.stage);
  const fields = Object.fromEntries(
    given.flatMap(({ step, assignee }) => {
      const asks = queues.find(({ id }) => id === step)?.asks;
      return asks === undefined || assignee === undefined ? [] : [[asks, assignee] as const];
    }),
  );
  return withFields(card, { ...card.deal.fields, ...fields });
};
