import { Line, Row } from '../../schemas/deal.ts';
import type { CdekSettings, Figure } from '../../schemas/integrations/cdek.ts';
import type { Box, ParcelLine } from '../../schemas/parcel.ts';
import type { ShipStep } from '../../schemas/pipeline.ts';
import { type Context, done, type Outcome, refused } from '../deals/context.ts';
import type { Refusal } from '../shared/errors.ts';
import { evaluate, type Facts } from '../shared/expression.ts';
import { maxLines } from './cdek/draft.ts';

/** What is in a parcel, and the box it is in. */
export type Goods = {
  readonly lines: readonly ParcelLine[];
  readonly box: Box;
  /** minor units the carrier takes from the client; 0 where nothing is to be paid */
  readonly cod: number;
};

/** One kind of thing as the deal knows it; grams and minor units of one piece. */
type Thing = {
  readonly name: string;
  readonly article: string;
  readonly quantity: number;
  readonly price: number;
  readonly weight?: number;
};

const grams = (kilograms: number): number => Math.max(1, Math.round(kilograms * 1000));

const figureOf = (figure: Figure, { pack, company }: Context): number =>
  typeof figure === 'number' ? figure : Number(company.setting(pack, figure.setting));

const numberIn = (facts: Facts, id: string | undefined): number | undefined => {
  const value = id === undefined ? undefined : facts[id];
  return typeof value === 'number' && value > 0 ? value : undefined;
};

/** What cannot be counted in pieces, 2.5 m of a cable, is one piece. */
const counted = (thing: Thing): Thing => {
  if (Number.isSafeInteger(thing.quantity)) return thing;
  const { name, quantity, price, weight } = thing;
  return {
    ...thing,
    name: `${name} × ${quantity}`,
    quantity: 1,
    price: Math.round(price * quantity),
    ...(weight === undefined ? {} : { weight: Math.max(1, Math.round(weight * quantity)) }),
  };
};

const articleOf = (given: unknown, index: number): string =>
  typeof given === 'string' && given.trim() !== '' ? given.trim().slice(0, 50) : `${index + 1}`;

/** The whole deal as one thing. */
const wholeOf = (facts: Facts, { pipeline }: Context): Thing => {
  const worth = pipeline.worth === undefined ? undefined : facts[pipeline.worth];
  const price = typeof worth === 'number' ? Math.max(0, Math.round(worth)) : 0;
  return { name: String(facts.title), article: String(facts.number).slice(0, 50), quantity: 1, price };
};

/** The things that the deal lists, where it does. */
const listed = ({ items }: ShipStep, facts: Facts): Thing[] => {
  if (items === undefined) return [];
  if (typeof items === 'string')
    return (Line.array().safeParse(facts[items]).data ?? []).map(
      ({ product, name, quantity, price }, index) =>
        counted({ name, article: articleOf(product, index), quantity, price }),
    );
  const { rows, name, quantity, price, weight, article } = items;
  return (Row.array().safeParse(facts[rows]).data ?? []).map((row, index) => {
    const each = numberIn(row, weight);
    return counted({
      name: String(row[name] ?? '—'),
      article: articleOf(article === undefined ? undefined : row[article], index),
      quantity: numberIn(row, quantity) ?? 1,
      price: Math.round(numberIn(row, price) ?? 0),
      ...(each === undefined ? {} : { weight: grams(each) }),
    });
  });
};

/** What a box weighs and measures: as the deal says, else as the pack does. */
const boxOf = (
  { weight, size }: ShipStep,
  things: readonly Thing[],
  facts: Facts,
  { parcel }: CdekSettings,
  context: Context,
): Box => {
  const sum = things.reduce((all, thing) => all + (thing.weight ?? 0) * thing.quantity, 0);
  const isWeighed = things.length > 0 && things.every((thing) => thing.weight !== undefined);
  const said =
    typeof weight === 'string'
      ? numberIn(facts, weight)
      : weight === undefined
        ? undefined
        : figureOf(weight, context);
  const side = (name: 'length' | 'width' | 'height'): number =>
    Math.max(1, Math.ceil(numberIn(facts, size?.[name]) ?? figureOf(parcel[name], context)));
  return {
    weight: said === undefined && isWeighed ? sum : grams(said ?? figureOf(parcel.weight, context)),
    length: side('length'),
    width: side('width'),
    height: side('height'),
  };
};

/** Each piece with its part of the weight of the whole, where its own is not known. */
const weighed = (things: readonly Thing[], box: Box): (Thing & { readonly weight: number })[] => {
  const pieces = things.reduce((all, { quantity }) => all + quantity, 0);
  const part = Math.max(1, Math.floor(box.weight / Math.max(1, pieces)));
  return things.map((thing) => ({ ...thing, weight: thing.weight ?? part }));
};

/**
 * Spreads a sum over the pieces by what they cost, exactly: what does not divide is paid with one piece of the last line,
 * which becomes a line of its own.
 */
const charged = (
  things: readonly (Thing & { readonly weight: number })[],
  cod: number,
): readonly ParcelLine[] => {
  const worth = things.reduce((all, { price, quantity }) => all + price * quantity, 0);
  const pieces = things.reduce((all, { quantity }) => all + quantity, 0);
  const lines = things.map((thing): ParcelLine => {
    const each =
      worth > 0 ? Number((BigInt(cod) * BigInt(thing.price)) / BigInt(worth)) : Math.floor(cod / pieces);
    return { ...thing, name: thing.name.slice(0, 255), cod: each };
  });
  const rest = cod - lines.reduce((all, line) => all + line.cod * line.quantity, 0);
  const last = lines.at(-1);
  if (last === undefined || rest === 0) return lines;
  const one: ParcelLine = { ...last, quantity: 1, cod: last.cod + rest };
  if (last.quantity === 1) return [...lines.slice(0, -1), one];
  return [...lines.slice(0, -1), { ...last, quantity: last.quantity - 1 }, one];
};

const tooMany = (field: string, lines: number): Refusal => ({
  path: `fields.${field}`,
  code: 'too-many',
  message: {
    ru: `В одной посылке не больше ${maxLines} позиций, указано ${lines}: разделите заказ`,
    en: `A parcel takes ${maxLines} lines, ${lines} are given: divide the order`,
    ro: `Un colet primește ${maxLines} poziții, sunt date ${lines}: împărțiți comanda`,
  },
});

const noSum = (expression: string): Refusal => ({
  path: 'cod',
  code: 'sum',
  message: {
    ru: `Наложенный платёж «${expression}» — не целая сумма в копейках`,
    en: `Cash on delivery: "${expression}" gives no whole sum of minor units`,
    ro: `Ramburs: „${expression}” nu dă o sumă întreagă`,
  },
});

/** What the carrier takes from the client; nothing where the step says nothing of it, or the client owes nothing. */
const codOf = async ({ cod }: ShipStep, facts: Facts): Promise<number | undefined> => {
  if (cod === undefined) return 0;
  const sum = (await evaluate(cod, facts)) ?? 0;
  if (typeof sum !== 'number' || !Number.isSafeInteger(sum)) return undefined;
  return Math.max(0, sum);
};

/** What goes into a parcel of the deal as it stands. */
export const goodsOf = async (
  step: ShipStep,
  facts: Facts,
  settings: CdekSettings,
  context: Context,
): Promise<Outcome<Goods>> => {
  const lists = listed(step, facts);
  const things = lists.length > 0 ? lists : [wholeOf(facts, context)];
  const field = typeof step.items === 'object' ? step.items.rows : (step.items ?? 'title');
  const cod = await codOf(step, facts);
  if (cod === undefined) return refused(noSum(step.cod ?? ''));
  const box = boxOf(step, things, facts, settings, context);
  const lines = charged(weighed(things, box), cod);
  return lines.length > maxLines ? refused(tooMany(field, lines.length)) : done({ lines, box, cod });
};
