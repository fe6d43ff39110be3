import { DealId } from '../../../schemas/ids.ts';
import type { SubdealStep } from '../../../schemas/pipeline.ts';
import { resolve } from '../../access/people.ts';
import { act } from '../../deals/act.ts';
import type { Card } from '../../deals/card.ts';
import { changeFields } from '../../deals/change.ts';
import { type Context, contextFor, done } from '../../deals/context.ts';
import { factsOf } from '../../deals/facts.ts';
import { filled } from '../../deals/follow.ts';
import { bareCard, newDeal } from '../../deals/new-deal.ts';
import { lastNumber, newRows, numberAfter } from '../../deals/number.ts';
import { withRunning } from '../../deals/running.ts';
import { copiedDown, linkRow, linkTo } from '../../deals/start-process.ts';
import { idOf } from '../../shared/new-id.ts';
import { theTable } from '../../shared/ports.ts';
import type { Write } from '../../shared/table/port.ts';
import { type Doing, type Done, goesOn, occasion } from '../step.ts';
import { isStale } from './acts.ts';
import { doWatch, taskIdOf } from './work.ts';

/** The deal that a step's work begins: its id follows from the occasion, so that a repeated call finds the same. */
export const childOf = (task: string): DealId => DealId.parse(idOf('subdeal', task));

const madeFor = async (id: DealId, number: string, step: SubdealStep, parent: Card, context: Context) => {
  const { deal } = parent;
  const { pack, company } = context;
  const ofChild = contextFor(step.pipeline, context);
  const responsible =
    step.who === undefined ? deal.responsible : resolve(step.who, deal, pack, company)[0]?.id;
  const blank = newDeal(
    {
      id,
      number,
      title: deal.title,
      fields: copiedDown(await factsOf(deal, context.pipeline), step.down),
      ...(responsible === undefined ? {} : { responsible }),
      ...(deal.responsible === undefined ? {} : { initiator: deal.responsible }),
      parent: {
        deal: deal.id,
        number: deal.number,
        seq: deal.seq,
        step: step.id,
        back: step.back,
        ...(step.abandon === undefined ? {} : { abandon: step.abandon }),
      },
    },
    ofChild,
  );
  return (await filled(changeFields(bareCard(blank), step.set ?? {}, ofChild).deal, ofChild)).deal;
};

/** Puts the new deal down in one step with its number, and with the line on the deal it comes from, if that is still there. */
const begin = async (id: DealId, step: SubdealStep, doing: Doing): Promise<Doing> => {
  const { command } = doing;
  let rows: readonly Write[] = [];
  const { card, context } = await act(
    command.run.deal,
    async (now, context) => {
      rows = [];
      if (isStale({ ...doing, card: now }) || now.processes.some(({ deal }) => deal === id)) return done(now);
      const { pipeline } = contextFor(step.pipeline, context);
      const last = step.number === 'same' ? undefined : await lastNumber(theTable(), pipeline);
      const number = last === undefined ? now.deal.number : numberAfter(pipeline, last);
      const child = await madeFor(id, number, step, now, context);
      rows = [...newRows(child, pipeline, last), { put: linkRow(now.deal.id, linkTo(child)) }];
      return done({ ...now, deal: withRunning(now.deal, child) });
    },
    {
      by: { system: command.execution },
      key: `step:${occasion(command)}`,
      card: doing.card,
      along: () => rows,
    },
  );
  return { ...doing, card, context, facts: await factsOf(card.deal, context.pipeline) };
};

/** Begins a deal of another pipeline and, as a rule, waits until it is over; its fields have then come back. */
export const doSubdeal = async (doing: Doing): Promise<Done> => {
  const step = doing.command.step as SubdealStep;
  const child = childOf(taskIdOf(doing.command));
  const link = doing.card.processes.find(({ deal }) => deal === child);
  if (link?.outcome !== undefined && step.wait !== false) return goesOn(doing, { outcome: link.outcome });
  const begun = link === undefined ? await begin(child, step, doing) : doing;
  return step.wait === false ? goesOn(begun) : doWatch(begun);
};
