import type { Deal, FieldValue } from '../../schemas/deal.ts';
import type { Stock } from '../../schemas/pipeline.ts';
import type { StockItem } from '../../schemas/stock.ts';
import { instantOf } from '../../schemas/time.ts';
import type { Card } from '../deals/card.ts';
import { withFields } from '../deals/change.ts';
import { type Context, done, type Outcome, refused } from '../deals/context.ts';
import { factsOf } from '../deals/facts.ts';
import type { Refusal } from '../shared/errors.ts';
import { holds } from '../shared/expression.ts';
import type { Table, Write } from '../shared/table/port.ts';
import { type Article, isStocked, type Stocked, stockItemOf, stockKey, stockRow } from './article.ts';

type Line = Readonly<Record<string, unknown>>;

/** What an order does to the warehouse, by article. */
type Claim = { readonly article: Article; readonly quantity: number; readonly reserved: number };

const linesOf = (deal: Deal, { items }: Stock): readonly Line[] => {
  const value = deal.fields[items];
  return Array.isArray(value) ? (value as Line[]) : [];
};

const countIn = (line: Line, { quantity }: Stock): number => {
  const count = line[quantity];
  return typeof count === 'number' ? count : 0;
};

const articleOf = (line: Line, { article }: Stock): Article =>
  Object.fromEntries(article.map((name) => [name, String(line[name] ?? '')]));

/** What left the warehouse is written on the line, so that it stays said wherever the order goes. */
const withSent = (card: Card, stock: Stock): Card => {
  const lines = linesOf(card.deal, stock);
  const sent = lines.map((line) =>
    line[stock.back] === true || line[stock.sent] === true ? line : { ...line, [stock.sent]: true },
  );
  return sent.every((line, index) => line === lines[index])
    ? card
    : withFields(card, { ...card.deal.fields, [stock.items]: sent as FieldValue });
};

/** A line of the order: taken from the shelf, promised, brought back, or none of the warehouse's business. */
const claimOf = (line: Line, isReserved: boolean, stock: Stock): Claim => {
  const count = countIn(line, stock);
  const isOurs = line[stock.from] === true;
  const claim = (quantity: number, reserved: number): Claim => ({
    article: articleOf(line, stock),
    quantity,
    reserved,
  });
  if (line[stock.sent] === true) {
    const isBack = line[stock.back] === true;
    return claim((isBack ? count : 0) - (isOurs ? count : 0), 0);
  }
  return claim(0, isOurs && isReserved ? count : 0);
};

const claimsOf = async (deal: Deal, pipeline: Stocked): Promise<Map<string, Claim>> => {
  const { stock } = pipeline;
  const claims = new Map<string, Claim>();
  const lines = linesOf(deal, stock);
  if (lines.length === 0) return claims;
  const isReserved = await holds(stock.reserved, await factsOf(deal, pipeline));
  for (const line of lines) {
    const claim = claimOf(line, isReserved, stock);
    const { sk } = stockKey(pipeline, claim.article);
    const before = claims.get(sk);
    claims.set(sk, {
      article: before?.article ?? claim.article,
      quantity: (before?.quantity ?? 0) + claim.quantity,
      reserved: (before?.reserved ?? 0) + claim.reserved,
    });
  }
  return claims;
};

const named = (article: Article): string => Object.values(article).join(', ');

const tooLittle = (article: Article, free: number, wanted: number, { items }: Stock): Refusal => ({
  path: `fields.${items}`,
  code: 'stock',
  message: {
    ru: `На складе не хватает: ${named(article)} — свободно ${free}, нужно ${wanted}`,
    en: `The warehouse has too little of ${named(article)}: ${free} free, ${wanted} wanted`,
    ro: `În depozit nu ajunge: ${named(article)} — libere ${free}, necesare ${wanted}`,
  },
});
const notWhole = ({ items }: Stock): Refusal => ({
  path: `fields.${items}`,
  code: 'quantity',
  message: {
    ru: 'Количество — целое число больше нуля',
    en: 'A quantity is a whole number above zero',
    ro: 'Cantitatea este un număr întreg mai mare ca zero',
  },
});
const sentStays = ({ items }: Stock): Refusal => ({
  path: `fields.${items}`,
  code: 'sent',
  message: {
    ru: 'Отправленные строки остаются в заказе: отметьте возврат, а замену внесите отдельной строкой',
    en: 'Lines that were sent stay in the order: mark what came back, and enter what replaces it as a line of its own',
    ro: 'Rândurile expediate rămân în comandă: marcați returul, iar înlocuirea introduceți-o ca rând separat',
  },
});

/** What nobody may change on a line that was sent. */
const identityOf = (line: Line, stock: Stock): string =>
  JSON.stringify([articleOf(line, stock), countIn(line, stock), line[stock.from] === true]);

/**
 * The lines a person wrote, with what was sent before marked on them as it was: the mark is the system's.
 *
 * @returns `undefined` if a line that was sent is there no more, or is another one
 */
const remarked = (before: readonly Line[], after: readonly Line[], stock: Stock): Line[] | undefined => {
  const sent = before.filter((line) => line[stock.sent] === true).map((line) => identityOf(line, stock));
  const lines = [...after]
    // Of equal lines the one that says so itself is the one that was sent.
    .map((line, index) => ({ line, index }))
    .sort((one, other) => Number(other.line[stock.sent] === true) - Number(one.line[stock.sent] === true))
    .map(({ line, index }) => {
      const at = sent.indexOf(identityOf(line, stock));
      if (at >= 0) sent.splice(at, 1);
      const { [stock.sent]: _, ...rest } = line;
      return { line: at >= 0 ? { ...rest, [stock.sent]: true } : rest, index };
    })
    .sort((one, other) => one.index - other.index)
    .map(({ line }) => line);
  return sent.length > 0 ? undefined : lines;
};

/** The order with its lines as they may be, or what a person wrote into them and may not. */
const checkedLines = (before: Card, after: Card, { reader }: Context, stock: Stock): Outcome<Card> => {
  if (before.deal.fields[stock.items] === after.deal.fields[stock.items]) return done(after);
  const [old, given] = [linesOf(before.deal, stock), linesOf(after.deal, stock)];
  const isWrong = given.some(
    (line) => !Number.isSafeInteger(countIn(line, stock)) || countIn(line, stock) <= 0,
  );
  if (isWrong) return refused(notWhole(stock));
  if (reader === undefined) return done(after);
  const lines = remarked(old, given, stock);
  if (lines === undefined) return refused(sentStays(stock));
  return done(
    lines.length === 0
      ? after
      : withFields(after, { ...after.deal.fields, [stock.items]: lines as FieldValue }),
  );
};

const nothing = { quantity: 0, reserved: 0 };

/** The rows of the warehouse that an act changes, each as it was found, or what there is too little of. */
const differences = async (
  before: Deal,
  after: Deal,
  pipeline: Stocked,
  now: Date,
  table: Table,
): Promise<Outcome<Write[]>> => {
  const [old, fresh] = [await claimsOf(before, pipeline), await claimsOf(after, pipeline)];
  const changed = [...new Set([...old.keys(), ...fresh.keys()])].flatMap((sk) => {
    const [was, is] = [old.get(sk) ?? nothing, fresh.get(sk) ?? nothing];
    const article = (fresh.get(sk) ?? old.get(sk))?.article ?? {};
    const claim = { article, quantity: is.quantity - was.quantity, reserved: is.reserved - was.reserved };
    return claim.quantity === 0 && claim.reserved === 0 ? [] : [claim];
  });
  const writes: Write[] = [];
  const refusals: Refusal[] = [];
  for (const { article, quantity, reserved } of changed) {
    const row = await table.get(stockKey(pipeline, article), { consistent: true });
    const there = row === undefined ? undefined : stockItemOf(row);
    const free = (there?.quantity ?? 0) - (there?.reserved ?? 0);
    const wanted = reserved - quantity;
    if (wanted > 0 && wanted > free) {
      refusals.push(tooLittle(article, free, wanted, pipeline.stock));
      continue;
    }
    const item: StockItem = {
      pipeline: pipeline.id,
      article: there?.article ?? article,
      // An order that was brought in from outside promised nothing here, and cannot take a promise back.
      quantity: Math.max(0, (there?.quantity ?? 0) + quantity),
      reserved: Math.max(0, (there?.reserved ?? 0) + reserved),
      version: (there?.version ?? 0) + 1,
      changedAt: instantOf(now),
    };
    writes.push({
      put: stockRow(pipeline, item),
      if: there === undefined ? { absent: true } : { equals: { version: there.version } },
    });
  }
  return refusals.length > 0 ? refused(...refusals) : done(writes);
};

/**
 * What an act does to the warehouse: the card with what left written on its lines, and the rows that go into the same
 * write. Reserved, taken and brought back is what differs between the order before and after, whoever writes it.
 *
 * @returns refused if there is too little, a quantity is none, or a line that was sent would change
 */
export const bookStock = async (
  before: Card,
  after: Card,
  context: Context,
  table: Table,
): Promise<Outcome<{ card: Card; writes: readonly Write[] }>> => {
  const { pipeline, now } = context;
  if (!isStocked(pipeline) || before.deal === after.deal) return done({ card: after, writes: [] });
  const checked = checkedLines(before, after, context, pipeline.stock);
  if (!checked.ok) return checked;
  const facts = await factsOf(checked.value.deal, pipeline);
  const isGone = await holds(pipeline.stock.gone, facts);
  const card = isGone ? withSent(checked.value, pipeline.stock) : checked.value;
  const outcome = await differences(before.deal, card.deal, pipeline, now, table);
  return outcome.ok ? done({ card, writes: outcome.value }) : outcome;
};
