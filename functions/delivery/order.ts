import type { Contact } from '../../schemas/contact.ts';
import { EntityId, FieldId } from '../../schemas/ids.ts';
import type { CdekSettings } from '../../schemas/integrations/cdek.ts';
import type { Parcel } from '../../schemas/parcel.ts';
import { finalStates } from '../../schemas/parcel-state.ts';
import type { ShipStep } from '../../schemas/pipeline.ts';
import { instantOf } from '../../schemas/time.ts';
import type { Card } from '../deals/card.ts';
import { type Context, done, type Outcome, refused } from '../deals/context.ts';
import { factsOf } from '../deals/facts.ts';
import type { Refusal } from '../shared/errors.ts';
import { idOf } from '../shared/new-id.ts';
import { checkDraft } from './cdek/draft.ts';
import { endsOf } from './cdek/tariffs.ts';
import { goodsOf } from './goods.ts';
import { addressIn, draftOf } from './to-draft.ts';

/** What is asked for beside what the deal says. */
export type Asked = {
  readonly step: ShipStep;
  readonly tariff?: number | undefined;
  readonly point?: string | undefined;
  readonly city?: number | undefined;
};

const noShipping: Refusal = {
  path: 'pack',
  code: 'no-carrier',
  message: {
    ru: 'Отправка СДЭК в этой компании не настроена: администратор заполняет раздел cdek пакета',
    en: 'This company does not ship by CDEK: its pack has no settings for it',
    ro: 'Expedierea CDEK nu este configurată pentru această companie',
  },
};

const onItsWay = ({ number, state }: Parcel): Refusal => ({
  path: 'parcel',
  code: 'parcel-under-way',
  message: {
    ru: `Посылка ${number} уже заказана (${state}): отмените её или дождитесь конца`,
    en: `Parcel ${number} is ordered already (${state}): call it off first, or wait for its end`,
    ro: `Coletul ${number} este deja comandat (${state}): anulați-l sau așteptați sfârșitul`,
  },
});

const nobody: Refusal = {
  path: 'fields.contact',
  code: 'required',
  message: {
    ru: 'Получатель неизвестен: укажите контакт с телефоном',
    en: 'Nobody to send it to: name a contact with a phone',
    ro: 'Destinatarul nu este cunoscut: indicați un contact cu telefon',
  },
};

const noPlace = ({ point, address }: ShipStep['to']): Refusal => ({
  path: `fields.${point ?? address ?? ''}`,
  code: 'required',
  message: {
    ru: 'Некуда отправлять: выберите пункт выдачи или заполните адрес доставки',
    en: 'Nowhere to send it: choose a point of delivery or fill the address',
    ro: 'Nu este unde să se expedieze: alegeți un punct de ridicare sau completați adresa',
  },
});

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;

const wholeNumber = (value: unknown): number | undefined => {
  const number = typeof value === 'string' ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number > 0 ? number : undefined;
};

/** Where a parcel of the deal goes: what was asked for, else its fields; a point before an address. */
export const placeOf = ({ deal }: Pick<Card, 'deal'>, { step, point, city }: Asked): Parcel['to'] => {
  const { to } = step;
  const code = point ?? text(to.point === undefined ? undefined : deal.fields[to.point]);
  const known = city ?? wholeNumber(to.city === undefined ? undefined : deal.fields[to.city]);
  const isAddressed = addressIn(deal, to.address) !== undefined;
  return {
    ...(code === undefined ? {} : { point: code }),
    ...(known === undefined ? {} : { city: known }),
    ...(code === undefined && isAddressed && to.address !== undefined
      ? { address: FieldId.parse(to.address) }
      : {}),
  };
};

/** The first tariff in use that goes from our place to such a one. */
const usualTariff = ({ tariffs, from }: CdekSettings, to: Parcel['to']): number | undefined =>
  tariffs.find((tariff) => {
    const ends = endsOf(tariff);
    if (ends === undefined) return true;
    const begins = from.point === undefined ? ends.from === 'door' : ends.from !== 'door';
    return begins && (to.point === undefined ? ends.to === 'door' : ends.to === 'point');
  }) ?? tariffs[0];

/**
 * Our name of a parcel at the carrier. The account may be that of several installations, and CDEK knows an order by its number
 * alone: a part of the deal's id keeps two of them from taking each other's parcels for their own.
 */
const numberOf = ({ id, number }: Card['deal'], count: number): string =>
  `${number.replaceAll(/[^A-Za-z0-9-]/g, '').slice(0, 24) || 'D'}-${count}-${idOf('parcel', id).slice(0, 4)}`;

/** A parcel of the deal, made of what it holds now; nothing is asked of the carrier yet. */
const parcelOf = async (
  card: Card,
  asked: Asked,
  settings: CdekSettings,
  context: Context,
): Promise<Outcome<Parcel>> => {
  const { deal } = card;
  const { step } = asked;
  const to = placeOf(card, asked);
  if (to.point === undefined && to.address === undefined) return refused(noPlace(step.to));
  const facts = await factsOf(deal, context.pipeline);
  const goods = await goodsOf(step, facts, settings, context);
  if (!goods.ok) return goods;
  const { lines, box, cod } = goods.value;
  const chosen = wholeNumber(step.tariff === undefined ? undefined : deal.fields[step.tariff]);
  const count = (deal.parcel?.count ?? 0) + 1;
  const at = instantOf(context.now);
  return done({
    id: EntityId.parse(idOf('parcel', deal.id, String(count))),
    deal: deal.id,
    pipeline: deal.pipeline,
    pack: deal.pack,
    carrier: 'cdek',
    number: numberOf(deal, count),
    kind: 'order',
    step: step.id,
    writes: {
      track: FieldId.parse(step.track),
      ...(step.status === undefined ? {} : { status: FieldId.parse(step.status) }),
      ...(step.date === undefined ? {} : { date: FieldId.parse(step.date) }),
    },
    state: 'requested',
    to,
    tariff: asked.tariff ?? chosen ?? usualTariff(settings, to) ?? 0,
    box,
    lines: [...lines],
    ...(cod === 0 ? {} : { cod: { amount: cod, currency: context.pack.currency } }),
    statuses: [],
    createdAt: at,
    by: context.by,
    version: 1,
    changedAt: at,
    changedBy: context.by,
  } satisfies Parcel);
};

/** What stands in the way of a parcel, seen without asking the carrier. */
const unmet = (
  parcel: Parcel,
  { deal }: Card,
  recipient: Contact | undefined,
  settings: CdekSettings,
): Refusal[] => [
  ...(recipient?.phone === undefined ? [nobody] : []),
  ...checkDraft(draftOf(parcel, deal, recipient, settings)).filter(
    ({ path }) => recipient?.phone !== undefined || !path.startsWith('recipient'),
  ),
];

/** Orders a parcel of what the deal holds; one at a time. */
export const orderParcel = async (
  card: Card,
  asked: Asked,
  recipient: Contact | undefined,
  context: Context,
): Promise<Outcome<Card>> => {
  const settings = context.pack.integrations?.cdek;
  if (settings === undefined) return refused(noShipping);
  const newest = card.parcels.find(({ id }) => id === card.deal.parcel?.id);
  if (newest !== undefined && !finalStates.has(newest.state)) return refused(onItsWay(newest));
  const made = await parcelOf(card, asked, settings, context);
  if (!made.ok) return made;
  const refusals = unmet(made.value, card, recipient, settings);
  if (refusals.length > 0) return refused(...refusals);
  return done(withOrdered(card, made.value));
};

const withOrdered = (card: Card, parcel: Parcel): Card => ({
  ...card,
  deal: {
    ...card.deal,
    parcel: { id: parcel.id, state: parcel.state, count: (card.deal.parcel?.count ?? 0) + 1 },
  },
  parcels: [...card.parcels, parcel],
});

/** A parcel that the carrier refused, made anew of what the deal holds now, under the same number. */
export const remade = async (
  card: Card,
  parcel: Parcel,
  step: ShipStep,
  recipient: Contact | undefined,
  context: Context,
): Promise<Outcome<Parcel>> => {
  const settings = context.pack.integrations?.cdek;
  if (settings === undefined) return refused(noShipping);
  const made = await parcelOf(card, { step }, settings, context);
  if (!made.ok) return made;
  const { to, tariff, box, lines, cod } = made.value;
  const { problems: _, cod: __, ...same } = parcel;
  const anew: Parcel = {
    ...same,
    state: 'requested',
    to,
    tariff,
    box,
    lines,
    ...(cod === undefined ? {} : { cod }),
  };
  const refusals = unmet(anew, card, recipient, settings);
  return refusals.length > 0 ? refused(...refusals) : done(anew);
};
