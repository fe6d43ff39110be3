import type { Deal, FieldValue } from '../../schemas/deal.ts';
import { DealId } from '../../schemas/ids.ts';
import type { Offer } from '../../schemas/pipeline.ts';
import type { Text } from '../../schemas/text.ts';
import { say } from '../../schemas/text.ts';
import { isOneOf } from '../access/people.ts';
import { may } from '../access/rights.ts';
import type { Refusal } from '../shared/errors.ts';
import type { Facts } from '../shared/expression.ts';
import { dealKey, processKey } from '../shared/keys.ts';
import { idOf, newId } from '../shared/new-id.ts';
import { theTable } from '../shared/ports.ts';
import { dealOf } from '../shared/rows.ts';
import type { Call } from '../shared/serve.ts';
import type { Item, Write } from '../shared/table/port.ts';
import { firstBookings } from '../visits/book.ts';
import { act } from './act.ts';
import type { Card, ProcessLink } from './card.ts';
import { changeFields } from './change.ts';
import { type Context, done, refused, stageOf } from './context.ts';
import { factsOf } from './facts.ts';
import { filled } from './follow.ts';
import { check } from './guard.ts';
import { unmetToEnter } from './move.ts';
import { bareCard, newDeal } from './new-deal.ts';
import { lastNumber, newRows, numberAfter } from './number.ts';
import { mustExist } from './references.ts';
import { withRunning } from './running.ts';
import { contextOf, mustSee } from './seen.ts';
import { viewDeal } from './view.ts';

/** The line of a deal's card that tells of a process started from it. */
export const linkRow = (parent: string, link: ProcessLink): Item => ({
  ...processKey(parent, link.deal),
  row: 'process',
  ...link,
});

export const linkTo = ({ id, number, pipeline, stage, outcome }: Deal): ProcessLink => ({
  deal: id,
  number,
  pipeline,
  stage,
  ...(outcome === undefined ? {} : { outcome }),
});

/** Values that go from a deal into the process started from it, by the process's fields; computed figures are values too. */
export const copiedDown = (facts: Facts, down: Readonly<Record<string, string>>): Deal['fields'] =>
  Object.fromEntries(
    Object.entries(down).flatMap(([from, to]) => {
      const value = facts[from];
      return value === undefined ? [] : [[to, value as FieldValue]]; // a field's own value, checked when it was written
    }),
  );

const standsInTheWay = (
  card: Card,
  pipeline: string,
  offer: Offer | undefined,
  context: Context,
): Refusal | undefined => {
  const { reader, company } = context;
  if (offer === undefined) {
    const offered = (stageOf(context.pipeline, card.deal.stage).offers ?? []).map((one) => one.pipeline);
    return {
      path: 'pipeline',
      code: 'process-not-offered',
      message: {
        ru: `На этой стадии «${pipeline}» не запускают; можно: ${offered.join(', ') || 'ничего'}`,
        ro: `La această etapă „${pipeline}” nu se pornește; se poate: ${offered.join(', ') || 'nimic'}`,
        en: `This stage does not offer “${pipeline}”; it offers: ${offered.join(', ') || 'nothing'}`,
      },
    };
  }
  if (
    !isOneOf(offer.by, reader?.user, card.deal, company) ||
    (reader !== undefined && !may(reader, 'create', 'deal', pipeline))
  )
    return {
      path: 'pipeline',
      code: 'process-not-allowed',
      message: {
        ru: `«${offer.title.ru}» запускает не каждый: спросите ответственного`,
        ro: `„${say(offer.title, 'ro')}” nu pornește oricine: întrebați responsabilul`,
        en: `“${offer.title.en}” is not yours to start; ask the responsible person`,
      },
    };
  const running = card.processes.find((link) => link.pipeline === pipeline && link.outcome === undefined);
  if (offer.single && running !== undefined)
    return {
      path: 'pipeline',
      code: 'process-running',
      message: {
        ru: `«${offer.title.ru}» уже идёт: ${running.number}`,
        ro: `„${say(offer.title, 'ro')}” este deja în curs: ${running.number}`,
        en: `“${offer.title.en}” is running already: ${running.number}`,
      },
    };
  return undefined;
};

/** POST /v1/deals/{id}/processes: a deal of another pipeline, started from this one and linked to it in one step. */
export const startProcess = async (call: Call<'deals.start'>) => {
  const { params, body, reader, key } = call;
  const table = theTable();
  const id = DealId.parse(key === undefined ? newId() : idOf(key));
  const before = key === undefined ? undefined : await table.get(dealKey(id), { consistent: true });
  if (before !== undefined) {
    const deal = dealOf(before);
    return viewDeal({ deal }, contextOf(deal.pipeline, call));
  }

  let child: Deal | undefined;
  let rows: readonly Write[] = [];
  let warnings: readonly Text[] = [];
  await act(
    params.id,
    async (card, context) => {
      mustSee(card, context);
      const { deal: parent } = card;
      const offer = stageOf(context.pipeline, parent.stage).offers?.find(
        ({ pipeline }) => pipeline === body.pipeline,
      );
      const refusal = standsInTheWay(card, body.pipeline, offer, context);
      if (offer === undefined || refusal !== undefined) return refused(...(refusal ? [refusal] : []));

      const ofChild = contextOf(offer.pipeline, call);
      const last = await lastNumber(table, ofChild.pipeline);
      const blank = newDeal(
        {
          id,
          number: numberAfter(ofChild.pipeline, last),
          title: parent.title,
          fields: copiedDown(await factsOf(parent, context.pipeline), offer.down),
          ...(parent.responsible === undefined ? {} : { responsible: parent.responsible }),
          initiator: reader.user.id,
          parent: { deal: parent.id, number: parent.number, back: offer.back },
        },
        ofChild,
      );
      const changed = changeFields(bareCard(blank), body.fields, ofChild);
      await mustExist(bareCard(blank), body.fields, ofChild, table);
      const { deal, along, warnings: restored } = await filled(changed.deal, ofChild);
      const checked = await check(undefined, deal, ofChild);
      const refusals = [...(await unmetToEnter(deal, ofChild.pipeline.start, ofChild)), ...checked.refusals];
      if (refusals.length > 0) return refused(...refusals);

      child = deal;
      warnings = [...restored, ...checked.warnings];
      rows = [
        ...newRows(deal, ofChild.pipeline, last),
        { put: linkRow(parent.id, linkTo(deal)), if: { absent: true } },
        ...(await firstBookings(deal, ofChild, table)),
        ...along,
      ];
      // A new version of the parent: of two starts at once one is refused.
      return done({ ...card, deal: withRunning(parent, deal) });
    },
    { by: { user: reader.user.id }, reader, key, along: () => rows },
  );
  if (child === undefined) {
    // The same request was carried out between our look and the write.
    const row = await table.get(dealKey(id), { consistent: true });
    if (row === undefined)
      throw new Error(`deal ${params.id} remembers the start of ${id}, which is not there`);
    child = dealOf(row);
  }
  return viewDeal({ deal: child }, contextOf(child.pipeline, call), warnings);
};
