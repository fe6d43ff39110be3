import type { LetterView } from '../../schemas/api/intake.ts';
import type { FileView } from '../../schemas/api/shapes.ts';
import type { Contact } from '../../schemas/contact.ts';
import type { Deal } from '../../schemas/deal.ts';
import { DealId, type UserId } from '../../schemas/ids.ts';
import type { IntakeLetter, MailIntake } from '../../schemas/intake.ts';
import { instantOf } from '../../schemas/time.ts';
import { headsOf } from '../access/people.ts';
import { may, mayDoToAll } from '../access/rights.ts';
import { contacts } from '../contacts/kinds.ts';
import { findAll } from '../contacts/store.ts';
import { begun } from '../deals/begin.ts';
import { changeFields } from '../deals/change.ts';
import { cleanName, objectKey } from '../deals/file-names.ts';
import { copyFile, linkToGet, putText, stored } from '../deals/file-store.ts';
import { fileRow, refOf } from '../deals/files.ts';
import { bareCard, newDeal } from '../deals/new-deal.ts';
import { placeDeal } from '../deals/number.ts';
import { mustExist } from '../deals/references.ts';
import { contextOf } from '../deals/seen.ts';
import { viewDeal } from '../deals/view.ts';
import { intoThread, rowsOfLetter } from '../mail-in/into-deal.ts';
import { intakePlacesOf } from '../mail-in/rows.ts';
import { Conflict, Forbidden, NotFound, type Refusal, Refused } from '../shared/errors.ts';
import { dealKey } from '../shared/keys.ts';
import { idOf } from '../shared/new-id.ts';
import { behind, pageOf } from '../shared/page.ts';
import { theTable } from '../shared/ports.ts';
import { dealOf } from '../shared/rows.ts';
import type { Call } from '../shared/serve.ts';
import { ConditionFailed, type Write } from '../shared/table/port.ts';
import { asIncoming, heldType, keepAsItCame } from './filed.ts';
import { letterKey, letterOf, letterRow, mailboxes, waitingFor } from './letters.ts';

type Asking = Pick<Call<'intake.get'>, 'reader' | 'company' | 'now'>;

export const view = ({ files, raw: _, ...letter }: IntakeLetter): LetterView => ({
  ...letter,
  files: files.map(({ name, type, size }) => ({ name, type, size })),
});

const intakeOf = (pack: string, { company }: Asking): MailIntake | undefined =>
  company.packs.find(({ id }) => id === pack)?.mail;

/** Whether somebody reads the letters of another: their head, and who changes every deal that a letter may become. */
const readsThoseOf = (user: string, pack: string, asking: Asking): boolean => {
  const { reader, company } = asking;
  const pipeline = intakeOf(pack, asking)?.pipeline;
  return (
    user === reader.user.id ||
    headsOf(company.users.get(user), company).some(({ id }) => id === reader.user.id) ||
    (pipeline !== undefined && mayDoToAll(reader, 'edit', 'deal', pipeline))
  );
};

/** A letter that is the caller's to read. @throws {NotFound} in the same words for one that is not there */
export const readLetter = async (id: string, asking: Asking): Promise<IntakeLetter> => {
  const row = await theTable().get(letterKey(id), { consistent: true });
  const letter = row === undefined ? undefined : letterOf(row);
  if (letter === undefined || !readsThoseOf(letter.responsible, letter.pack, asking))
    throw new NotFound(`no letter "${id}" that you may read`);
  return letter;
};

/** GET /v1/intake */
export const listIntake = async (call: Call<'intake.list'>) => {
  const { query, reader } = call;
  const of = query.of ?? reader.user.id;
  const isAnybodys = call.company.packs.some(
    ({ id, mail }) => mail !== undefined && readsThoseOf(of, id, call),
  );
  if (of !== reader.user.id && !isAnybodys)
    throw new Forbidden(`of: the letters of "${of}" are read by them and their heads`);
  return pageOf(theTable(), { ...waitingFor(of), ...behind(query.cursor) }, query.limit, (rows) =>
    rows
      .map(letterOf)
      .map((letter) => (readsThoseOf(letter.responsible, letter.pack, call) ? view(letter) : undefined)),
  );
};

/** GET /v1/intake/{id} */
export const getLetter = async (call: Call<'intake.get'>) => {
  const letter = await readLetter(call.params.id, call);
  const { raw } = intakePlacesOf(letter.id);
  // Nobody is led to a virus.
  const isKept = letter.came !== undefined && letter.came.virus !== true && (await stored(raw)) !== undefined;
  return { ...view(letter), ...(isKept ? { original: await linkToGet(raw, 'letter.eml') } : {}) };
};

const filed = (letter: IntakeLetter): Refusal => ({
  path: 'letter',
  code: 'letter-is-filed',
  message: {
    ru: `Письмо уже приложено к сделке ${letter.deal}`,
    ro: `Scrisoarea este deja atașată la tranzacția ${letter.deal}`,
    en: `The letter has been put into deal ${letter.deal} already`,
  },
});

export const isDecided = (letter: IntakeLetter): Refused =>
  new Refused([
    letter.state === 'filed'
      ? filed(letter)
      : letter.state === 'spam'
        ? {
            path: 'letter',
            code: 'letter-is-spam',
            message: {
              ru: 'Письмо уже отмечено как спам',
              ro: 'Scrisoarea este deja marcată ca spam',
              en: 'The letter has been marked as spam already',
            },
          }
        : {
            path: 'letter',
            code: 'letter-is-lead',
            message: {
              ru: 'По этому письму уже заведена заявка',
              ro: 'După această scrisoare există deja o cerere',
              en: 'A request has been made of this letter already',
            },
          },
  ]);

/** POST /v1/intake/{id}/spam; said twice it is said once. @throws {Refused} if the letter is a request already */
export const markSpam = async (call: Call<'intake.spam'>) => {
  const { params, reader, now } = call;
  const letter = await readLetter(params.id, call);
  if (letter.state === 'spam') return view(letter);
  if (letter.state !== 'new') throw isDecided(letter);
  const spam = decided(letter, reader.user.id, now, { state: 'spam' });
  try {
    await theTable().write({ put: letterRow(spam), if: { equals: { version: letter.version } } });
    return view(spam);
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
    throw new Conflict(`letter "${letter.id}" was just decided about; read it again`, { cause: error });
  }
};

export const decided = (
  letter: IntakeLetter,
  by: UserId,
  now: Date,
  more: { state: 'spam' } | { state: 'lead' | 'filed'; deal: DealId },
): IntakeLetter => ({
  ...letter,
  ...more,
  decidedBy: by,
  decidedAt: instantOf(now),
  version: letter.version + 1,
});

const asText = ({ from, subject, at, text }: IntakeLetter): string =>
  `From: ${from.name === undefined ? '' : `${from.name} `}<${from.email}>\nDate: ${at}\nSubject: ${subject}\n\n${text}\n`;

/** The letter and its files as files of the deal, put where those lie; put again they are the same. */
const attach = async (
  deal: string,
  letter: IntakeLetter,
  { fields }: MailIntake,
  by: UserId,
  now: Date,
): Promise<{ letter: FileView; files: FileView[] }> => {
  const at = instantOf(now);
  const text = asText(letter);
  const own: FileView = {
    id: idOf('letter', letter.id),
    name: 'letter.txt',
    field: fields.letter,
    version: 1,
    type: 'text/plain',
    size: Buffer.byteLength(text),
    at,
    by,
  };
  await putText(objectKey(deal, own.id, own.name), own.type, text);
  const files: FileView[] = [];
  for (const [place, { name, type, size, key }] of letter.files.entries()) {
    const clean = cleanName(name);
    const held = heldType(clean, type);
    if (fields.files === undefined || held === undefined) continue;
    const file: FileView = {
      id: idOf('letter', letter.id, String(place)),
      name: clean,
      field: fields.files,
      version: 1,
      type: held,
      size,
      at,
      by,
    };
    await copyFile(key, objectKey(deal, file.id, file.name));
    files.push(file);
  }
  return { letter: own, files };
};

const titleOf = ({ subject, from }: IntakeLetter): string =>
  (subject.trim() || `${from.name ?? from.email}`).slice(0, 200);

/** Who wrote, where somebody of that address is known. */
const clientOf = async ({ from }: IntakeLetter): Promise<Contact | undefined> =>
  (await findAll(theTable(), contacts, 'email', from.email))[0];

/** POST /v1/intake/{id}/lead: asked twice, it is the same deal. @throws {Refused} if the letter is spam */
export const makeLead = async (call: Call<'intake.lead'>) => {
  const { params, body, reader, company, now } = call;
  const table = theTable();
  const letter = await readLetter(params.id, call);
  const intake = intakeOf(letter.pack, call);
  if (intake === undefined)
    throw new NotFound(`pack "${letter.pack}" takes no letters any more; an administrator knows why`);
  const context = contextOf(intake.pipeline, call);
  const { pipeline } = context;
  const id = DealId.parse(idOf('mail', letter.id));
  if (letter.state === 'spam' || letter.state === 'filed') throw isDecided(letter);
  if (letter.state === 'lead') {
    const row = await table.get(dealKey(id), { consistent: true });
    if (row === undefined) throw isDecided(letter);
    return viewDeal({ deal: dealOf(row) }, context);
  }
  if (!may(reader, 'create', 'deal', pipeline.id))
    throw new Forbidden(
      `your roles (${reader.user.roles.join(', ')}) may not create deals in ${pipeline.id}`,
    );

  const { fields } = intake;
  const [client, mailbox] = await Promise.all([
    clientOf(letter),
    mailboxes(company).then((all) => all.find(({ entry }) => entry.id === letter.mailbox)),
  ]);
  const files = await attach(id, letter, intake, reader.user.id, now);
  await keepAsItCame(id, letter);
  const incoming = asIncoming(letter, id, {
    contact: client?.id,
    files: files.files,
    filedBy: reader.user.id,
  });
  const known: [string | undefined, unknown][] = [
    [fields.email, letter.from.email],
    [fields.name, letter.from.name],
    [fields.text, letter.text.trim().slice(0, 2000) || undefined],
    [fields.mailbox, mailbox?.data.address],
    [fields.contact, client?.id],
    [fields.company, client?.company],
    [fields.letter, refOf(files.letter)],
    [fields.files, files.files.length === 0 ? undefined : files.files.map(refOf)],
    ...Object.entries(intake.set),
  ];
  const blank = newDeal(
    { id, number: '', title: body.title ?? titleOf(letter), initiator: reader.user.id },
    context,
  );
  // What the letter says is the system's to write; what the person adds is theirs.
  const asSystem = { ...context, reader: undefined };
  const told = changeFields(
    bareCard(blank),
    Object.fromEntries(
      known.flatMap(([field, value]) => (field === undefined || value === undefined ? [] : [[field, value]])),
    ) as Parameters<typeof changeFields>[1], // checked there
    asSystem,
  );
  const { deal } = changeFields(told, body.fields, context);
  await mustExist(told, body.fields, context, table);
  const ready = await begun(blank, deal, context, table);

  const along = async (made: Deal): Promise<Write[]> => {
    const row = await table.get(letterKey(letter.id), { consistent: true });
    const latest = row === undefined ? letter : letterOf(row);
    if (latest.state === 'spam' || latest.state === 'filed') throw isDecided(latest);
    return [
      ...(await ready.along(made)),
      ...rowsOfLetter(incoming, []),
      {
        put: letterRow(decided(letter, reader.user.id, now, { state: 'lead', deal: made.id })),
        if: { equals: { version: letter.version } },
      },
      ...[files.letter, ...files.files].map((file) => ({ put: fileRow(made.id, file) })),
    ];
  };
  const placed = await placeDeal(table, pipeline, (number) => ({ ...ready.deal, number }), along);
  await intoThread(incoming);
  return viewDeal({ deal: placed }, context, ready.warnings);
};
