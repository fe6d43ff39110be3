import type { Deal } from '../../schemas/deal.ts';
import type { Pipeline } from '../../schemas/pipeline.ts';
import { Conflict, Passing } from '../shared/errors.ts';
import { counterKey, dealKey } from '../shared/keys.ts';
import { dealOf, dealRow } from '../shared/rows.ts';
import { ConditionFailed, type Item, type Table, type Write } from '../shared/table/port.ts';
import { clientLinks } from './client-links.ts';

type Numbered = Pick<Pipeline, 'id' | 'pack' | 'numbering'>;

/** The counter of a pipeline: its own, or the one it shares with others of its pack. No pipeline's id has a `#`. */
export const counterOf = ({ id, pack, numbering }: Numbered): string =>
  numbering === undefined ? id : `${pack}#${numbering}`;

/** Creations at one instant in one pipeline take the next number in turn; more than so many turns is a crowd. */
const tries = 20;

/** The number last given in a pipeline, or in those it counts with; 0 before the first. */
export const lastNumber = async (table: Table, pipeline: Numbered): Promise<number> => {
  const row = await table.get(counterKey(counterOf(pipeline)), { consistent: true });
  return typeof row?.last === 'number' ? row.last : 0;
};

/** A pipeline's counter as a row, for who fills a table with numbered deals. */
export const counterRow = (pipeline: Numbered, last: number): Item => ({
  ...counterKey(counterOf(pipeline)),
  row: 'counter',
  last,
});

/** `G-1` for the first deal of a pipeline with the prefix `G`, `1` where it has none. */
export const numberAfter = ({ prefix }: Pipeline, last: number): string =>
  prefix === '' ? `${last + 1}` : `${prefix}-${last + 1}`;

/** Takes the next number, if nobody has taken it since `last` was read. */
export const countUp = (pipeline: Numbered, last: number): Write => ({
  put: counterRow(pipeline, last + 1),
  if: last === 0 ? { absent: true } : { equals: { last } },
});

/**
 * A new deal with the number after `last`, or by a number that nothing counts: that of the deal it goes on from. What leads
 * to it from its client goes with it.
 */
export const newRows = (deal: Deal, pipeline: Pipeline, last: number | undefined): Write[] => [
  ...(last === undefined ? [] : [countUp(pipeline, last)]),
  { put: dealRow(deal), if: { absent: true } },
  ...clientLinks(undefined, deal, pipeline),
];

const thereAlready = async (table: Table, { id }: Deal, error: unknown): Promise<Deal | undefined> => {
  const row =
    error instanceof ConditionFailed ? await table.get(dealKey(id), { consistent: true }) : undefined;
  return row === undefined ? undefined : dealOf(row);
};

/**
 * Stores a new deal with the next number of its pipeline, in one step with the number.
 *
 * @param make - the deal with the number given; called again where somebody else took it first
 * @param along - rows that go into the same transaction
 * @returns the deal, or the one of that id which is there already
 * @throws {Passing} if too many deals are being created at once
 */
export const placeDeal = async (
  table: Table,
  pipeline: Pipeline,
  make: (number: string) => Deal,
  along: (deal: Deal) => readonly Write[] | Promise<readonly Write[]> = () => [],
): Promise<Deal> => {
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    const last = await lastNumber(table, pipeline);
    const deal = make(numberAfter(pipeline, last));
    try {
      await table.transact([...newRows(deal, pipeline, last), ...(await along(deal))]);
      return deal;
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      const there = await thereAlready(table, deal, error);
      if (there !== undefined) return there;
    }
  }
  throw new Passing('too many deals are being created in this pipeline at once', { retryAfterSeconds: 1 });
};
