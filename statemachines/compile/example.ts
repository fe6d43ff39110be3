import type * as z from 'zod';
import { Pipeline, type Thread } from '../../schemas/pipeline.ts';

/** Steps as an author writes them, before the schema's defaults. */
export type Steps = readonly Record<string, unknown>[];

/** A pipeline with one working stage, `quote`, for tests of the compiler. */
export const aPipeline = (work: Steps | undefined, on?: readonly z.input<typeof Thread>[]): Pipeline =>
  Pipeline.parse({
    id: 'goods',
    pack: 'industrial',
    kind: 'deal',
    title: text('Goods'),
    prefix: 'G',
    start: 'quote',
    fields: {},
    stages: {
      quote: {
        title: text('Quote'),
        aim: text('The client holds a priced quote.'),
        ...(work && { work }),
        ...(on && { on }),
        moves: [{ to: 'won', by: ['responsible'] }],
        needs: ['IN-G-03'],
      },
      won: { title: text('Won'), aim: text('The deal is paid.'), outcome: 'won', moves: [] },
    },
  });

export const text = (en: string) => ({ ru: en, en });

export const hours = (amount: number) => ({ unit: 'hours', amount });

export const after = (amount: number) => ({ due: 'after', span: hours(amount) });

/** The shortest task: nothing but what the schema asks for. */
export const aTask = (id: string, more: Record<string, unknown> = {}) => ({
  do: 'task',
  id,
  title: text(`Title of ${id}`),
  who: { who: 'field', field: 'responsible' },
  ...more,
});

export const aNotice = (id: string, more: Record<string, unknown> = {}) => ({
  do: 'notify',
  id,
  notice: { to: [{ who: 'role', role: 'head' }], text: 'look-here' },
  ...more,
});

/** A ladder of one rung, when the work falls due. */
export const aLadder = () => [
  {
    at: { moment: 'due' },
    tell: [{ to: [{ who: 'role', role: 'head' }], text: 'late' }],
    needs: ['IN-X-01'],
  },
];
