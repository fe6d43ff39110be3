import { type Html, html } from '../shared/html.ts';
import type { RawAnswer } from '../shared/raw.ts';

const style = `body{font:16px/1.5 system-ui,sans-serif;margin:0;background:#f5f7fa;color:#1f2933}
main{max-width:30rem;margin:8vh auto;padding:2rem;background:#fff;border:1px solid #cbd2d9;border-radius:.5rem}
h1{font-size:1.25rem;margin:0 0 1rem}dl{margin:0 0 1.5rem}dt{color:#52606d;font-size:.875rem}dd{margin:0 0 .75rem}
button{font:inherit;padding:.75rem 1.5rem;border:0;border-radius:.375rem;background:#2f6fde;color:#fff;cursor:pointer}
.sum{font-size:1.75rem;font-weight:600}.note{color:#52606d;font-size:.875rem}`;

/** A page for a client, whole: no script, nothing loaded. */
export const clientPage = (
  { language, title, formsTo = [] }: { language: 'ru' | 'en'; title: string; formsTo?: readonly string[] },
  body: Html,
  status = 200,
): RawAnswer => ({
  status,
  contentType: 'text/html; charset=utf-8',
  body: html`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>${title}</title><style>${{ html: style }}</style></head>
<body><main>${body}</main></body></html>`.html,
  formsTo,
});

/** The language of a browser that says which it wants, of those we speak; Russian where it says none. */
export const languageIn = (accepted: string | undefined): 'ru' | 'en' =>
  accepted === undefined || /\bru\b/i.test(accepted) || !/\ben\b/i.test(accepted) ? 'ru' : 'en';
