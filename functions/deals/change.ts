import type { FieldChanges } from '../../schemas/api/shapes.ts';
import type { Deal, FieldValue } from '../../schemas/deal.ts';
import type { Field } from '../../schemas/pipeline.ts';
import { hiddenColumns } from '../access/columns.ts';
import { hiddenFields } from '../access/rights.ts';
import { BadInput, Forbidden } from '../shared/errors.ts';
import type { Card } from './card.ts';
import type { Context } from './context.ts';
import { mustBeWriter } from './editors.ts';
import { readValue } from './values.ts';

/** Lists without a member are no value. */
const isList = ({ type }: Field): boolean => type === 'files' || type === 'rows';

/** Why a reader who does not see every column of these rows may not write them. */
const closedColumns = (
  field: string,
  { pipeline, reader }: Context,
  before: unknown,
  given: unknown,
): string | undefined => {
  const hidden = hiddenColumns(field, pipeline, reader);
  const holdsHidden = (rows: unknown): boolean =>
    Array.isArray(rows) &&
    rows.some((row) => typeof row === 'object' && row !== null && [...hidden].some((id) => id in row));
  if (holdsHidden(given)) return `these columns are not open to your roles: ${[...hidden].join(', ')}`;
  // Rows have no names: which price belongs to which row could not be told afterwards.
  return holdsHidden(before)
    ? 'rows that hold more than your roles see are changed by those who see all of it'
    : undefined;
};

/**
 * Writes fields of a deal. Every bad field is named at once; nothing is written if one is bad.
 *
 * @throws {BadInput} unknown field, a value of another form; {Forbidden} a field hidden from the reader, or for others to write
 */
export const changeFields = (card: Card, changes: FieldChanges, context: Context): Card => {
  const { pipeline, pack, company, reader } = context;
  const hidden = reader === undefined ? new Set<string>() : hiddenFields(reader, pipeline);
  mustBeWriter(card, changes, context);
  const problems: { field: string; given: unknown; wanted: string }[] = [];
  const fields: Record<string, FieldValue> = { ...card.deal.fields };
  for (const [id, given] of Object.entries(changes)) {
    const field = pipeline.fields[id];
    if (field === undefined) {
      problems.push({
        field: id,
        given,
        wanted: `a field of ${pipeline.id}: ${Object.keys(pipeline.fields)
          .filter((name) => !hidden.has(name))
          .join(', ')}`,
      });
      continue;
    }
    if (hidden.has(id)) throw new Forbidden(`${id}: this field is not open to your roles`);
    if (reader !== undefined && (field.system === true || field.follows !== undefined)) {
      problems.push({ field: id, given, wanted: 'nothing: the system alone writes it' });
      continue;
    }
    const emptied = given === null || (isList(field) && Array.isArray(given) && given.length === 0);
    const closed = closedColumns(id, context, card.deal.fields[id], given);
    if (closed !== undefined) throw new Forbidden(`${id}: ${closed}`);
    if (emptied) {
      delete fields[id];
      continue;
    }
    const read = readValue(field, given, pack.zone, company);
    if ('wanted' in read) problems.push({ field: id, given, wanted: read.wanted });
    else fields[id] = read.value;
  }
  if (problems.length > 0)
    throw new BadInput(
      problems
        .map(({ field, given, wanted }) => `${field}: given ${JSON.stringify(given)}; would do: ${wanted}`)
        .join('; '),
      { details: { fields: problems } },
    );
  return withFields(card, fields);
};

const same = (one: Deal['fields'], other: Deal['fields']): boolean =>
  JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
const sorted = (fields: Deal['fields']) =>
  Object.entries(fields).sort(([one], [other]) => (one < other ? -1 : 1));

/** The card with these fields; itself where nothing differs, so that saving writes nothing. */
export const withFields = (card: Card, fields: Deal['fields']): Card =>
  same(card.deal.fields, fields) ? card : { ...card, deal: { ...card.deal, fields } };
