import { type Language, say, type Text } from '../../schemas/text.ts';
import { escaped, framed } from './letter.ts';

/** A part of a digest: a heading and lines, of which only the first are shown. */
export type Section = {
  readonly title: string;
  readonly lines: readonly string[];
  /** a figure that stands from day to day: told beside news, and no news by itself */
  readonly standing?: true;
};

const mostLines = 10;

const more: Text = { ru: 'и ещё', en: 'and more:', ro: 'și încă' };

const shown = ({ lines }: Section, language: Language): string[] =>
  lines.length <= mostLines
    ? [...lines]
    : [...lines.slice(0, mostLines), `${say(more, language)} ${lines.length - mostLines}`];

const asText = (section: Section, language: Language): string =>
  [`${section.title}:`, ...shown(section, language).map((line) => `– ${line}`)].join('\n');

const asHtml = (section: Section, language: Language): string =>
  [
    `<h2 style="margin:0 0 8px;font-size:16px">${escaped(section.title)}</h2>`,
    '<ul style="margin:0 0 20px;padding-left:20px">',
    ...shown(section, language).map((line) => `<li>${escaped(line)}</li>`),
    '</ul>',
  ].join('\n');

/** A digest as text and as HTML; parts without a line are left out, and nothing is left of one without news. */
export const printDigest = (
  subject: string,
  sections: readonly Section[],
  { language, company }: { language: Language; company: string },
): { body: string; html: string } | undefined => {
  const filled = sections.filter(({ lines }) => lines.length > 0);
  if (filled.every(({ standing }) => standing === true)) return undefined;
  return {
    body: filled.map((section) => asText(section, language)).join('\n\n'),
    html: framed({
      subject,
      content: filled.map((section) => asHtml(section, language)).join('\n'),
      preview: filled.map(({ title, lines }) => `${title}: ${lines.length}`).join(', '),
      language,
      company,
      isForStaff: true,
    }),
  };
};
