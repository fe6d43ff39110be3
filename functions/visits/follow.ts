import type { Deal, FieldValue } from '../../schemas/deal.ts';
import type { Pipeline, Step } from '../../schemas/pipeline.ts';
import { within } from '../../statemachines/compile/ids.ts';
import type { Card } from '../deals/card.ts';
import { withFields } from '../deals/change.ts';
import { type Context, stageOf } from '../deals/context.ts';
import { slotIn, slotsOf } from './slot.ts';

/** The field whose people a step is for, by the id of the step. */
const fieldsOfSteps = (pipeline: Pipeline, stage: string): Map<string, string> => {
  const found = new Map<string, string>();
  const look = (steps: readonly Step[]): void => {
    for (const step of steps) {
      if ((step.do === 'task' || step.do === 'approval') && step.who.who === 'field')
        found.set(step.id, step.who.field);
      for (const inner of within(step)) look(inner);
    }
  };
  const { work = [], on = [] } = stageOf(pipeline, stage);
  look(work);
  for (const thread of on) look(thread.work);
  return found;
};

/** Open work of who was booked goes to who is booked now. */
export const followSlots = (before: Deal, card: Card, { pipeline }: Context): Card => {
  const { deal } = card;
  const booked = slotsOf(deal, pipeline).filter(({ id }) => deal.fields[id] !== before.fields[id]);
  if (booked.length === 0) return card;
  const fields = fieldsOfSteps(pipeline, deal.stage);
  return {
    ...card,
    tasks: card.tasks.map((task) => {
      const slot = booked.find(({ id }) => id === fields.get(task.step ?? ''))?.slot;
      const [first] = slot?.people ?? [];
      return task.status !== 'open' ||
        slot === undefined ||
        first === undefined ||
        slot.people.some((one) => one === task.assignee)
        ? task
        : { ...task, assignee: first };
    }),
  };
};

/** A deal that is over keeps no time that is still to come. */
export const freeSlots = (before: Deal, card: Card, { pipeline, now }: Context): Card => {
  const { deal } = card;
  if (deal.outcome === undefined || before.outcome !== undefined) return card;
  const fields: Record<string, FieldValue> = { ...deal.fields };
  for (const { id } of slotsOf(deal, pipeline)) {
    const slot = slotIn(deal, id);
    if (slot !== undefined && Date.parse(slot.start) > now.getTime()) delete fields[id];
  }
  return withFields(card, fields);
};
