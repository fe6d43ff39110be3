import type { Preview } from '../../schemas/api/previews.ts';
import { OutgoingMessage } from '../../schemas/message.ts';
import type { Pack } from '../../schemas/pack.ts';
import { Language } from '../../schemas/text.ts';
import { instantOf } from '../../schemas/time.ts';
import type { Company } from '../access/company.ts';
import { mayIn } from '../access/tenant.ts';
import { previewsOf } from '../letters/preview.ts';
import { letterOf } from '../notify/letter.ts';
import { localDay } from '../schedule/local-time.ts';
import { Forbidden, NotFound } from '../shared/errors.ts';
import { type Html, html } from '../shared/html.ts';
import { isLinkToken, linkToken } from '../shared/link-token.ts';
import { publicUrl } from '../shared/public-url.ts';
import type { RawAnswer } from '../shared/raw.ts';
import type { Call, RawCall } from '../shared/serve.ts';

const purpose = 'preview';
const dayMs = 24 * 60 * 60_000;

const packOf = (id: string, { packs }: Company): Pack => {
  const pack = packs.find((one) => one.id === id);
  if (pack === undefined)
    throw new NotFound(`no pack "${id}"; packs are ${packs.map((one) => one.id).join(', ')}`);
  return pack;
};

/** GET /v1/messages/preview/{pack} */
export const listPreviews = async ({ params, reader, company, now }: Call<'previews.list'>) => {
  const pack = packOf(params.pack, company);
  if (!mayIn(reader, 'view', 'settings', pack))
    throw new Forbidden(`messages of ${pack.id} are shown to who may see its settings`);
  const day = localDay(now, 'UTC');
  return {
    items: previewsOf(pack, company, now),
    page: publicUrl(`/v1/messages/page/${pack.id}~${day}~${await linkToken(purpose, pack.id, day)}`),
  };
};

/** The pack that a link of today or of yesterday shows. @throws {NotFound} for any other link */
const packShown = async (token: string, company: Company, now: Date): Promise<Pack> => {
  const [id = '', day = '', signature = ''] = token.split('~');
  const days = [now, new Date(now.getTime() - dayMs)].map((one) => localDay(one, 'UTC') as string);
  const pack = company.packs.find((one) => one.id === id);
  if (pack === undefined || !days.includes(day) || !(await isLinkToken(signature, purpose, id, day)))
    throw new NotFound('no such link');
  return pack;
};

const style =
  'body{font:16px/1.5 system-ui,sans-serif;color:#1f2933;background:#f2f4f7;margin:2em auto;max-width:48em;padding:0 1em}section{background:#fff;border-radius:8px;padding:1em 1.5em;margin:1em 0}h2{font-size:1.1em}pre{font:inherit;white-space:pre-wrap;border-left:3px solid #cbd2d9;padding-left:1em;margin:.5em 0}small{color:#52606d}';

const shown = ({ text, language, subject, body }: Preview): Html =>
  html`<h3>${language} · ${subject} · <a href="?text=${text}&amp;language=${language}">HTML</a></h3><pre>${body}</pre>`;

const page = (pack: Pack, previews: readonly Preview[]): string => {
  const texts = Map.groupBy(previews, ({ text }) => text);
  const sections = [...texts].map(
    ([text, all]) =>
      html`<section><h2 id="${text}">${text} <small>${all[0]?.kind}</small></h2>${all.map(shown)}</section>`,
  );
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Letters of ${pack.title.en}</title><style>${style}</style></head>
<body><h1>${pack.title.en}: ${texts.size} messages</h1><p>As they read with the facts of a deal that does not exist.</p>${sections}</body></html>`
    .html;
};

/** One letter as it looks in a mail program. */
const letter = ({ text, kind, language, subject, body }: Preview, pack: Pack, now: Date): string =>
  letterOf(
    OutgoingMessage.parse({
      id: 'preview',
      channel: 'email',
      to: 'client@example.com',
      text,
      subject,
      body,
      language,
      state: 'queued',
      attempts: 0,
      createdAt: instantOf(now),
      changedAt: instantOf(now),
      ...(kind === 'promo' ? { kind } : {}),
    }),
    pack.company,
    kind === 'promo' ? publicUrl('/v1/unsubscribe/preview') : undefined,
  ).html;

/** GET /v1/messages/page/{token} */
export const previewPage = async ({
  params,
  raw,
  company,
  now,
}: RawCall<'previews.page'>): Promise<RawAnswer> => {
  const pack = await packShown(params.token, company, now);
  const previews = previewsOf(pack, company, now);
  const answer = (body: string): RawAnswer => ({
    status: 200,
    contentType: 'text/html; charset=utf-8',
    headers: { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex' },
    body,
  });
  const text = raw.query.get('text');
  if (text === null) return answer(page(pack, previews));
  const language = Language.safeParse(raw.query.get('language')).data;
  const found = previews.find((one) => one.text === text && one.language === language);
  if (found === undefined) throw new NotFound('no such message');
  return answer(letter(found, pack, now));
};
