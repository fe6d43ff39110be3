import { createHash } from 'node:crypto';
import { type AddressObject, type ParsedMail, simpleParser } from 'mailparser';
import type { Unread } from '../../schemas/incoming.ts';
import { cleanName } from '../deals/file-names.ts';
import { type Bounce, bounceIn } from './bounce.ts';
import { safeHtml, textOfHtml } from './html.ts';
import { headOf, limits, tooMuch } from './limits.ts';

/** A file that came with a letter. */
export type ReadFile = {
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
  /** of its bytes, in hex */
  readonly digest: string;
};

/** A letter as far as it could be read; every text in it is the sender's word. */
export type Read = {
  /** Message-ID, In-Reply-To and References as they are written, in angle brackets */
  readonly rfcId?: string;
  readonly inReplyTo?: string;
  readonly references: readonly string[];
  readonly from: { readonly name?: string; readonly email?: string };
  readonly subject: string;
  /** the words of the letter with what it quotes */
  readonly text: string;
  /** sanitised */
  readonly html?: string;
  readonly files: readonly ReadFile[];
  /** files that are left in the letter as it came: too many, or too large */
  readonly leftOut: number;
  /** by name in lower case */
  readonly headers: ReadonlyMap<string, string>;
  readonly bounce?: Bounce;
  /** why no more of it is here */
  readonly unread?: Unread;
};

/** In one line, without signs that a screen or a header would take for its own. */
const plain = (text: string | undefined, length: number): string =>
  (text ?? '')
    .replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, length);

const words = (text: string): string =>
  text
    .replace(/(?![\t\n\r])\p{Cc}/gu, '')
    .replace(/\r\n?/g, '\n')
    .slice(0, limits.textCharacters)
    .trim();

const idIn = (text: string | undefined): string | undefined => /<[^<>\s]{1,300}>/.exec(text ?? '')?.[0];

const idsIn = (given: string | string[] | undefined): string[] =>
  [
    ...[given ?? []]
      .flat()
      .join(' ')
      .slice(0, 20_000)
      .matchAll(/<[^<>\s]{1,300}>/g),
  ]
    .map(([id]) => id)
    .slice(-limits.references);

/** As they are written, the first of each name; the parser's own map joins some under another name. */
const headersOf = ({ headerLines, subject }: ParsedMail): Map<string, string> => {
  const headers = new Map<string, string>();
  for (const { key, line } of headerLines ?? [])
    if (line.includes(':') && !headers.has(key))
      headers.set(key, plain(line.slice(line.indexOf(':') + 1), 2000));
  if (subject !== undefined) headers.set('subject', plain(subject, 500)); // in words
  return headers;
};

const addressed = (from: AddressObject | undefined): Read['from'] => {
  const all = (from?.value ?? []).flatMap((one) => [one, ...(one.group ?? [])]);
  const first = all.find(({ address }) => address?.includes('@') === true) ?? all[0];
  const name = plain(first?.name, 200);
  const email = plain(first?.address, 320).toLowerCase();
  return { ...(name === '' ? {} : { name }), ...(email === '' ? {} : { email }) };
};

const options = {
  keepCidLinks: true,
  skipHtmlToText: true,
  skipTextToHtml: true,
  skipTextLinks: true,
  skipImageLinks: true,
  maxHtmlLengthToParse: limits.htmlCharacters,
  keepDeliveryStatus: true,
  // A letter within a letter is a file of it, and is not gone into.
  ignoreEmbedded: true,
  maxHeadSize: limits.headBytes,
};

const digestOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

const nameOf = (filename: string | undefined, type: string, place: number): string => {
  const given = plain(filename, 400);
  if (given !== '') return cleanName(given);
  return type === 'message/rfc822' ? `letter-${place + 1}.eml` : `file-${place + 1}`;
};

const filesOf = ({ attachments }: ParsedMail): Pick<Read, 'files' | 'leftOut'> => {
  const all = attachments.filter(({ contentType }) => contentType !== 'message/delivery-status');
  const held = all.filter(({ content }) => content.length > 0 && content.length <= limits.fileBytes);
  const files = held.slice(0, limits.files).map(({ filename, contentType, content }, place) => ({
    name: nameOf(filename, contentType, place),
    type: plain(contentType, 120).toLowerCase() || 'application/octet-stream',
    bytes: content,
    digest: digestOf(content),
  }));
  return { files, leftOut: all.filter(({ content }) => content.length > 0).length - files.length };
};

const asRead = (mail: ParsedMail): Read => {
  const html = typeof mail.html === 'string' ? safeHtml(mail.html) : undefined;
  const text = mail.text === undefined || mail.text.trim() === '' ? textOfHtml(html ?? '') : mail.text;
  const rfcId = idIn(mail.messageId);
  const inReplyTo = idIn(mail.inReplyTo);
  const bounce = bounceIn(mail.attachments);
  return {
    ...(rfcId === undefined ? {} : { rfcId }),
    ...(inReplyTo === undefined ? {} : { inReplyTo }),
    references: idsIn(mail.references),
    from: addressed(mail.from),
    subject: plain(mail.subject, 500),
    text: words(text),
    ...(html === undefined || html.trim() === '' ? {} : { html }),
    ...filesOf(mail),
    headers: headersOf(mail),
    ...(bounce === undefined ? {} : { bounce }),
  };
};

const nothing: Read = {
  references: [],
  from: {},
  subject: '',
  text: '',
  files: [],
  leftOut: 0,
  headers: new Map(),
};

/** A letter that is not to be read at all. */
export const unreadable = (unread: Unread): Read => ({ ...nothing, unread });

/** The head alone, where the rest is not to be gone into. */
const readHead = async (raw: Buffer, unread: Unread): Promise<Read> => {
  try {
    const mail = await simpleParser(Buffer.concat([headOf(raw), Buffer.from('\r\n\r\n')]), options);
    return { ...asRead(mail), unread };
  } catch {
    return unreadable(unread); // it is not even a head: the letter is kept as it came
  }
};

/**
 * Reads a letter, bounded in time and memory whatever it is: one with more than people's letters have is read by its head
 * alone. Nothing attached is unpacked.
 */
export const readLetter = async (raw: Buffer): Promise<Read> => {
  const much = tooMuch(raw);
  if (much !== undefined) return readHead(raw, much);
  try {
    const read = asRead(await simpleParser(raw, options));
    // Words without a head before them are a letter too.
    return read.headers.size === 0 && read.text === ''
      ? { ...read, text: words(raw.subarray(0, limits.textCharacters).toString('utf8')) }
      : read;
  } catch {
    return readHead(raw, 'broken');
  }
};
