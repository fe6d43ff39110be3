import * as z from 'zod';
import { FieldId, Slug } from './ids.ts';
import { Instant } from './time.ts';

/** How much of an article the warehouse of a pipeline has; `reserved` of it is promised to orders. */
export const StockItem = z.strictObject({
  pipeline: Slug,
  /** what names the article: model, size, colour */
  article: z.record(FieldId, z.string().min(1).max(120)),
  quantity: z.int().nonnegative(),
  reserved: z.int().nonnegative(),
  version: z.int().positive(),
  changedAt: Instant,
});
export type StockItem = z.infer<typeof StockItem>;
