import type { IncomingLetter, LetterBody } from '../../schemas/incoming.ts';
import { objectKey } from '../deals/file-names.ts';
import { putText, removeFile } from '../deals/file-store.ts';
import { lettersFrom } from '../intake/letters.ts';
import { incomingKey, incomingOf, incomingRow, placesOf } from '../mail-in/rows.ts';
import { mailIdKey } from '../notify/rfc-id.ts';
import { fileKey } from '../shared/keys.ts';
import type { Item, Table } from '../shared/table/port.ts';
import { type Identifiers, redactorOf } from './redact.ts';

const isFrom = ({ from }: IncomingLetter, { email }: Identifiers): boolean =>
  email !== undefined && from.email?.toLowerCase() === email.toLowerCase();

/** A letter of the person: that it came, when, and how it got to its deal. */
const emptied = ({
  contact: _,
  rfcId: __,
  inReplyTo: ___,
  raw: ____,
  ...letter
}: IncomingLetter): IncomingLetter => ({
  ...letter,
  from: {},
  to: [],
  subject: '',
  text: '',
  files: [],
});

/** A letter of somebody else without the person in it. */
const redacted = (
  { raw: _, ...letter }: IncomingLetter,
  redact: (text: string) => string,
): IncomingLetter => ({
  ...letter,
  from: { ...letter.from, ...(letter.from.name === undefined ? {} : { name: redact(letter.from.name) }) },
  subject: redact(letter.subject),
  text: redact(letter.text),
});

/** Takes a person out of a letter that came: their own is emptied, another's no longer names them. Done twice it is done once. */
export const eraseIncoming = async (row: Item, identifiers: Identifiers, table: Table): Promise<void> => {
  const letter = incomingOf(row);
  const isTheirs = isFrom(letter, identifiers);
  const after = isTheirs ? emptied(letter) : redacted(letter, redactorOf(identifiers));
  const { deal, id, files, rfcId } = letter;
  const { raw, body } = placesOf(deal, id);
  // The letter as it came says it all again.
  await removeFile(raw);
  if (letter.raw !== undefined) await removeFile(letter.raw);
  const words: LetterBody = { text: after.text };
  await putText(body, 'application/json', JSON.stringify(words));
  if (isTheirs) {
    for (const file of files) {
      await removeFile(objectKey(deal, file.id, file.name));
      await table.write({ remove: fileKey(deal, file.id) });
    }
    if (rfcId !== undefined) await table.write({ remove: mailIdKey(rfcId) });
  }
  await table.write({ put: incomingRow(after), if: { present: true } });
};

/** Empties what came from the person to deals of others. */
export const eraseLettersFrom = async (identifiers: Identifiers, table: Table): Promise<void> => {
  const { email } = identifiers;
  if (email === undefined) return;
  for await (const { row, id } of table.all(lettersFrom(email))) {
    if (row !== 'incoming') continue;
    const now = await table.get(incomingKey(String(id)), { consistent: true });
    if (now !== undefined) await eraseIncoming(now, identifiers, table);
  }
};
