import type { FileView } from '../../schemas/api/shapes.ts';
import { EntityId } from '../../schemas/ids.ts';
import type { LetterBody } from '../../schemas/incoming.ts';
import type { LetterFile } from '../../schemas/intake.ts';
import { instantOf } from '../../schemas/time.ts';
import { objectKey, typeOfName } from '../deals/file-names.ts';
import { copyFile, putBytes, putText } from '../deals/file-store.ts';
import { idOf } from '../shared/new-id.ts';
import type { Read } from './read.ts';

/** The letter as it came, and its words, beside each other. Stored again they are the same. */
export const storeLetter = async (
  dropped: string,
  { raw, body }: { raw: string; body: string },
  { text, html }: Pick<Read, 'text' | 'html'>,
): Promise<void> => {
  const words: LetterBody = { text, ...(html === undefined ? {} : { html }) };
  await Promise.all([copyFile(dropped, raw), putText(body, 'application/json', JSON.stringify(words))]);
};

/**
 * The files of a letter as files of its deal; those of a type that deals do not hold stay in the letter. The same picture under
 * the same name, as in the signature of every letter, is one file.
 */
export const storeForDeal = async (
  deal: string,
  { files }: Pick<Read, 'files'>,
  now: Date,
): Promise<FileView[]> => {
  const views = new Map<string, FileView>();
  for (const file of files) {
    const type = typeOfName(file.name);
    if (type === undefined) continue;
    const id = EntityId.parse(idOf('letter-file', deal, file.name, file.digest));
    if (views.has(id)) continue;
    await putBytes(objectKey(deal, id, file.name), type, file.bytes);
    views.set(id, { id, name: file.name, version: 1, type, size: file.bytes.length, at: instantOf(now) });
  }
  return [...views.values()];
};

/** The files of a letter of which nobody has said what it is, whatever their type: a person may want to look. */
export const storeForIntake = async (
  letter: string,
  { files }: Pick<Read, 'files'>,
): Promise<LetterFile[]> => {
  const stored: LetterFile[] = [];
  for (const [place, file] of files.entries()) {
    const type = typeOfName(file.name) ?? 'application/octet-stream';
    const key = objectKey('intake', letter, `${place + 1}-${file.name}`);
    await putBytes(key, type, file.bytes);
    stored.push({ name: file.name, type, size: file.bytes.length, key });
  }
  return stored;
};
