import type { Pipeline } from '../../schemas/pipeline.ts';
import type { Facts } from '../shared/expression.ts';

export type Figure = 'sum' | 'paid' | 'debt';
export type Figures = Readonly<Record<Figure, number>>;

/** The total of all that was paid, in the currency of what a deal is worth where there are several. */
const paidIn = (fields: Pipeline['fields'], worth: string | undefined) => {
  const totals = Object.entries(fields).filter(
    ([, field]) =>
      field.type === 'total' &&
      field.of.includes('payment') &&
      field.state === undefined &&
      field.accounts === undefined &&
      field.count === undefined,
  );
  const priced = worth === undefined ? undefined : fields[worth];
  const currency = priced !== undefined && 'currency' in priced ? priced.currency : undefined;
  return totals.find(([, field]) => 'currency' in field && field.currency === currency) ?? totals[0];
};

/** Which field of a pipeline each figure of a report is; absent where the pipeline has no such field. */
export const fieldsOfFigures = ({ fields, worth }: Pipeline): Partial<Record<Figure, string>> => {
  const paid = paidIn(fields, worth);
  return {
    ...(worth === undefined ? {} : { sum: worth }),
    ...(paid === undefined ? {} : { paid: paid[0] }),
    ...(fields.debt === undefined ? {} : { debt: 'debt' }),
  };
};

/** What a deal is worth, what of it is paid and what is owed, in minor units; zero where that is not known. */
export const figuresOf = (facts: Facts, pipeline: Pipeline): Figures => {
  const names = fieldsOfFigures(pipeline);
  const figure = (of: Figure): number => {
    const value = names[of] === undefined ? undefined : facts[names[of]];
    return typeof value === 'number' && Number.isFinite(value) ? Math.round(value) : 0;
  };
  return { sum: figure('sum'), paid: figure('paid'), debt: figure('debt') };
};
