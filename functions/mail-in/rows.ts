import { IncomingLetter } from '../../schemas/incoming.ts';
import { lettersFrom } from '../intake/letters.ts';
import { idOf } from '../shared/new-id.ts';
import { readable } from '../shared/readable.ts';
import { contentOf } from '../shared/rows.ts';
import type { Item, Key } from '../shared/table/port.ts';

export const incomingKey = (letter: string): Key => ({ pk: `LETTER-IN#${letter}`, sk: 'LETTER-IN' });

/** A letter among all that came in, among those of its deal, and among those from its address. */
export const incomingRow = (letter: IncomingLetter): Item => ({
  ...incomingKey(letter.id),
  g1pk: 'OUTBOX#taken',
  g1sk: `${letter.at}#${letter.id}`,
  g2pk: `LETTERS#${letter.deal}`,
  g2sk: `${letter.at}#${letter.id}`,
  ...(letter.from.email === undefined
    ? {}
    : { g3pk: lettersFrom(letter.from.email).pk, g3sk: `${letter.at}#${letter.id}` }),
  row: 'incoming',
  ...letter,
});

export const incomingOf = (item: Item): IncomingLetter => readable(IncomingLetter, contentOf(item));

/** Where the letter lies as it came, and where its words do, among the files of its deal. */
export const placesOf = (deal: string, letter: string) => ({
  raw: `files/${deal}/${letter}/letter.eml`,
  body: `files/${deal}/${letter}/letter.json`,
});

/** The same while nobody has said what the letter is. */
export const intakePlacesOf = (letter: string) => placesOf('intake', letter);

/** Where SES put it. */
export const droppedAt = (messageId: string): string => `mail/${messageId}`;

/** How many letters came from an address on a day; the address itself is in no key. */
export const countKey = (address: string, day: string): Key => ({
  pk: `MAIL-COUNT#${idOf('mail-count', address)}`,
  sk: day,
});
