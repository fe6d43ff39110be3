import type { FieldChanges, FileView } from '../../schemas/api/shapes.ts';
import type { Field } from '../../schemas/pipeline.ts';
import { BadInput } from '../shared/errors.ts';
import { companyKey, contactKey } from '../shared/keys.ts';
import type { Key, Table } from '../shared/table/port.ts';
import type { Card } from './card.ts';
import type { Context } from './context.ts';
import { isImage, objectKey } from './file-names.ts';
import { refsIn } from './file-refs.ts';
import { mustBeStored } from './files.ts';

/** What would do where a file of the deal is none for this field. */
const wantedOf = (field: Field | undefined, id: string, file: FileView): string | undefined => {
  if (file.field !== undefined && file.field !== id) return `a file that was announced for ${id}`;
  return field?.type === 'files' && field.images === true && !isImage(file.type) ? 'a picture' : undefined;
};

type Reference = { readonly field: string; readonly id: string; readonly key: Key; readonly what: string };

/**
 * Checks that what new values point at is there: companies and contacts in the table, files on the deal; those of a list
 * or of rows have been uploaded. A value the deal has already is not looked at.
 *
 * @throws {BadInput} naming every field that points nowhere; {Refused} a file that has not been uploaded yet
 */
export const mustExist = async (
  { deal, files }: Pick<Card, 'deal' | 'files'>,
  changes: FieldChanges,
  { pipeline }: Context,
  table: Table,
): Promise<void> => {
  const references: Reference[] = [];
  const problems: string[] = [];
  const arriving: FileView[] = [];
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
    if (type !== 'file' && type !== 'files' && type !== 'rows') continue;
    const known = new Set(refsIn(deal.fields[field]).map(({ id, version }) => `${id} ${version}`));
    for (const ref of refsIn(given)) {
      if (known.has(`${ref.id} ${ref.version}`)) continue;
      const file = files.find(({ id, version }) => id === ref.id && version === ref.version);
      if (file === undefined)
        problems.push(
          `fields.${field}: no version ${ref.version} of a file "${ref.id}" on this deal; announce it by POST /v1/deals/${deal.id}/files first`,
        );
      else if (type !== 'file') {
        const wanted = wantedOf(pipeline.fields[field], field, file);
        if (wanted === undefined) arriving.push(file);
        else problems.push(`fields.${field}: “${file.name}” is ${file.type}; would do: ${wanted}`);
      }
    }
  }
  const found = references.length === 0 ? [] : await table.getMany(references.map(({ key }) => key));
  for (const { field, id, key, what } of references)
    if (!found.some(({ pk }) => pk === key.pk))
      problems.push(`fields.${field}: no ${what} "${id}"; add it first, then name it by its id`);
  if (problems.length > 0) throw new BadInput(problems.join('; '), { details: { problems } });
  for (const file of arriving) await mustBeStored(objectKey(deal.id, file.id, file.name), file);
};
