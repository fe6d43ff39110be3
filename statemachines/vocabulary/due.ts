import type { Due, Span } from '../../schemas/pipeline.ts';

/** A due date as authors write it: a plain span counts from the opening of the task. */
export type DueWords = Due | Span;

/** The full form of a due date. */
export const dueOf = (words: DueWords): Due => ('due' in words ? words : { due: 'after', span: words });

/** On the date of a field (18:00 of a day without a time), `minus` a span; `else` where the field is empty. */
export const onDate = (field: string, options: { minus?: Span; else?: DueWords } = {}): Due => ({
  due: 'at',
  field,
  ...(options.minus && { minus: options.minus }),
  ...(options.else && { else: dueOf(options.else) }),
});

/** By the value of a field; `otherwise` for a value not listed and for an empty field. */
export const dueBy = (field: string, cases: Record<string, DueWords>, otherwise: DueWords): Due => ({
  due: 'by',
  field,
  cases: Object.fromEntries(Object.entries(cases).map(([value, due]) => [value, dueOf(due)])),
  else: dueOf(otherwise),
});
