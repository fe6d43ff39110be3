import sanitizeHtml from 'sanitize-html';
import { limits } from './limits.ts';

const tags =
  'p br div span b strong i em u s sub sup ul ol li dl dt dd table thead tbody tfoot tr td th caption a blockquote pre code h1 h2 h3 h4 h5 h6 hr img';

const isInLetter = (source: string | undefined): boolean => source?.toLowerCase().startsWith('cid:') === true;

/**
 * HTML of a letter that may be shown: no scripts, styles, forms or frames; no picture that would tell its sender that the
 * letter was opened; links that tell nobody where they were followed from.
 */
export const safeHtml = (given: string): string =>
  sanitizeHtml(given.slice(0, limits.htmlCharacters), {
    allowedTags: tags.split(' '),
    allowedAttributes: {
      a: ['href', 'title', 'rel', 'target'],
      img: ['src', 'alt', 'width', 'height'],
      td: ['colspan', 'rowspan'],
      th: ['colspan', 'rowspan'],
    },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowedSchemesByTag: { img: ['cid'] },
    allowProtocolRelative: false,
    nestingLimit: 60,
    transformTags: {
      a: (tagName, { href, title }) => ({
        tagName,
        attribs: {
          ...(href === undefined ? {} : { href }),
          ...(title === undefined ? {} : { title }),
          rel: 'noopener noreferrer nofollow',
          target: '_blank',
        },
      }),
    },
    exclusiveFilter: ({ tag, attribs }) => tag === 'img' && !isInLetter(attribs.src),
  });

const blocks = /<\/(?:p|div|li|tr|h[1-6]|blockquote|table|ul|ol|pre|dd|dt)>|<br\s*\/?>|<hr\s*\/?>/gi;

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  nbsp: ' ',
  '#39': "'",
};

/** The words of HTML that `safeHtml` gave. */
export const textOfHtml = (safe: string): string =>
  safe
    .replace(/\s+/g, ' ')
    .replace(blocks, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(amp|lt|gt|quot|nbsp|#39);/g, (_, name: string) => entities[name] ?? '')
    .replace(/[ \t\u00a0]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
