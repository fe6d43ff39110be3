import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Deal } from '../../schemas/deal.ts';
import { DealId, EntityId } from '../../schemas/ids.ts';
import type { Automatic, Came, Delivered, IncomingLetter } from '../../schemas/incoming.ts';
import { instantOf } from '../../schemas/time.ts';
import type { Company } from '../access/company.ts';
import { contactsIn } from '../deals/client-links.ts';
import { readBytes, stored } from '../deals/file-store.ts';
import { letterKey, letterOf, letterRow } from '../intake/letters.ts';
import { giveToLastResort, giveToReader, type Waiting } from '../intake/mail.ts';
import { isTaken, marking, markRow, type Occasion } from '../intake/marker.ts';
import { Passing } from '../shared/errors.ts';
import { dealKey } from '../shared/keys.ts';
import { log } from '../shared/log.ts';
import { idOf } from '../shared/new-id.ts';
import { theCompany, theTable } from '../shared/ports.ts';
import { dealOf } from '../shared/rows.ts';
import type { Write } from '../shared/table/port.ts';
import { automaticBy } from './automatic.ts';
import { takeBounce } from './bounced.ts';
import { type Gathered, gather } from './evidence.ts';
import { putIntoDeal } from './into-deal.ts';
import { limits } from './limits.ts';
import { match, type Place, senderOf } from './match.ts';
import { withoutQuotes } from './quotes.ts';
import { type Read, readLetter, unreadable } from './read.ts';
import { countKey, droppedAt, incomingKey, intakePlacesOf, placesOf } from './rows.ts';
import { storeForDeal, storeForIntake, storeLetter } from './store-parts.ts';

/** A letter on its way to where it belongs. */
type Letter = {
  readonly id: string;
  readonly read: Read;
  readonly delivered: Delivered;
  readonly automatic: Automatic | undefined;
  readonly evidence: Gathered;
  readonly occasion: Occasion;
};

const rowText = 20_000;

const readDropped = async (key: string): Promise<Read> => {
  const there = await stored(key);
  if (there === undefined) throw new Passing('the letter is not in the bucket yet', { retryAfterSeconds: 5 });
  return there.size > limits.rawBytes
    ? unreadable('too-large')
    : readLetter(Buffer.from(await readBytes(key)));
};

/**
 * The same for every copy of a letter, by whichever of our addresses it came. What it says belongs to it: somebody who uses the
 * Message-ID of another's letter does not stand in its way.
 */
const idOfLetter = ({ rfcId, from, subject, text, files }: Read, messageId: string): string => {
  if (rfcId === undefined) return idOf('letter-in', messageId);
  const says = createHash('sha256').update(
    JSON.stringify([from.email, subject, text, files.map(({ digest }) => digest)]),
  );
  return idOf('letter-in', rfcId, says.digest('hex'));
};

/** More letters of one address to deals in a day are talk between machines. */
const lettersADay = 50;
const keptDays = 3;

const isLoop = async (address: string, at: Date): Promise<boolean> => {
  const row = await theTable().write({
    update: countKey(address, at.toISOString().slice(0, 10)),
    add: { count: 1 },
    set: { row: 'mail-count', ttl: Math.floor(at.getTime() / 1000) + keptDays * 86_400 },
  });
  return Number(row?.count ?? 0) > lettersADay;
};

const cameOf = (
  { read, delivered: { receipt }, automatic }: Letter,
  sender: Came['sender'],
  leftOut: number,
): Came => ({
  sender,
  ...(automatic === undefined ? {} : { automatic }),
  ...(receipt.spamVerdict?.status === 'FAIL' ? { spam: true } : {}),
  ...(receipt.virusVerdict?.status === 'FAIL' ? { virus: true } : {}),
  ...(read.unread === undefined ? {} : { unread: read.unread }),
  ...(leftOut === 0 ? {} : { leftOut }),
});

/** Who of those known by the address, or else of those the deal names, the letter is of. */
const contactOf = ({ contacts, isProven }: Gathered, named: readonly string[]): string | undefined =>
  contacts.find((contact) => named.includes(contact)) ?? (isProven ? contacts[0] : undefined) ?? named[0];

const readDeal = async (id: string): Promise<Deal | undefined> => {
  const row = await theTable().get(dealKey(id), { consistent: true });
  return row === undefined ? undefined : dealOf(row);
};

/** A copy that came by a mailbox a moment before waits for nobody any more. */
const noLongerWaiting = async ({ id, deal, at }: IncomingLetter): Promise<Write[]> => {
  const row = await theTable().get(letterKey(id), { consistent: true });
  const copy = row === undefined ? undefined : letterOf(row);
  if (copy?.state !== 'new') return [];
  const { version } = copy;
  const filed = letterRow({ ...copy, state: 'filed', deal, decidedAt: at, version: version + 1 });
  return [{ put: filed, if: { equals: { version } } }];
};

const intoDeal = async (
  letter: Letter,
  deal: Deal,
  by: IncomingLetter['by'],
  company: Company,
): Promise<void> => {
  const { id, read, delivered, evidence, occasion } = letter;
  const { mail, receipt } = delivered;
  const dropped = droppedAt(mail.messageId);
  const named = contactsIn(deal, company.pipeline(deal.pipeline));
  const files = await storeForDeal(deal.id, read, mail.timestamp);
  await storeLetter(dropped, placesOf(deal.id, id), read);
  const contact = contactOf(evidence, named);
  const { rfcId, inReplyTo } = read;
  const incoming: IncomingLetter = {
    id: EntityId.parse(id),
    deal: DealId.parse(deal.id),
    ...(contact === undefined ? {} : { contact: EntityId.parse(contact) }),
    from: read.from,
    to: receipt.recipients.slice(0, 10).map((one) => one.slice(0, 320)),
    subject: read.subject,
    text: withoutQuotes(read.text).slice(0, rowText),
    files: files.map(({ id: file, name, type, size }) => ({ id: file, name, type, size })),
    came: cameOf(letter, senderOf(evidence, named), read.leftOut + read.files.length - files.length),
    by,
    ...(rfcId === undefined ? {} : { rfcId }),
    ...(inReplyTo === undefined ? {} : { inReplyTo }),
    raw: dropped,
    at: instantOf(mail.timestamp),
  };
  const waiting = await noLongerWaiting(incoming);
  await putIntoDeal(incoming, files, [marking(occasion), ...waiting]);
};

const nobody = 'unknown@unknown.invalid';

/** An address that a row may hold; one that is none stands in the letter as it came. */
const addressIn = ({ from: { name, email } }: Read): Waiting['from'] => ({
  ...(name === undefined ? {} : { name }),
  email: z.email().max(320).safeParse(email).data ?? nobody,
});

const intoIntake = async (
  letter: Letter,
  place: Exclude<Place, { to: 'deal' }>,
  company: Company,
): Promise<void> => {
  const { id, read, delivered, evidence, occasion } = letter;
  const dropped = droppedAt(delivered.mail.messageId);
  const files = await storeForIntake(id, read);
  await storeLetter(dropped, intakePlacesOf(id), read);
  const suggested = place.suggests === undefined ? undefined : await readDeal(place.suggests);
  const waiting: Waiting = {
    id: EntityId.parse(id),
    from: addressIn(read),
    subject: read.subject,
    text: read.text.slice(0, rowText),
    files,
    at: instantOf(delivered.mail.timestamp),
    came: cameOf(
      letter,
      evidence.contacts.length > 0 && evidence.isProven ? 'known' : senderOf(evidence, []),
      read.leftOut,
    ),
    ...(suggested === undefined ? {} : { suggests: suggested.id }),
    ...(read.rfcId === undefined ? {} : { rfcId: read.rfcId }),
    raw: dropped,
  };
  const { box } = evidence;
  if (box !== undefined) return giveToReader(waiting, box, occasion);
  const pack =
    company.packs.find((one) => one.id === suggested?.pack) ??
    company.packs.find(({ mail }) => mail !== undefined) ??
    company.packs[0];
  if (pack === undefined) throw new Error('a company without a pack');
  return giveToLastResort(waiting, pack, occasion);
};

/** Letters of which it is known that no person wrote them and that ask for nothing. */
const isNoise = (automatic: Automatic | undefined): boolean =>
  automatic === 'reply' || automatic === 'report' || automatic === 'own';

/** A copy of a letter that a deal has already. */
const isFiled = async (id: string): Promise<boolean> =>
  (await theTable().get(incomingKey(id), { consistent: true })) !== undefined;

const markTaken = async (occasion: Occasion): Promise<void> => {
  await theTable().write({ put: markRow(occasion) });
};

/** The letter as it is to be taken: what carries a virus is not taken out of it. */
const readDelivered = async ({ mail, receipt }: Delivered): Promise<Read> => {
  const read = await readDropped(droppedAt(mail.messageId));
  return receipt.virusVerdict?.status === 'FAIL'
    ? { ...read, files: [], leftOut: read.leftOut + read.files.length }
    : read;
};

/** Where a letter belongs; a report belongs to the deal of the letter it speaks of. */
const placeOf = async (read: Read, evidence: Gathered, { mail }: Delivered): Promise<Place> => {
  const bounced = read.bounce === undefined ? undefined : await takeBounce(read.bounce, mail.timestamp);
  const place = match(evidence);
  return place.to === 'deal' || bounced === undefined ? place : { to: 'deal', deal: bounced, by: 'answer' };
};

/** The letter with why nobody wrote it, where that is so; one too many of a day is talk between machines. */
const judged = async (letter: Omit<Letter, 'automatic'>, deal: Deal | undefined): Promise<Letter> => {
  const { read, delivered } = letter;
  const { email } = read.from;
  const { source, timestamp } = delivered.mail;
  const said = automaticBy({ headers: read.headers, returnPath: source, from: email });
  const mayBeLoop = deal !== undefined && said === undefined && email !== undefined;
  return { ...letter, automatic: mayBeLoop && (await isLoop(email, timestamp)) ? 'loop' : said };
};

/**
 * Takes a letter that SES has put into the bucket to where it belongs: into its deal, else before a person. Taken again, or
 * come twice by two addresses of ours, it is one letter.
 */
export const receiveLetter = async (delivered: Delivered): Promise<void> => {
  const occasion: Occasion = { source: 'ses', externalId: delivered.mail.messageId };
  if (await isTaken(theTable(), occasion)) return;
  const read = await readDelivered(delivered);
  const id = idOfLetter(read, delivered.mail.messageId);
  const company = await theCompany();
  const evidence = await gather(read, delivered, company);
  const place = await placeOf(read, evidence, delivered);
  if (await isFiled(id)) return markTaken(occasion);

  const deal = place.to === 'deal' ? await readDeal(place.deal) : undefined;
  const letter = await judged({ id, read, delivered, evidence, occasion }, deal);
  log.info({ letter: id, to: place.to, automatic: letter.automatic, deal: deal?.id }, 'a letter came');
  if (deal === undefined || place.to !== 'deal') {
    if (isNoise(letter.automatic)) return markTaken(occasion);
    return intoIntake(letter, place.to === 'deal' ? { to: 'unmatched' } : place, company);
  }
  try {
    await intoDeal(letter, deal, place.by, company);
  } catch (error) {
    if (!(await isFiled(id))) throw error; // else the other copy of it, or the same event, was a moment faster
    await markTaken(occasion);
  }
};
