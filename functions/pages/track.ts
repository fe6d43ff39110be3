import type { Contact } from '../../schemas/contact.ts';
import { Slot } from '../../schemas/deal.ts';
import { languageOf, type Pack } from '../../schemas/pack.ts';
import type { Pipeline } from '../../schemas/pipeline.ts';
import { Language, say } from '../../schemas/text.ts';
import type { Company } from '../access/company.ts';
import { type Card, readCard } from '../deals/card.ts';
import { contextFor } from '../deals/context.ts';
import { factsOf } from '../deals/facts.ts';
import { objectKey } from '../deals/file-names.ts';
import { linkToGet } from '../deals/file-store.ts';
import { locateFile, mustBeStored } from '../deals/files.ts';
import { clientOf } from '../notify/client.ts';
import { replyAddress } from '../notify/envelope.ts';
import { printDay, printInstant, printValue } from '../notify/render.ts';
import { localDay } from '../schedule/local-time.ts';
import { Refused } from '../shared/errors.ts';
import type { Facts } from '../shared/expression.ts';
import { type Html, html } from '../shared/html.ts';
import { theTable } from '../shared/ports.ts';
import { publicUrl } from '../shared/public-url.ts';
import type { RawAnswer } from '../shared/raw.ts';
import type { RawCall } from '../shared/serve.ts';
import { billsPart } from './bills.ts';
import { clientStatus } from './client-status.ts';
import { documentsOf, documentsPart } from './documents.ts';
import { pageFor } from './layout.ts';
import { dealByToken, isFollowed } from './link.ts';
import { parcelsPart } from './parcels.ts';
import { words } from './words.ts';

/** The same words and the same time for a link that was shut, replaced, or never made. */
const nowhere = (raw: RawCall<'tracking.page'>['raw']): RawAnswer => {
  const asked = Language.safeParse(raw.query.get('lang')).data;
  const accepted = /\b(ru|en|ro)\b/i.exec(raw.headers['accept-language'] ?? '')?.[1]?.toLowerCase();
  const language = asked ?? Language.safeParse(accepted).data ?? 'ru';
  const title = say(words.none, language);
  return pageFor(
    { language, title },
    html`<section><h1>${title}</h1><p>${say(words.noneWhy, language)}</p></section>`,
    404,
  );
};

/** The card a token leads to, and what it is read with. */
const followed = async ({ params, company, now }: RawCall<'tracking.page'>) => {
  const deal = await dealByToken(params.token, theTable());
  if (deal === undefined) return undefined;
  const by = { system: 'client' };
  const context = contextFor(deal.pipeline, { now, by, reader: undefined, company });
  if (!isFollowed(deal, context)) return undefined;
  const card = await readCard(theTable(), deal.id);
  return { card, context };
};

/** Languages in which every word of a pipeline's page is said. */
const offeredBy = ({ tracking }: Pipeline): Language[] =>
  Language.options.filter((language) =>
    Object.values(tracking?.stages ?? {}).every((text) => text[language] !== undefined),
  );

/** Whom the pipeline's deals are with: the contact that conversations name, else the one named so. */
const clientIn = (card: Card, { conversation }: Pipeline): Promise<Contact | undefined> => {
  const { deal } = card;
  const contact = deal.fields[conversation?.client ?? 'contact'];
  return clientOf({ ...deal, fields: contact === undefined ? {} : { contact } }, theTable());
};

type Reading = { readonly language: Language; readonly zone: string; readonly company: Company };

/** A value as a client reads it: of a visit when, and not who comes. */
const printed = (field: Pipeline['fields'][string] | undefined, value: unknown, reading: Reading): string => {
  const slot = field?.type === 'slot' ? Slot.safeParse(value).data : undefined;
  return slot === undefined
    ? printValue(field, value, reading)
    : printInstant(slot.start, reading.language, reading.zone);
};

/** Fields with a value, but for the number of a parcel that is shown with all its history. */
const fieldsPart = (
  facts: Facts,
  { parcels }: Pick<Card, 'parcels'>,
  { fields, tracking }: Pipeline,
  reading: Reading,
): Html | undefined => {
  const rows = (tracking?.fields ?? []).flatMap((id) => {
    const field = fields[id];
    const value = facts[id];
    const isOfParcel = tracking?.parcel === true && parcels.some(({ track }) => track === value);
    return field === undefined || value === undefined || isOfParcel
      ? []
      : [
          html`<dt>${say(field.title, reading.language)}</dt><dd><bdi>${printed(field, value, reading)}</bdi></dd>`,
        ];
  });
  return rows.length === 0
    ? undefined
    : html`<section aria-labelledby="details"><h2 id="details">${say(words.details, reading.language)}</h2><dl>${rows}</dl></section>`;
};

const managerPart = async ({ deal }: Card, { language, company }: Reading): Promise<Html | undefined> => {
  const manager = deal.responsible === undefined ? undefined : company.users.get(deal.responsible);
  if (manager === undefined) return undefined;
  const address = await replyAddress(deal.id);
  const link =
    address === undefined
      ? undefined
      : html`<p><a href="mailto:${address}?subject=${encodeURIComponent(`${say(words.order, language)} ${deal.number}`)}">${say(words.write, language)}</a></p>`;
  return html`<section aria-labelledby="manager"><h2 id="manager">${say(words.manager, language)}</h2><p><bdi>${manager.name}</bdi></p>${link}</section>`;
};

const languageFor = (
  asked: string | null,
  client: Contact | undefined,
  pack: Pack,
  offered: readonly Language[],
) => {
  const wanted = [asked, client?.language, languageOf(pack)];
  return (
    wanted.map((one) => offered.find((language) => language === one)).find((one) => one !== undefined) ?? 'en'
  );
};

/** GET /v1/track/{token}: the order as its client may see it, by one query of the deal and its client’s card. */
export const showTracking = async (call: RawCall<'tracking.page'>): Promise<RawAnswer> => {
  const { raw, params, company, now } = call;
  const found = await followed(call);
  if (found === undefined) return nowhere(raw);
  const { card, context } = found;
  const { pipeline, pack } = context;
  const { deal } = card;
  const client = await clientIn(card, pipeline);
  const offered = offeredBy(pipeline);
  const language = languageFor(raw.query.get('lang'), client, pack, offered);
  const reading: Reading = { language, zone: pack.zone, company };
  const bills =
    pipeline.tracking?.pay === true
      ? await billsPart(card.payments, { pack, language, now })
      : { origins: [] };
  const status = clientStatus(deal, pipeline);
  const parts = [
    'part' in bills ? bills.part : undefined,
    pipeline.tracking?.parcel === true ? parcelsPart(card.parcels, reading) : undefined,
    fieldsPart(await factsOf(deal, pipeline), card, pipeline, reading),
    documentsPart(card, pipeline, {
      language,
      page: publicUrl(`/v1/track/${encodeURIComponent(params.token)}`),
    }),
    await managerPart(card, reading),
  ];
  const title = `${say(words.order, language)} ${deal.number}`;
  return pageFor(
    { language, title: `${title} — ${pack.company}`, company: pack.company, offered, formsTo: bills.origins },
    html`<h1>${title}</h1><p class="quiet"><bdi>${deal.title}</bdi></p><section><p class="status">${status === undefined ? '—' : say(status, language)}</p><p class="quiet">${say(words.since, language)} ${printDay(localDay(new Date(deal.stageSince), pack.zone), language)}</p></section>${parts.flatMap((part) => (part === undefined ? [] : [part]))}<p class="note">${say(words.mine, language)}</p>`,
  );
};

/** GET /v1/track/{token}/files/{file}: leads to a document by an address that is good for minutes and made when it is asked for. */
export const fetchDocument = async (call: RawCall<'tracking.file'>): Promise<RawAnswer> => {
  const found = await followed(call);
  if (found === undefined) return nowhere(call.raw);
  const { card, context } = found;
  const isOpen = documentsOf(card, context.pipeline).some(({ ref }) => ref.id === call.params.file);
  const located = isOpen ? await locateFile(card, call.params.file, context) : undefined;
  if (located === undefined) return nowhere(call.raw);
  const key = objectKey(located.deal, located.file.id, located.file.name);
  try {
    await mustBeStored(key, located.file);
  } catch (error) {
    if (error instanceof Refused) return nowhere(call.raw); // announced, and not put there yet
    throw error;
  }
  return {
    status: 302,
    contentType: 'text/plain; charset=utf-8',
    body: '',
    headers: { location: await linkToGet(key, located.file.name), 'x-robots-tag': 'noindex, nofollow' },
  };
};
