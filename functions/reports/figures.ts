import type { Pipeline } from '../../schemas/pipeline.ts';
import type { Facts } from '../shared/expression.ts';

export type Figure = 'sum' | 'paid' | 'debt';
export type Figures = Readonly<Record<Figure, number>>;

/** Which field of a pipeline each figure of a report is; absent where the pipeline has no such field. */
export const fieldsOfFigures = ({ fields, worth }: Pipeline): Partial<Record<Figure, string>> => {
  const paid = Object.entries(fields).find(
    ([, field]) => field.type === 'total' && field.of.includes('payment'),
  );
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
