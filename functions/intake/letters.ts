import { IntakeLetter, MailboxData, type MailIntake } from '../../schemas/intake.ts';
import type { DirectoryEntry, Pack } from '../../schemas/pack.ts';
import type { Company } from '../access/company.ts';
import { entriesOf } from '../admin/directories.ts';
import { contentOf } from '../shared/rows.ts';
import type { Item, Key } from '../shared/table/port.ts';

export const letterKey = (letter: string): Key => ({ pk: `MAIL#${letter}`, sk: 'MAIL' });

/** Letters that wait for one person, the oldest first. */
export const waitingFor = (user: string) => ({ index: 'g2' as const, pk: `INTAKE#${user}` });

/** Letters from one address. */
export const lettersFrom = (address: string) => ({
  index: 'g3' as const,
  pk: `MAIL-FROM#${address.toLowerCase()}`,
});

/** A letter's row; only while it waits does it stand in somebody's list. */
export const letterRow = (letter: IntakeLetter): Item => ({
  ...letterKey(letter.id),
  ...(letter.state === 'new'
    ? { g2pk: waitingFor(letter.responsible).pk, g2sk: `${letter.at}#${letter.id}` }
    : {}),
  g3pk: lettersFrom(letter.from.email).pk,
  g3sk: `${letter.at}#${letter.id}`,
  row: 'letter',
  ...letter,
});

export const letterOf = (row: Item): IntakeLetter => IntakeLetter.parse(contentOf(row));

/** A mailbox of the company: its entry in the directory, and how letters of its pack come in. */
export type Mailbox = {
  readonly pack: Pack;
  readonly intake: MailIntake;
  readonly entry: DirectoryEntry;
  readonly data: MailboxData;
};

/** The company's mailboxes as administrators keep them. */
export const mailboxes = async (company: Company): Promise<Mailbox[]> => {
  const all: Mailbox[] = [];
  for (const pack of company.packs) {
    const intake = pack.mail;
    if (intake === undefined) continue;
    for (const entry of await entriesOf(intake.mailboxes, company)) {
      const read = MailboxData.safeParse(entry.data); // an entry that was not checked when it was written is none
      if (read.success) all.push({ pack, intake, entry, data: read.data });
    }
  }
  return all;
};
