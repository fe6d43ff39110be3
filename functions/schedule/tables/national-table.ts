import type { Text } from '../../../schemas/text.ts';
import type { Day } from '../../../schemas/time.ts';

export type Holiday = {
  readonly title: Text;
  /** A fixed date, or days after Orthodox Easter Sunday. */
  readonly on: `${number}-${number}` | { readonly easterPlus: number };
  /** On a weekend it gives no day off elsewhere, although others of its country do. */
  readonly stays?: true;
};

/** The days of one year that a government moved. Complete for its year: the general rules are not asked. */
export type Decree = {
  /** Days off besides weekends and holidays. */
  readonly off: readonly string[];
  /** Weekend days that are worked. */
  readonly work: readonly string[];
  /** Days an hour shorter. */
  readonly short: readonly string[];
};

/** What the law of a country says about its working days, for five-day weeks. Data: the rules are in `national-year.ts`. */
export type NationalTable = {
  readonly source: string;
  /** The last day of the last year whose moved days are known. */
  readonly finalThrough: Day;
  readonly holidays: readonly Holiday[];
  /** Whether a holiday on a weekend gives the next working day off. */
  readonly moves: boolean;
  /** Whether the working day before a holiday is an hour shorter. */
  readonly shortEves: boolean;
  /** By year; the general rules serve the other years. */
  readonly decrees: Readonly<Record<number, Decree>>;
};
