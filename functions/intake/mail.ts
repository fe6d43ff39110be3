import type { PortEvent } from '../../schemas/event.ts';
import type { IntakeLetter } from '../../schemas/intake.ts';
import type { Pack } from '../../schemas/pack.ts';
import { instantOf } from '../../schemas/time.ts';
import type { Company } from '../access/company.ts';
import { lastResort } from '../access/people.ts';
import { clock } from '../shared/clock.ts';
import { BadInput, Passing } from '../shared/errors.ts';
import { idOf } from '../shared/new-id.ts';
import { theCompany, theTable } from '../shared/ports.ts';
import { ConditionFailed, type Key, type Write } from '../shared/table/port.ts';
import { letterKey, letterRow, type Mailbox, mailboxes } from './letters.ts';
import { isTaken, marking, markRow, type Occasion } from './marker.ts';

type Received = Extract<PortEvent, { type: 'mail.received' }>;

/** Letters that come at one instant are given out in turn; more than so many is a crowd. */
const tries = 20;

const turnKey = ({ pack, entry }: Mailbox): Key => ({ pk: `TURN#${pack.id}`, sk: entry.id });

const mailboxCalled = async (name: string, company: Company): Promise<Mailbox> => {
  const all = await mailboxes(company);
  const found = all.find(
    ({ entry, data }) =>
      entry.active && (entry.id === name || data.address.toLowerCase() === name.toLowerCase()),
  );
  if (found === undefined)
    throw new BadInput(
      `mailbox: nobody reads "${name}"; mailboxes are ${all.map(({ data }) => data.address).join(', ') || 'none'}`,
    );
  return found;
};

/** Those who read a mailbox and still work here; where there is none, whoever is the pack's last resort. */
const readersOf = ({ pack, data }: Mailbox, company: Company): string[] => {
  const active = data.employees.filter((id) => company.users.get(id)?.active === true);
  return active.length > 0 ? active : lastResort(pack, company).map(({ id }) => id);
};

/** What there is to say of a letter that somebody is to decide about. */
export type Waiting = Pick<
  IntakeLetter,
  'id' | 'from' | 'subject' | 'text' | 'files' | 'at' | 'came' | 'suggests' | 'rfcId' | 'raw'
>;

const fresh = (
  waiting: Waiting,
  { pack, mailbox, responsible }: { pack: string; mailbox?: string; responsible: string },
): IntakeLetter => ({
  ...waiting,
  pack,
  ...(mailbox === undefined ? {} : { mailbox }),
  responsible: responsible as IntakeLetter['responsible'],
  state: 'new',
  version: 1,
});

/** Whether the same letter was put down before, as another copy of it; then this one is taken too. */
const isThere = async (id: string, occasion: Occasion): Promise<boolean> => {
  const table = theTable();
  if (await isTaken(table, occasion)) return true;
  if ((await table.get(letterKey(id), { consistent: true })) === undefined) return false;
  await table.write({ put: markRow(occasion) });
  return true;
};

/**
 * A letter goes to the list of the next in turn of those who read its mailbox. The turn is taken in the write that puts the
 * letter down, so that nobody is passed over and no letter is given to two.
 */
export const giveToReader = async (
  waiting: Waiting,
  mailbox: Mailbox,
  occasion: Occasion,
  along: readonly Write[] = [],
): Promise<void> => {
  const [company, table] = [await theCompany(), theTable()];
  const readers = readersOf(mailbox, company);
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    const row = await table.get(turnKey(mailbox), { consistent: true });
    const turn = typeof row?.turn === 'number' ? row.turn : 0;
    const responsible = readers[turn % readers.length];
    if (responsible === undefined)
      throw new BadInput(
        `mailbox: nobody reads "${mailbox.data.address}", and ${mailbox.pack.id} has nobody as a last resort; an administrator names somebody`,
      );
    const letter = fresh(waiting, { pack: mailbox.pack.id, mailbox: mailbox.entry.id, responsible });
    try {
      await table.transact([
        {
          put: { ...turnKey(mailbox), row: 'turn', turn: turn + 1 },
          if: turn === 0 ? { absent: true } : { equals: { turn } },
        },
        { put: letterRow(letter), if: { absent: true } },
        marking(occasion),
        ...along,
      ]);
      return;
    } catch (error) {
      if (!(error instanceof ConditionFailed)) throw error;
      if (await isThere(waiting.id, occasion)) return;
    }
  }
  throw new Passing('too many letters are being given out at once', { retryAfterSeconds: 1 });
};

/** A letter that was sent to no mailbox and belongs to no deal goes to whoever is the last resort of the pack. */
export const giveToLastResort = async (
  waiting: Waiting,
  pack: Pack,
  occasion: Occasion,
  along: readonly Write[] = [],
): Promise<void> => {
  const [company, table] = [await theCompany(), theTable()];
  const [somebody] = lastResort(pack, company);
  if (somebody === undefined)
    throw new BadInput(
      `letter: ${pack.id} has nobody as a last resort to give it to; an administrator gives somebody one of the roles ${pack.lastResort.join(', ')}`,
    );
  const letter = fresh(waiting, { pack: pack.id, responsible: somebody.id });
  try {
    await table.transact([{ put: letterRow(letter), if: { absent: true } }, marking(occasion), ...along]);
  } catch (error) {
    if (!(error instanceof ConditionFailed) || !(await isThere(waiting.id, occasion))) throw error;
  }
};

/** An adapter brought a letter to a mailbox of the company. */
export const receiveMail = async (mail: Received, occasion: Occasion): Promise<void> => {
  const mailbox = await mailboxCalled(mail.mailbox, await theCompany());
  const { from, subject, text, files } = mail;
  const id = idOf('mail', occasion.source, occasion.externalId);
  await giveToReader({ id, from, subject, text, files, at: instantOf(clock.now()) }, mailbox, occasion);
};
