import type { Pipeline, Stock } from '../../schemas/pipeline.ts';
import { StockItem } from '../../schemas/stock.ts';
import { NotFound } from '../shared/errors.ts';
import { contentOf } from '../shared/rows.ts';
import type { Item, Key } from '../shared/table/port.ts';

/** A pipeline whose orders are served from a warehouse. */
export type Stocked = Pipeline & { readonly stock: Stock };

export const isStocked = (pipeline: Pipeline): pipeline is Stocked => pipeline.stock !== undefined;

/** @throws {NotFound} if the pipeline has no warehouse */
export const mustBeStocked = (pipeline: Pipeline): Stocked => {
  if (isStocked(pipeline)) return pipeline;
  throw new NotFound(`${pipeline.id} has no warehouse`);
};

export type Article = Readonly<Record<string, string>>;

/** The same article however it is spelt: by case and blanks around it nothing differs. */
const spelt = (value: string): string => value.trim().toLowerCase().replaceAll('#', ' ');

/** Articles of one warehouse stand in one partition, by their names in the order the pipeline gives. */
export const stockKey = (pipeline: Stocked, article: Article): Key => ({
  pk: `STOCK#${pipeline.id}`,
  sk: pipeline.stock.article.map((name) => spelt(article[name] ?? '')).join('#'),
});

export const stockRow = (pipeline: Stocked, item: StockItem): Item => ({
  ...stockKey(pipeline, item.article),
  row: 'stock',
  ...item,
});

export const stockItemOf = (row: Item): StockItem => StockItem.parse(contentOf(row));
