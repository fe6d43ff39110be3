import type { Language } from '../../schemas/text.ts';
import { say } from '../../schemas/text.ts';
import { type Html, html } from '../shared/html.ts';
import type { RawAnswer } from '../shared/raw.ts';
import { palettes, style } from './style.ts';
import { words } from './words.ts';

/** Languages by their own names. */
const names: Record<Language, string> = { ru: 'Русский', en: 'English', ro: 'Română' };

const switchTo = (language: Language, offered: readonly Language[]): Html | undefined =>
  offered.length < 2
    ? undefined
    : html`<nav aria-label="${say(words.language, language)}">${offered.map((one) =>
        one === language
          ? html`<span aria-current="true" lang="${one}">${names[one]}</span> `
          : html`<a href="?lang=${one}" lang="${one}" hreflang="${one}" rel="nofollow">${names[one]}</a> `,
      )}</nav>`;

export type Layout = {
  readonly language: Language;
  readonly title: string;
  /** whose page it is; nobody's, where the link leads nowhere */
  readonly company?: string;
  readonly offered?: readonly Language[];
  /** gateways that buttons on it lead to */
  readonly formsTo?: readonly string[];
};

/** A page for a client, whole: no script, nothing loaded, kept by nobody and found by no search. It names an empty icon: else browsers ask for one. */
export const pageFor = (
  { language, title, company, offered = [], formsTo = [] }: Layout,
  body: Html,
  status = 200,
): RawAnswer => ({
  status,
  contentType: 'text/html; charset=utf-8',
  body: html`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex,nofollow"><link rel="icon" href="data:,"><meta name="color-scheme" content="light dark"><meta name="theme-color" content="${palettes.light.page}" media="(prefers-color-scheme:light)"><meta name="theme-color" content="${palettes.dark.page}" media="(prefers-color-scheme:dark)"><title>${title}</title><style>${{ html: style }}</style></head>
<body><header>${company === undefined ? undefined : html`<p class="company"><bdi>${company}</bdi></p>`}${switchTo(language, offered)}</header><main>${body}</main></body></html>`
    .html,
  headers: { 'x-robots-tag': 'noindex, nofollow' },
  formsTo,
});
