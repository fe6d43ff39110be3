import type { Deal } from '../../schemas/deal.ts';
import type { Pipeline } from '../../schemas/pipeline.ts';
import { hiddenFields, may, mayDo } from '../access/rights.ts';
import { act } from '../deals/act.ts';
import { pipelineNamed } from '../deals/create.ts';
import { mustBeOpen } from '../deals/editors.ts';
import { dealsBy, idIn } from '../search/rows.ts';
import { wordsOf } from '../search/words.ts';
import { BadInput, Forbidden, NotFound } from '../shared/errors.ts';
import { dealKey } from '../shared/keys.ts';
import { newId } from '../shared/new-id.ts';
import { theTable } from '../shared/ports.ts';
import { dealOf } from '../shared/rows.ts';
import type { Call } from '../shared/serve.ts';
import { enter, entryId, source } from './enter.ts';

/** So many deals are looked at that have a word of the value. */
const most = 100;

const plain = (text: string): string => text.trim().toLocaleLowerCase('ru');

/** Deals of a pipeline in which a field says just this; where it is written otherwise by case or spaces, too. */
const dealsWhere = async (pipeline: Pipeline, field: string, value: string): Promise<Deal[]> => {
  const [word] = [...wordsOf(value)].sort((one, other) => other.length - one.length);
  if (word === undefined) return [];
  const { items } = await theTable().query({ ...dealsBy(pipeline.pack, word), limit: most });
  const rows = await theTable().getMany([...new Set(items.map(idIn))].map(dealKey));
  return rows
    .map(dealOf)
    .filter(
      (deal) => deal.pipeline === pipeline.id && plain(String(deal.fields[field] ?? '')) === plain(value),
    );
};

const mustSearch = (field: string, pipeline: Pipeline): void => {
  if (pipeline.fields[field]?.search === true) return;
  const would = Object.entries(pipeline.fields).flatMap(([id, { search }]) => (search === true ? [id] : []));
  throw new BadInput(
    `where.field: ${pipeline.id} is not searched by "${field}"; it is by ${would.join(', ') || 'no field'}`,
  );
};

/**
 * POST /v1/ledger: money of the deal in which a searched field says this, entered by somebody who may enter money on it,
 * whether they see the deal or not: a parcel's number is all that a post office's list tells.
 */
export const registerEntry = async ({ body, reader, company, key }: Call<'ledger.register'>) => {
  const { where, pipeline: named, ...given } = body;
  const pipeline = pipelineNamed(named, company);
  const mine = `your roles (${reader.user.roles.join(', ')})`;
  if (!may(reader, 'create', 'ledger', pipeline.id))
    throw new Forbidden(`${mine} may not enter money in ${pipeline.id}`);
  mustSearch(where.field, pipeline);
  if (hiddenFields(reader, pipeline).has(where.field))
    throw new Forbidden(`${where.field}: this field is not open to your roles`);
  const found = (await dealsWhere(pipeline, where.field, where.value)).filter((deal) =>
    mayDo(reader, 'create', 'ledger', deal, company, body.kind),
  );
  const [deal] = found;
  if (deal === undefined)
    throw new NotFound(
      `no deal of ${pipeline.id} whose ${where.field} is "${where.value}" and on which you may enter a ${body.kind}`,
    );
  if (found.length > 1)
    throw new BadInput(
      `where: several deals have ${where.field} "${where.value}": ${found.map(({ number }) => number).join(', ')}; enter it on the deal itself`,
    );
  const id = entryId(body.externalId, key) ?? newId();
  const { card } = await act(
    deal.id,
    (before, now) => {
      if (!mayDo(reader, 'create', 'ledger', before.deal, company, body.kind))
        throw new Forbidden(`${mine} may not enter a ${body.kind} on this deal`);
      mustBeOpen(before, now);
      return enter(before, { id, source, ...given }, now);
    },
    { by: { user: reader.user.id }, reader, key },
  );
  const entry = card.ledger.find((one) => one.id === id);
  if (entry === undefined) throw new Error(`deal ${deal.id} remembers entry ${id}, which is not there`);
  return { entry, number: card.deal.number };
};
