import type { FileView } from '../../schemas/api/shapes.ts';
import type { DealId, UserId } from '../../schemas/ids.ts';
import type { IncomingLetter, LetterBody } from '../../schemas/incoming.ts';
import type { IntakeLetter } from '../../schemas/intake.ts';
import { fileType, typeOfName } from '../deals/file-names.ts';
import { copyFile, putText, stored } from '../deals/file-store.ts';
import { withoutQuotes } from '../mail-in/quotes.ts';
import { intakePlacesOf, placesOf } from '../mail-in/rows.ts';
import { BadInput } from '../shared/errors.ts';

/** The type of a file among deals; nothing for files deals hold none of, which are left with the letter. */
export const heldType = (name: string, given: string): string | undefined => {
  try {
    return fileType(name, given);
  } catch (error) {
    if (error instanceof BadInput) return given === 'application/octet-stream' ? typeOfName(name) : undefined;
    throw error;
  }
};

/** The letter as one of a deal, once a person has said so. Its id stays, and with it what answers it. */
export const asIncoming = (
  { id, from, subject, text, files, came, rfcId, raw, at }: IntakeLetter,
  deal: DealId,
  of: { contact?: string | undefined; files: readonly FileView[]; filedBy: UserId },
): IncomingLetter => {
  const left = (came?.leftOut ?? 0) + files.length - of.files.length;
  const { leftOut: _, ...known } = came ?? { sender: 'unproven' as const };
  return {
    id,
    deal,
    ...(of.contact === undefined ? {} : { contact: of.contact }),
    from,
    to: [],
    subject,
    text: withoutQuotes(text),
    files: of.files.map(({ id: file, name, type, size }) => ({ id: file, name, type, size })),
    came: { ...known, ...(left > 0 ? { leftOut: left } : {}) },
    by: 'person',
    filedBy: of.filedBy,
    ...(rfcId === undefined ? {} : { rfcId }),
    ...(raw === undefined ? {} : { raw }),
    at,
  };
};

/** The letter as it came, and all its words, beside the deal's files: what waits for a decision is forgotten one day. */
export const keepAsItCame = async (deal: string, letter: IntakeLetter): Promise<void> => {
  const [from, to] = [intakePlacesOf(letter.id), placesOf(deal, letter.id)];
  if (letter.came !== undefined && (await stored(from.raw)) !== undefined)
    await Promise.all([copyFile(from.raw, to.raw), copyFile(from.body, to.body)]);
  else {
    const body: LetterBody = { text: letter.text };
    await putText(to.body, 'application/json', JSON.stringify(body));
  }
};
