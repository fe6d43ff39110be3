import { FieldId } from '../../../schemas/ids.ts';
import { languageOf } from '../../../schemas/pack.ts';
import type { ShipStep } from '../../../schemas/pipeline.ts';
import { say } from '../../../schemas/text.ts';
import type { Card } from '../../deals/card.ts';
import { type Context, done, type Outcome } from '../../deals/context.ts';
import { factsOf } from '../../deals/facts.ts';
import { isUnderWay, parcelOutcome } from '../../deals/parcel-watch.ts';
import { orderParcel } from '../../delivery/order.ts';
import { recipientOf } from '../../delivery/recipient.ts';
import { actOnParcels } from '../../delivery/writes.ts';
import type { Refusal } from '../../shared/errors.ts';
import { theTable } from '../../shared/ports.ts';
import { responsibleOnly, withRaised } from '../../tasks/raise.ts';
import { type Doing, type Done, goesOn, occasion } from '../step.ts';
import { isStale } from './acts.ts';
import { answerOf, base, putDown, waitOn, workIn } from './work.ts';

/** What a person has to mend before a parcel can be ordered. */
const toMend = (card: Card, refusals: readonly Refusal[], of: string, context: Context): Card => {
  const language = languageOf(context.pack);
  const why = [...new Set(refusals.map(({ message }) => say(message, language)))].join('; ');
  return withRaised(
    card,
    {
      occasion: `ship:${of}`,
      to: responsibleOnly,
      title: {
        ru: 'Посылка СДЭК не заказана: не хватает данных',
        en: 'No parcel was ordered of CDEK: something is missing',
        ro: 'Coletul CDEK nu a fost comandat: lipsesc date',
      },
      description: {
        ru: `${why}. Дополните сделку и закажите посылку.`,
        en: `${why}. Complete the deal and order the parcel.`,
        ro: `${why}. Completați tranzacția și comandați coletul.`,
      },
    },
    context,
  );
};

/** Orders the parcel, once however often it is called; one that is under way already is the one. */
const ordered = async (doing: Doing): Promise<Doing> => {
  const { command } = doing;
  const step = command.step as ShipStep;
  const rule = async (now: Card, context: Context): Promise<Outcome<Card>> => {
    if (isStale({ ...doing, card: now }) || isUnderWay(now)) return done(now);
    const outcome = await orderParcel(now, { step }, await recipientOf(now.deal, theTable()), context);
    return outcome.ok ? outcome : done(toMend(now, outcome.refusals, occasion(command), context));
  };
  const { card, context } = await actOnParcels(command.run.deal, rule, {
    by: { system: command.execution },
    key: `step:${occasion(command)}`,
    card: doing.card,
  });
  return { ...doing, card, context, facts: await factsOf(card.deal, context.pipeline) };
};

/** Has the carrier take a parcel, and, as a rule, waits until it has its number or was handed over. */
export const doShip = async (doing: Doing): Promise<Done> => {
  const { wait, track, late = [] } = doing.command.step as ShipStep;
  const task = workIn(doing);
  if (task?.status === 'open') return waitOn(task, doing, doShip);
  if (task !== undefined) return goesOn(doing, answerOf(task));
  const { deal } = doing.card;
  // Shipped already: by a parcel that was ordered before, or by another way.
  if (deal.fields[track] !== undefined && !isUnderWay(doing.card))
    return goesOn(doing, { outcome: deal.parcel?.state === 'delivered' ? 'delivered' : 'by-hand' });
  const now = await ordered(doing);
  if (wait === false) return goesOn(now, { outcome: now.card.deal.parcel?.state ?? 'missing' });
  const count = now.card.deal.parcel?.count ?? 0;
  const awaited = {
    until: wait,
    track: FieldId.parse(track),
    after: isUnderWay(now.card) ? count - 1 : count,
  };
  const outcome = parcelOutcome(now.card, awaited);
  if (outcome !== undefined) return goesOn(now, { outcome });
  await putDown({ ...base(now), parcel: awaited, late }, now);
  return 'waiting';
};
