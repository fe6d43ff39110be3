import type { FileView } from '../../schemas/api/shapes.ts';
import { DealId, type UserId } from '../../schemas/ids.ts';
import type { IntakeLetter } from '../../schemas/intake.ts';
import { instantOf } from '../../schemas/time.ts';
import { contacts } from '../contacts/kinds.ts';
import { findAll } from '../contacts/store.ts';
import { contactsIn } from '../deals/client-links.ts';
import { mustEdit } from '../deals/editors.ts';
import { cleanName, objectKey } from '../deals/file-names.ts';
import { copyFile } from '../deals/file-store.ts';
import { seenCard } from '../deals/seen.ts';
import { putIntoDeal } from '../mail-in/into-deal.ts';
import { Conflict, DealMoved } from '../shared/errors.ts';
import { idOf } from '../shared/new-id.ts';
import { theTable } from '../shared/ports.ts';
import type { Call } from '../shared/serve.ts';
import { ConditionFailed } from '../shared/table/port.ts';
import { decided, isDecided, readLetter, view } from './decide.ts';
import { asIncoming, heldType, keepAsItCame } from './filed.ts';
import { letterRow } from './letters.ts';

/** The files of a letter as files of the deal. */
const filesFor = async (
  deal: string,
  { id: letter, files }: IntakeLetter,
  by: UserId,
  now: Date,
): Promise<FileView[]> => {
  const views: FileView[] = [];
  for (const [place, { name, type, size, key }] of files.entries()) {
    const clean = cleanName(name);
    const held = heldType(clean, type);
    if (held === undefined) continue;
    const id = idOf('letter', letter, String(place));
    await copyFile(key, objectKey(deal, id, clean));
    views.push({ id, name: clean, version: 1, type: held, size, at: instantOf(now), by });
  }
  return views;
};

/**
 * POST /v1/intake/{id}/file: the letter belongs to this deal. Said twice it is there once.
 *
 * @throws {Refused} if it was decided about otherwise
 */
export const fileLetter = async (call: Call<'intake.file'>) => {
  const { params, body, reader, now } = call;
  const letter = await readLetter(params.id, call);
  if (letter.state === 'filed' && letter.deal === body.deal) return view(letter);
  if (letter.state !== 'new') throw isDecided(letter);
  const { card, context } = await seenCard(body.deal, call);
  mustEdit(card, context);
  const deal = DealId.parse(card.deal.id);
  const named = contactsIn(card.deal, context.pipeline);
  const known = (await findAll(theTable(), contacts, 'email', letter.from.email)).map(({ id }) => id);
  const files = await filesFor(deal, letter, reader.user.id, now);
  await keepAsItCame(deal, letter);
  const contact = known.find((one) => named.includes(one)) ?? known[0] ?? named[0];
  const incoming = asIncoming(letter, deal, { contact, files, filedBy: reader.user.id });
  const after = decided(letter, reader.user.id, now, { state: 'filed', deal });
  try {
    await putIntoDeal(
      incoming,
      files,
      [{ put: letterRow(after), if: { equals: { version: letter.version } } }],
      { by: { user: reader.user.id }, reader, may: mustEdit },
    );
  } catch (error) {
    if (!(error instanceof ConditionFailed || error instanceof DealMoved)) throw error;
    throw new Conflict(`letter "${letter.id}" was just decided about; read it again`, { cause: error });
  }
  return view(after);
};
