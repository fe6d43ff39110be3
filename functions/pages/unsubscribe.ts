import type { Contact } from '../../schemas/contact.ts';
import { type Language, say, type Text } from '../../schemas/text.ts';
import { instantOf } from '../../schemas/time.ts';
import { contacts } from '../contacts/kinds.ts';
import { optedOut, stopped } from '../contacts/reach.ts';
import { changeReach } from '../contacts/reach-store.ts';
import { type TurnedDown, turnedDownBy } from '../letters/unsubscribe.ts';
import { NotFound } from '../shared/errors.ts';
import { type Html, html } from '../shared/html.ts';
import { theTable } from '../shared/ports.ts';
import type { RawAnswer } from '../shared/raw.ts';
import type { RawCall } from '../shared/serve.ts';

type Words = { readonly title: Text; readonly ask: Text; readonly button: Text; readonly done: Text };

const words: Record<TurnedDown['what'], Words> = {
  promo: {
    title: { ru: 'Рекламные письма', en: 'Advertising', ro: 'Publicitate' },
    ask: {
      ru: 'Отписаться от рекламных писем? Письма о ваших заказах будут приходить по-прежнему.',
      en: 'Unsubscribe from advertising? Letters about your orders will still come.',
      ro: 'Vă dezabonați de la publicitate? Scrisorile despre comenzile dumneavoastră vor veni în continuare.',
    },
    button: { ru: 'Отписаться', en: 'Unsubscribe', ro: 'Dezabonare' },
    done: {
      ru: 'Готово: рекламные письма больше не придут.',
      en: 'Done: no more advertising will come.',
      ro: 'Gata: nu veți mai primi publicitate.',
    },
  },
  repeated: {
    title: { ru: 'Напоминания', en: 'Reminders', ro: 'Mementouri' },
    ask: {
      ru: 'Больше не присылать эти напоминания? Другие письма будут приходить по-прежнему.',
      en: 'Stop these reminders? Other letters will still come.',
      ro: 'Opriți aceste mementouri? Celelalte scrisori vor veni în continuare.',
    },
    button: { ru: 'Не присылать', en: 'Stop them', ro: 'Opriți' },
    done: {
      ru: 'Готово: эти напоминания больше не придут.',
      en: 'Done: these reminders will not come any more.',
      ro: 'Gata: aceste mementouri nu vor mai veni.',
    },
  },
};

const style =
  'body{font:17px/1.5 system-ui,sans-serif;color:#1f2933;background:#f2f4f7;margin:0}main{max-width:32em;margin:12vh auto 0;padding:2em;background:#fff;border-radius:8px}h1{font-size:1.3em;margin:0 0 .6em}button{font:inherit;padding:.6em 1.4em;border:0;border-radius:6px;background:#1d4ed8;color:#fff}';

const page = (language: Language, title: string, content: Html): RawAnswer => ({
  status: 200,
  contentType: 'text/html; charset=utf-8',
  // A link of a letter is nobody's to keep or to hand on.
  headers: { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex' },
  body: html`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><style>${style}</style></head>
<body><main><h1>${title}</h1>${content}</main></body></html>`.html,
});

/** @throws {NotFound} for a link that we did not make, or whose person is not known any more */
const asked = async (token: string): Promise<{ down: TurnedDown; contact: Contact }> => {
  const down = await turnedDownBy(token);
  const row = down === undefined ? undefined : await theTable().get(contacts.key(down.contact));
  if (down === undefined || row === undefined) throw new NotFound('no such link');
  const contact = contacts.of(row);
  if (contact.erased !== undefined) throw new NotFound('no such link');
  return { down, contact };
};

/** GET /v1/unsubscribe/{token}: programs that open every link of a letter turn nothing down by it. */
export const unsubscribePage = async ({ params }: RawCall<'unsubscribe.page'>): Promise<RawAnswer> => {
  const { down, contact } = await asked(params.token);
  const { title, ask, button } = words[down.what];
  const { language } = contact;
  return page(
    language,
    say(title, language),
    html`<p>${say(ask, language)}</p><form method="post"><button>${say(button, language)}</button></form>`,
  );
};

/** POST /v1/unsubscribe/{token}: done again it is done. */
export const unsubscribe = async ({ params, now }: RawCall<'unsubscribe.do'>): Promise<RawAnswer> => {
  const { down, contact } = await asked(params.token);
  const at = instantOf(now);
  await changeReach(
    contact.id,
    (before) => (down.what === 'promo' ? optedOut(before, at) : stopped(before, down.text, at)),
    theTable(),
  );
  const { title, done } = words[down.what];
  return page(contact.language, say(title, contact.language), html`<p>${say(done, contact.language)}</p>`);
};
