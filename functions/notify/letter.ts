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
    .map((paragraph) => `<p style="${paragraphStyle}">${escaped(paragraph).replace(/\r?\n/g, '<br>')}</p>`)
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

export type Framed = {
  readonly subject: string;
  /** HTML, safe as it is */
  readonly content: string;
  /** the first words, shown beside the subject in a list of letters */
  readonly preview: string;
  readonly language: Language;
  readonly company: string;
  readonly isForStaff: boolean;
};

/** The frame of all letters around some content. */
export const framed = ({ subject, content, preview, language, company, isForStaff }: Framed): string => {
  const values: Record<string, string> = {
    language,
    subject: escaped(oneLine(subject)),
    preview: escaped(oneLine(preview).slice(0, 120)),
    company: escaped(company),
    content,
    footer: escaped(say(isForStaff ? forStaff : forClients, language)),
  };
  return frame.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => values[name] ?? whole);
};

/** The letter of a message. A message that carries HTML of its own keeps it. */
export const letterOf = (message: OutgoingMessage, company: string): Letter => {
  const { subject, body, language, html, user } = message;
  return {
    subject: oneLine(subject),
    text: body,
    html:
      html ??
      framed({
        subject,
        content: paragraphs(body),
        preview: body,
        language,
        company,
        isForStaff: user !== undefined,
      }),
  };
};
