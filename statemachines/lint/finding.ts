import type { Pack } from '../../schemas/pack.ts';
import type { Pipeline } from '../../schemas/pipeline.ts';

/** Something the author of a pack has to mend. */
export type Finding = {
  /** the check that found it */
  readonly code: string;
  /** `<pack>/<pipeline> <stage> <step>`, as far as it goes */
  readonly path: string;
  /** the path, what is wrong, what was given, what would do */
  readonly message: string;
  readonly file?: string;
};

/** Reads one pipeline of a pack; never throws. */
export type Check = (pack: Pack, pipeline: Pipeline) => Finding[];

/** Reads what a pack holds beside its pipelines; never throws. */
export type PackCheck = (pack: Pack) => Finding[];

export const finding = (code: string, path: string, said: string): Finding => ({
  code,
  path,
  message: `${path}: ${said}`,
});

/** `a, b, c`, or a dash. */
export const list = (names: Iterable<string>): string => [...names].join(', ') || '–';
