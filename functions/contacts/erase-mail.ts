import type { IntakeLetter } from '../../schemas/intake.ts';
import { removeFile } from '../deals/file-store.ts';
import { letterKey, letterOf, letterRow, lettersFrom } from '../intake/letters.ts';
import { intakePlacesOf } from '../mail-in/rows.ts';
import { ConditionFailed, type Table } from '../shared/table/port.ts';
import type { Identifiers } from './redact.ts';

const nobody = 'erased@erased.invalid';

const emptied = ({ raw: _, rfcId: __, ...letter }: IntakeLetter): IntakeLetter => ({
  ...letter,
  from: { email: nobody },
  subject: '',
  text: '',
  files: [],
  version: letter.version + 1,
});

/** Takes a person's letters to the company's mailboxes away, words and files; that there were some, and what became of them, stays. */
export const eraseMail = async ({ email }: Identifiers, table: Table): Promise<void> => {
  if (email === undefined) return;
  for await (const { id } of table.all(lettersFrom(email)))
    for (;;) {
      const row = await table.get(letterKey(String(id)), { consistent: true });
      const letter = row === undefined ? undefined : letterOf(row);
      if (letter === undefined || letter.from.email === nobody) break;
      for (const { key } of letter.files) await removeFile(key);
      if (letter.came !== undefined) {
        const { raw, body } = intakePlacesOf(letter.id);
        for (const key of [raw, body, letter.raw]) if (key !== undefined) await removeFile(key);
      }
      try {
        await table.write({ put: letterRow(emptied(letter)), if: { equals: { version: letter.version } } });
        break;
      } catch (error) {
        if (!(error instanceof ConditionFailed)) throw error; // otherwise it was decided about in between
      }
    }
};
