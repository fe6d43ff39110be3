import type { OutgoingMessage } from '../../schemas/message.ts';
import { type Language, say, type Text } from '../../schemas/text.ts';
import { frame } from './letter.generated.ts';

/** What is sent: a subject of one line, and the same words as text and as HTML. */
export type Letter = { readonly subject: string; readonly text: string; readonly html: string };

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as HTML shows it, safe in an attribute too. */
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);

/**
 * Text as a header takes it: one line without control characters, so that it cannot begin another header, and without those
 * that turn the direction of reading, so that it shows what it is.
 */
export const oneLine = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what has to go
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/g, '')
    .trim()
    .slice(0, 250)
    .replace(/[\ud800-\udbff]$/, '')
    .toWellFormed();

const paragraphStyle = 'margin:0 0 16px';

/** Plain text as HTML paragraphs: a blank line parts them, a line break stays one. */
export const paragraphs = (text: string): string =>
  text
    .split(/\r?\n\s*\r?\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '')
    .map((paragraph) => `<p style="${paragraphStyle}">${withLinks(paragraph).replace(/\r?\n/g, '<br>')}</p>`)
    .join('\n');

const forClients: Text = {
  ru: 'Это письмо отправлено автоматически. Вопросы — вашему менеджеру.',
  en: 'This letter was sent automatically. Your manager will answer your questions.',
  ro: 'Această scrisoare a fost trimisă automat. La întrebări vă răspunde managerul dumneavoastră.',
};
const forStaff: Text = {
  ru: 'Письмо отправила система. Что приходит на почту, выбирается в профиле.',
  en: 'Sent by the system. Choose in your profile what comes by mail.',
  ro: 'Trimis de sistem. În profil alegeți ce vine prin poștă.',
};

const turnDown: Text = {
  ru: 'Отписаться от рекламных писем',
  en: 'Unsubscribe from advertising',
  ro: 'Dezabonați-vă de la publicitate',
};
const stopThese: Text = {
  ru: 'Больше не присылать эти напоминания',
  en: 'Stop these reminders',
  ro: 'Opriți aceste mementouri',
};

/** An address that a browser opens, with what of the sentence around it belongs to it. */
const address = /https?:\/\/[^\s<>"'«»“”]+[^\s<>"'«»“”.,;:!?)\]}…]/g;

const linkStyle = 'color:#1d4ed8;text-decoration:underline;word-break:break-all';

/** An address as a link. */
const linked = (href: string, words = href): string =>
  `<a href="${escaped(href)}" style="${linkStyle}">${escaped(words)}</a>`;

/** Text as HTML in which addresses of web pages are links, and nothing else is: no other address opens by a click. */
const withLinks = (text: string): string => {
  let html = '';
  let at = 0;
  for (const found of text.matchAll(address)) {
    html += escaped(text.slice(at, found.index)) + linked(found[0]);
    at = found.index + found[0].length;
  }
  return html + escaped(text.slice(at));
};

export type Framed = {
  readonly subject: string;
  /** HTML, safe as it is */
  readonly content: string;
  /** the first words, shown beside the subject in a list of letters */
  readonly preview: string;
  readonly language: Language;
  readonly company: string;
  readonly isForStaff: boolean;
  /** a colleague wrote it, and nobody is told that it came by itself */
  readonly isByPerson?: boolean;
  /** where such letters are turned down, and the words for it */
  readonly leave?: { readonly href: string; readonly words: string } | undefined;
};

/** The frame of all letters around some content. */
export const framed = ({
  subject,
  content,
  preview,
  language,
  company,
  isForStaff,
  isByPerson,
  leave,
}: Framed): string => {
  const values: Record<string, string> = {
    language,
    subject: escaped(oneLine(subject)),
    preview: escaped(oneLine(preview).slice(0, 120)),
    company: escaped(company),
    content,
    footer: [
      ...(isByPerson === true ? [] : [escaped(say(isForStaff ? forStaff : forClients, language))]),
      ...(leave === undefined ? [] : [linked(leave.href, leave.words)]),
    ].join('<br>'),
  };
  return frame.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => values[name] ?? whole);
};

/**
 * The letter of a message. A message that carries HTML of its own keeps it.
 *
 * @param unsubscribe - where the person turns such letters down; stands at the end of both bodies
 */
export const letterOf = (message: OutgoingMessage, company: string, unsubscribe?: string): Letter => {
  const { subject, body, language, html, user, kind, sender } = message;
  const leave =
    unsubscribe === undefined
      ? undefined
      : { href: unsubscribe, words: say(kind === 'promo' ? turnDown : stopThese, language) };
  return {
    subject: oneLine(subject),
    text: leave === undefined ? body : `${body}\n\n--\n${leave.words}: ${leave.href}`,
    html:
      html ??
      framed({
        subject,
        content: paragraphs(body),
        preview: body,
        language,
        company,
        isForStaff: user !== undefined,
        isByPerson: sender !== undefined,
        leave,
      }),
  };
};
