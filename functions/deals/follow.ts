import type { Deal, FieldValue } from '../../schemas/deal.ts';
import type { Field, Pipeline } from '../../schemas/pipeline.ts';
import type { Text } from '../../schemas/text.ts';
import { isOneOf } from '../access/people.ts';
import { companyKey, contactKey } from '../shared/keys.ts';
import { theTable } from '../shared/ports.ts';
import type { Write } from '../shared/table/port.ts';
import type { Card } from './card.ts';
import type { Context } from './context.ts';
import { bareCard } from './new-deal.ts';
import { differing, mustBeEntries, overriding, type Rates, ratesFor, restoredText } from './rates.ts';

type RatesField = Extract<Field, { type: 'rates' }>;
type Mirror = { readonly id: string; readonly card: 'company' | 'contact'; readonly from: string };

/** What a pipeline's deals take from elsewhere; most take nothing, and nothing is read for them. */
type Following = {
  readonly mirrors: readonly Mirror[];
  readonly rates: readonly { readonly id: string; readonly field: RatesField }[];
};

const known = new WeakMap<Pipeline, Following>();

/** The fields of a pipeline that follow cards and directories. */
export const followingOf = (pipeline: Pipeline): Following => {
  const found = known.get(pipeline);
  if (found !== undefined) return found;
  const fields = Object.entries(pipeline.fields);
  const following: Following = {
    mirrors: fields.flatMap(([id, { follows }]) =>
      follows === undefined ? [] : [{ id, card: follows.card, from: follows.field }],
    ),
    rates: fields.flatMap(([id, field]) => (field.type === 'rates' ? [{ id, field }] : [])),
  };
  known.set(pipeline, following);
  return following;
};

const followsNothing = ({ mirrors, rates }: Following): boolean => mirrors.length + rates.length === 0;

/** The company or contact of a deal. */
const clientOf = ({ fields }: Deal, card: Mirror['card']): string | undefined => {
  const id = fields[card];
  return typeof id === 'string' ? id : undefined;
};

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** The card's value of each mirror, by its field. */
const mirrored = async (deal: Deal, mirrors: readonly Mirror[]): Promise<Record<string, FieldValue>> => {
  const values: Record<string, FieldValue> = {};
  for (const card of ['company', 'contact'] as const) {
    const own = mirrors.filter((mirror) => mirror.card === card);
    const client = clientOf(deal, card);
    if (own.length === 0 || client === undefined) continue;
    const key = card === 'company' ? companyKey(client) : contactKey(client);
    const row = await theTable().get(key, { consistent: true });
    const extra = (row?.extra ?? {}) as Record<string, FieldValue>; // checked against the pack when it was written
    for (const { id, from } of own) {
      const plain = row?.[from];
      const value = extra[from] ?? (typeof plain === 'string' ? plain : undefined);
      if (value !== undefined) values[id] = value;
    }
  }
  return values;
};

const isEditor = ({ editedBy }: RatesField, deal: Deal, { reader, company }: Context): boolean =>
  reader !== undefined && isOneOf(editedBy, reader.user, deal, company);

const ratesIn = (deal: Deal | undefined, id: string): Rates | undefined =>
  deal?.fields[id] as Rates | undefined; // a value of a field of rates

type Kept = {
  readonly value: Rates;
  /** what was asked for and is not kept */
  readonly restored?: Rates;
  readonly writes: readonly Write[];
};

/** What becomes of one field of percentages in a write. `undefined`: nothing was asked and nothing follows. */
const keptRates = async (
  before: Deal | undefined,
  after: Deal,
  { id, field }: Following['rates'][number],
  context: Context,
): Promise<Kept | undefined> => {
  const was = ratesIn(before, id);
  const given = ratesIn(after, id);
  const client = clientOf(after, 'company');
  const isAnother = before === undefined || client !== clientOf(before, 'company');
  if (!isAnother && same(given, was)) return undefined;
  const holding = await ratesFor(field.directory, client, context.company);
  const isClosed = before?.outcome !== undefined && after.outcome !== undefined;
  // Without a company there is nobody to keep a percentage for but the deal; one that is over keeps what it had.
  const base = (isClosed || (client === undefined && !isAnother) ? was : undefined) ?? holding.rates;
  const asked = given === undefined || (isAnother && same(given, was)) ? {} : given;
  mustBeEntries(`fields.${id}`, asked, { ...holding, rates: { ...holding.rates, ...base } });
  const wanted = differing(asked, base);
  if (wanted.length === 0) return { value: base, writes: [] };
  const changes = Object.fromEntries(wanted.map((entry) => [entry, asked[entry] ?? 0]));
  const { reader } = context;
  if (client === undefined && reader === undefined) return { value: { ...base, ...changes }, writes: [] };
  if (!isEditor(field, after, context)) return { value: base, restored: changes, writes: [] };
  const { now, by } = context;
  return {
    value: { ...base, ...changes },
    writes:
      client === undefined || isClosed
        ? []
        : overriding(changes, holding, { directory: field.directory, client, now, by, deal: after.id }),
  };
};

/** A card to be stored, and the rows that go with it. */
export type Followed = {
  readonly card: Card;
  readonly along: readonly Write[];
  /** what was restored, for who wrote it */
  readonly warnings: readonly Text[];
};

/**
 * A card as it is to be stored: what it copies from its company's and its contact's card is copied when it gets that
 * company or contact, percentages are filled from their directory, and those that somebody wrote who may not are
 * restored, with a warning and a trace for the history.
 *
 * @param before - the deal as it is stored; `undefined` for a new one
 * @throws {BadInput} for percentages of entries that the directory does not have
 */
export const followed = async (before: Deal | undefined, card: Card, context: Context): Promise<Followed> => {
  const following = followingOf(context.pipeline);
  if (card.deal === before || followsNothing(following)) return { card, along: [], warnings: [] };
  let { deal } = card;
  const along: Write[] = [];
  const warnings: Text[] = [];
  const restored: Record<string, FieldValue> = {};

  const isAnother = ({ card: of }: Mirror) =>
    before === undefined || clientOf(before, of) !== clientOf(deal, of);
  const mirrors = following.mirrors.filter(isAnother);
  if (mirrors.length > 0) {
    const left = Object.fromEntries(
      Object.entries(deal.fields).filter(([name]) => !mirrors.some(({ id }) => id === name)),
    );
    deal = { ...deal, fields: { ...left, ...(await mirrored(deal, mirrors)) } };
  }
  for (const one of following.rates) {
    const kept = await keptRates(before, deal, one, context);
    if (kept === undefined) continue;
    deal = { ...deal, fields: { ...deal.fields, [one.id]: kept.value } };
    along.push(...kept.writes);
    if (kept.restored === undefined) continue;
    restored[one.id] = kept.restored;
    warnings.push(restoredText(one.field.title, kept.restored, kept.value));
  }
  if (Object.keys(restored).length > 0)
    deal = { ...deal, restored: { version: (before?.version ?? 0) + 1, fields: restored } };
  return { card: { ...card, deal }, along, warnings };
};

/** A new deal with what it takes from cards and directories, and what has to be written along with it. */
export const filled = async (
  deal: Deal,
  context: Context,
): Promise<{ readonly deal: Deal } & Omit<Followed, 'card'>> => {
  const { card, ...more } = await followed(undefined, bareCard(deal), context);
  return { deal: card.deal, ...more };
};

/**
 * The card with what cards and directories say now; for an open deal, whose values follow them. Asked twice it changes
 * nothing the second time.
 *
 * @param was - what a directory said before, for deals without a company: only values that were the directory's follow
 */
export const refreshed = async (
  card: Card,
  context: Context,
  was?: { readonly directory: string; readonly entry: string; readonly rate: number | undefined },
): Promise<Card> => {
  const following = followingOf(context.pipeline);
  const { deal } = card;
  if (deal.outcome !== undefined || followsNothing(following)) return card;
  const mirrors = new Set(following.mirrors.map(({ id }) => id));
  const fields: Deal['fields'] = {
    ...Object.fromEntries(Object.entries(deal.fields).filter(([name]) => !mirrors.has(name))),
    ...(await mirrored(deal, following.mirrors)),
  };
  const client = clientOf(deal, 'company');
  for (const { id, field } of following.rates) {
    const { rates } = await ratesFor(field.directory, client, context.company);
    const own = ratesIn(deal, id) ?? {};
    fields[id] =
      client !== undefined
        ? rates
        : Object.fromEntries(
            Object.entries(rates).map(([entry, rate]) => [
              entry,
              own[entry] === undefined ||
              (was?.directory === field.directory && was.entry === entry && own[entry] === was.rate)
                ? rate
                : own[entry],
            ]),
          );
  }
  const differs = [...new Set([...Object.keys(fields), ...Object.keys(deal.fields)])].some(
    (name) => !same(fields[name], deal.fields[name]),
  );
  return differs ? { ...card, deal: { ...deal, fields } } : card;
};
