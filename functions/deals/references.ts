import type { FieldChanges } from '../../schemas/api/shapes.ts';
import { FileRef } from '../../schemas/deal.ts';
import { BadInput } from '../shared/errors.ts';
import { companyKey, contactKey } from '../shared/keys.ts';
import type { Key, Table } from '../shared/table/port.ts';
import type { Card } from './card.ts';
import type { Context } from './context.ts';

type Reference = { readonly field: string; readonly id: string; readonly key: Key; readonly what: string };

/**
 * Checks that what new values point at is there: companies and contacts in the table, files on the deal. A value the
 * deal has already is not looked at.
 *
 * @throws {BadInput} naming every field that points nowhere
 */
export const mustExist = async (
  { deal, files }: Pick<Card, 'deal' | 'files'>,
  changes: FieldChanges,
  { pipeline }: Context,
  table: Table,
): Promise<void> => {
  const references: Reference[] = [];
  const problems: string[] = [];
  for (const [field, given] of Object.entries(changes)) {
    const type = pipeline.fields[field]?.type;
    if (given === null || JSON.stringify(given) === JSON.stringify(deal.fields[field])) continue;
    if ((type === 'company' || type === 'contact') && typeof given === 'string' && given !== '')
      references.push({
        field,
        id: given,
        key: type === 'company' ? companyKey(given) : contactKey(given),
        what: type,
      });
    const file = type === 'file' ? FileRef.safeParse(given) : undefined;
    if (
      file?.success === true &&
      !files.some(({ id, version }) => id === file.data.id && version === file.data.version)
    )
      problems.push(
        `fields.${field}: no version ${file.data.version} of a file "${file.data.id}" on this deal; announce it by POST /v1/deals/${deal.id}/files first`,
      );
  }
  const found = references.length === 0 ? [] : await table.getMany(references.map(({ key }) => key));
  for (const { field, id, key, what } of references)
    if (!found.some(({ pk }) => pk === key.pk))
      problems.push(`fields.${field}: no ${what} "${id}"; add it first, then name it by its id`);
  if (problems.length > 0) throw new BadInput(problems.join('; '), { details: { problems } });
};
