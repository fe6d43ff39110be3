import type * as z from 'zod';
import type * as spec from '../../schemas/pipeline.ts';
import type { Pipeline } from '../../schemas/pipeline.ts';
import type { Text } from '../../schemas/text.ts';
import type { Tracking } from '../../schemas/tracking.ts';
import type { FieldWords } from './fields.ts';
import type { Frozen } from './frozen.ts';
import type { Stage } from './stage.ts';

/** The page of a deal's client: where the deal is in their words, and what they may see of it. */
export type TrackingWords<S extends string = string, F extends string = string> = Omit<
  Frozen<Tracking>,
  'stages' | 'fields' | 'documents'
> & {
  readonly stages: { readonly [K in S]?: Text };
  readonly fields?: readonly F[];
  readonly documents?: readonly F[];
};

/** A pipeline as authors write it, before its pack puts its own name on it. */
export type PipelineWords<S extends string = string, F extends string = string> = {
  readonly id: string;
  readonly kind: Pipeline['kind'];
  readonly title: Pipeline['title'];
  /** deals are numbered `<prefix>-1`, `<prefix>-2`, …; without a prefix `1`, `2`, … */
  readonly prefix: string;
  /** pipelines of the pack with the same name here take their numbers from one counter */
  readonly numbering?: string;
  readonly start: S;
  readonly worth?: F;
  /** figures whose every change is a line of history of its own */
  readonly audited?: readonly F[];
  /** whose entries of the ledger need no decision */
  readonly settled?: Frozen<NonNullable<Pipeline['settled']>>;
  readonly assignedBy?: Pipeline['assignedBy'];
  /** how clients who write by social networks come here and are answered */
  readonly conversation?: Frozen<z.input<typeof spec.Conversation>>;
  /** what people hear of every deal */
  readonly informs?: Pipeline['informs'];
  /** remarks as a talk of all who work on the deal */
  readonly chat?: Pipeline['chat'];
  /** the warehouse that orders are served from */
  readonly stock?: Frozen<z.input<typeof spec.Stock>>;
  /** what the client sees on a page of their own */
  readonly tracking?: TrackingWords<S, F>;
  readonly checks?: Frozen<Pipeline['checks']>;
  readonly needs?: readonly string[];
  readonly fields: { readonly [K in F]: FieldWords };
  readonly stages: { readonly [K in S]: Stage<S, F> };
};

/**
 * A pipeline. Stages and fields are known by their keys, and a stage or a field of a form that is none of them does
 * not compile: `goto('contrct')`, `move('contrct', …)`, `start: 'contrct'`, `required: ['lossReson']`.
 */
export const pipeline = <const S extends string, const F extends string>(
  words: Omit<PipelineWords, 'start' | 'worth' | 'audited' | 'tracking' | 'fields' | 'stages'> & {
    readonly start: NoInfer<S>;
    readonly worth?: NoInfer<F>;
    readonly audited?: readonly NoInfer<F>[];
    readonly tracking?: TrackingWords<NoInfer<S>, NoInfer<F>>;
    readonly fields: { readonly [K in F]: FieldWords };
    readonly stages: { readonly [K in S]: Stage<NoInfer<S>, NoInfer<F>> };
  },
): PipelineWords<S, F> => words as PipelineWords<S, F>;
