import { FileView } from '../../schemas/api/shapes.ts';
import type { FileRef } from '../../schemas/deal.ts';
import type { Field } from '../../schemas/pipeline.ts';
import { instantOf } from '../../schemas/time.ts';
import { hiddenColumns, withOpenColumns } from '../access/columns.ts';
import { BadInput, Forbidden, NotFound, Refused } from '../shared/errors.ts';
import { fileKey } from '../shared/keys.ts';
import { idOf, newId } from '../shared/new-id.ts';
import { theTable } from '../shared/ports.ts';
import { contentOf } from '../shared/rows.ts';
import type { Call } from '../shared/serve.ts';
import { ConditionFailed, type Item } from '../shared/table/port.ts';
import type { Card } from './card.ts';
import type { Context } from './context.ts';
import { mustWrite } from './editors.ts';
import { cleanName, fileType, isImage, objectKey } from './file-names.ts';
import { refsIn } from './file-refs.ts';
import { linkToGet, linkToPut, putHeaders, stored } from './file-store.ts';
import { seenCard } from './seen.ts';
import { filesFor, hiddenFrom } from './view.ts';

export const fileRow = (deal: string, file: FileView): Item => ({
  ...fileKey(deal, file.id),
  row: 'file',
  ...file,
});

export const refOf = ({ id, name, version }: FileView): FileRef => ({ id, name, version });

/** The version a further file of this field gets. */
export const nextVersion = ({ files }: Pick<Card, 'files'>, field: string | undefined): number =>
  Math.max(0, ...files.filter((file) => file.field === field).map(({ version }) => version)) + 1;

/** The version of a further file: one of the same name among several is what somebody made of it; pictures are each their own. */
const versionOf = (
  card: Pick<Card, 'files'>,
  field: string | undefined,
  name: string,
  holder: Field | undefined,
): number => {
  if (holder === undefined || holder.type === 'file') return nextVersion(card, field);
  if (holder.type !== 'files' || holder.images === true) return 1;
  return nextVersion({ files: card.files.filter((file) => file.name === name) }, field);
};

/** Whether a field takes files: one, several, or those of a column that is open to who acts. */
const holdsFiles = (id: string, { pipeline, reader }: Context): boolean => {
  const field = pipeline.fields[id];
  if (field?.type !== 'rows') return field?.type === 'file' || field?.type === 'files';
  const hidden = hiddenColumns(id, pipeline, reader);
  return Object.entries(field.columns).some(([column, { type }]) => type === 'file' && !hidden.has(column));
};

/** @throws {BadInput} if it is no field that holds files, {Forbidden} if it is not open to the caller */
export const mustTakeFiles = (field: string, context: Context): void => {
  const { pipeline } = context;
  const hidden = hiddenFrom(context);
  if (hidden.has(field)) throw new Forbidden(`${field}: this field is not open to your roles`);
  if (holdsFiles(field, context)) return;
  const holders = Object.keys(pipeline.fields).filter((id) => holdsFiles(id, context) && !hidden.has(id));
  throw new BadInput(
    `field: "${field}" holds no files in ${pipeline.id}; these do: ${holders.join(', ') || 'none'}`,
  );
};

const announced = async (deal: string, file: FileView) => ({
  file,
  ref: refOf(file),
  put: await linkToPut(objectKey(deal, file.id, file.name), file.type, file.size),
  headers: putHeaders(file.type),
});

/** POST /v1/deals/{id}/files: where to put a file; a field takes it when its `ref` is written there. */
export const upload = async (call: Call<'deals.upload'>) => {
  const { params, body, reader, now, key } = call;
  const { card, context } = await seenCard(params.id, call);
  mustWrite(card, body.field === undefined ? [] : [body.field], context);
  if (body.field !== undefined) mustTakeFiles(body.field, context);
  const name = cleanName(body.name);
  const type = fileType(name, body.type);
  const holder = context.pipeline.fields[body.field ?? ''];
  if (holder?.type === 'files' && holder.images === true && !isImage(type))
    throw new BadInput(
      `type: given ${body.type}; "${body.field}" holds pictures: JPEG, PNG, HEIC, WebP, TIFF`,
    );
  const file: FileView = {
    id: key === undefined ? newId() : idOf(key),
    name,
    ...(body.field === undefined ? {} : { field: body.field }),
    version: versionOf(card, body.field, name, holder),
    type,
    size: body.size,
    at: instantOf(now),
    by: reader.user.id,
  };
  try {
    await theTable().write({ put: fileRow(params.id, file), if: { absent: true } });
    return announced(params.id, file);
  } catch (error) {
    const first = card.files.find(({ id }) => id === file.id);
    if (!(error instanceof ConditionFailed)) throw error;
    return announced(params.id, first ?? file);
  }
};

const inFields = ({ deal }: Card, file: string, context: Context): boolean => {
  const hidden = hiddenFrom(context);
  return Object.entries(withOpenColumns(deal.fields, context.pipeline, context.reader)).some(
    ([field, value]) => !hidden.has(field) && refsIn(value).some(({ id }) => id === file),
  );
};

/** A file of this deal, or one that came with a value copied from its parent or one of its processes. */
export const locateFile = async (
  card: Card,
  id: string,
  context: Context,
): Promise<{ deal: string; file: FileView } | undefined> => {
  const own = filesFor(card, context).find((file) => file.id === id);
  if (own !== undefined) return { deal: card.deal.id, file: own };
  if (!inFields(card, id, context)) return undefined;
  const { parent } = card.deal;
  const elsewhere = [
    ...(parent === undefined ? [] : [parent.deal]),
    ...card.processes.map(({ deal }) => deal),
  ];
  for (const deal of elsewhere) {
    const row = await theTable().get(fileKey(deal, id));
    if (row !== undefined) return { deal, file: FileView.parse(contentOf(row)) };
  }
  return undefined;
};

/** @throws {Refused} unless what was announced is what was put */
export const mustBeStored = async (key: string, { name, type, size }: FileView): Promise<void> => {
  const there = await stored(key);
  if (there === undefined)
    throw new Refused([
      {
        path: 'file',
        code: 'not-uploaded',
        message: {
          ru: `Файл «${name}» объявлен, но ещё не загружен`,
          ro: `Fișierul „${name}” este anunțat, dar nu este încă încărcat`,
          en: `“${name}” was announced and has not been uploaded yet`,
        },
      },
    ]);
  if (there.type !== type || there.size !== size)
    throw new Refused([
      {
        path: 'file',
        code: 'not-as-announced',
        message: {
          ru: `Загружено не то, что объявлено: ${there.type}, ${there.size} байт вместо ${type}, ${size}. Загрузите файл заново`,
          en: `What was uploaded is not what was announced: ${there.type}, ${there.size} bytes instead of ${type}, ${size}; upload it anew`,
        },
      },
    ]);
};

/** GET /v1/deals/{id}/files/{file}: where to fetch it, once it lies there as it was announced. */
export const fetchFile = async (call: Call<'deals.file'>) => {
  const { id, file } = call.params;
  const { card, context } = await seenCard(id, call);
  const found = await locateFile(card, file, context);
  if (found === undefined) throw new NotFound(`no file "${file}" on this deal`);
  const key = objectKey(found.deal, found.file.id, found.file.name);
  await mustBeStored(key, found.file);
  return { file: found.file, ref: refOf(found.file), get: await linkToGet(key, found.file.name) };
};
