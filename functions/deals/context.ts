import type { By } from '../../schemas/deal.ts';
import type { Pack } from '../../schemas/pack.ts';
import type { Pipeline, Stage } from '../../schemas/pipeline.ts';
import type { Text } from '../../schemas/text.ts';
import type { Company } from '../access/company.ts';
import type { Reader } from '../access/rights.ts';
import type { Refusal } from '../shared/errors.ts';

/** What a rule is told beside the card: the time, who acts, and the company. Without a reader the system acts. */
export type Context = {
  readonly now: Date;
  /** When what is being done first came up: the same for a repeated call, whose `now` is another. */
  readonly since?: Date | undefined;
  readonly by: By;
  readonly reader: Reader | undefined;
  readonly company: Company;
  readonly pack: Pack;
  readonly pipeline: Pipeline;
};

/** A rule's answer: the new value, or everything that stands in the way, at once. */
export type Outcome<T> =
  | {
      readonly ok: true;
      readonly value: T;
      /** what to mind, though nothing stands in the way */
      readonly warnings?: readonly Text[];
    }
  | {
      readonly ok: false;
      readonly refusals: readonly Refusal[];
      /** figures the refusal is about; they become members of the problem */
      readonly details?: Readonly<Record<string, unknown>>;
    };

export const done = <T>(value: T, warnings: readonly Text[] = []): Outcome<T> =>
  warnings.length === 0 ? { ok: true, value } : { ok: true, value, warnings };
export const refused = (...refusals: readonly Refusal[]): Outcome<never> => ({ ok: false, refusals });

export const contextFor = (
  pipeline: string,
  { now, since, by, reader, company }: Pick<Context, 'now' | 'since' | 'by' | 'reader' | 'company'>,
): Context => {
  const found = company.pipeline(pipeline);
  return { now, since, by, reader, company, pipeline: found, pack: company.packOf(found) };
};

const lost: Stage = { title: { ru: '?', en: '?' }, aim: { ru: '?', en: '?' }, moves: [] };

/** A stage of the pipeline; one that the definition no longer has does nothing and leads nowhere. */
export const stageOf = (pipeline: Pipeline, id: string): Stage => pipeline.stages[id] ?? lost;
