import { DealId } from '../../../schemas/ids.ts';
import type { SubdealStep } from '../../../schemas/pipeline.ts';
import { contextFor } from '../../deals/context.ts';
import { newDeal } from '../../deals/new-deal.ts';
import { placeDeal, placeUncounted } from '../../deals/number.ts';
import { copiedDown, linkRow, linkTo } from '../../deals/start-process.ts';
import { idOf } from '../../shared/new-id.ts';
import { theTable } from '../../shared/ports.ts';
import { type Doing, type Done, goesOn } from '../step.ts';
import { doWatch, taskIdOf } from './work.ts';

const begin = async (
  id: DealId,
  step: SubdealStep,
  { card: { deal: parent }, context }: Doing,
): Promise<void> => {
  const ofChild = contextFor(step.pipeline, context);
  const make = (number: string) =>
    newDeal(
      {
        id,
        number,
        title: parent.title,
        fields: copiedDown(parent, step.down),
        ...(parent.responsible === undefined
          ? {}
          : { responsible: parent.responsible, initiator: parent.responsible }),
        parent: { deal: parent.id, number: parent.number, step: step.id, back: step.back },
      },
      ofChild,
    );
  const child =
    step.number === 'same'
      ? await placeUncounted(theTable(), make(parent.number))
      : await placeDeal(theTable(), ofChild.pipeline, make);
  await theTable().write({ put: linkRow(parent.id, linkTo(child)) });
};

/**
 * Begins a deal of another pipeline and waits until it is over; its fields have then come back. A repeated call finds
 * the same deal, since its id follows from the occasion.
 */
export const doSubdeal = async (doing: Doing): Promise<Done> => {
  const step = doing.command.step as SubdealStep;
  const child = DealId.parse(idOf('subdeal', taskIdOf(doing.command)));
  const link = doing.card.processes.find(({ deal }) => deal === child);
  if (link?.outcome !== undefined) return goesOn(doing, { outcome: link.outcome });
  if (link === undefined) await begin(child, step, doing);
  return doWatch(doing);
};
