import type { Deal } from '../../schemas/deal.ts';
import { withOpenColumns } from '../access/columns.ts';
import { hiddenFields } from '../access/rights.ts';
import { dealIn } from '../deals/audience.ts';
import { factsOf } from '../deals/facts.ts';
import { companyKey, dealKey } from '../shared/keys.ts';
import { pageOf } from '../shared/page.ts';
import { dealOf } from '../shared/rows.ts';
import { BadCursor, type Item, type Query, type Table } from '../shared/table/port.ts';
import type { Row } from './read.ts';
import type { Asking } from './scope.ts';

/** Facts every row of a list shows as members of its own. */
const shownAnyway = new Set([
  'id',
  'number',
  'title',
  'pipeline',
  'stage',
  'responsible',
  'outcome',
  'initiator',
]);

/** A deal as a row: what it is called, where it stands, and of its facts those asked for that the reader may see. */
export const dealRow = async (
  deal: Deal,
  columns: readonly string[],
  { reader, company }: Asking,
): Promise<Row> => {
  const pipeline = company.pipeline(deal.pipeline);
  const hidden = hiddenFields(reader, pipeline);
  const facts = withOpenColumns(await factsOf(deal, pipeline), pipeline, reader);
  const { id, number, title, stage, responsible, outcome, createdAt, stageSince } = deal;
  return {
    deal: id,
    number,
    title,
    pipeline: pipeline.id,
    stage,
    stageTitle: pipeline.stages[stage]?.title ?? { ru: stage, en: stage },
    createdAt,
    stageSince,
    ...(responsible === undefined
      ? {}
      : { responsible, responsibleName: company.users.get(responsible)?.name }),
    ...(outcome === undefined ? {} : { outcome }),
    ...Object.fromEntries(
      columns
        .filter((column) => !shownAnyway.has(column) && !hidden.has(column) && facts[column] !== undefined)
        .map((column) => [column, facts[column]]),
    ),
  };
};

/** Names of the companies that rows speak of, put beside them. */
export const withCompanyNames = async (rows: readonly Row[], table: Table): Promise<Row[]> => {
  const ids = [...new Set(rows.flatMap(({ company }) => (typeof company === 'string' ? [company] : [])))];
  const found = ids.length === 0 ? [] : await table.getMany(ids.map(companyKey));
  const names = new Map(found.map(({ id, name }) => [id, name]));
  return rows.map((row) => (names.has(row.company) ? { ...row, companyName: names.get(row.company) } : row));
};

/** The deals that rows of a list point to, in their order; a deal that is gone is left out by `undefined`. */
export const dealsOf = async (rows: readonly Item[], table: Table): Promise<(Deal | undefined)[]> => {
  const keys = rows.map((row) => dealKey(typeof row.deal === 'string' ? row.deal : dealIn(row)));
  const deals = new Map((await table.getMany(keys)).map((row) => [row.pk, dealOf(row)]));
  return keys.map(({ pk }) => deals.get(pk));
};

/** Pages through one query after another; the cursor says in which of them, and where. */
export const pageThrough = async <T>(
  table: Table,
  queries: readonly Omit<Query, 'limit' | 'cursor'>[],
  { cursor, limit }: { cursor?: string | undefined; limit: number },
  see: (rows: readonly Item[]) => Promise<readonly (T | undefined)[]>,
): Promise<{ items: T[]; cursor?: string }> => {
  const [, number, inner = ''] = /^(\d{1,3})\.(.*)$/.exec(cursor ?? '0.') ?? [];
  if (number === undefined) throw new BadCursor();
  const items: T[] = [];
  for (let at = Number(number); at < queries.length; at += 1) {
    const query = queries[at];
    if (query === undefined) break;
    const page = await pageOf(
      table,
      { ...query, ...(at === Number(number) && inner !== '' ? { cursor: inner } : {}) },
      limit - items.length,
      see,
    );
    items.push(...page.items);
    if (page.cursor !== undefined) return { items, cursor: `${at}.${page.cursor}` };
    if (items.length === limit && at + 1 < queries.length) return { items, cursor: `${at + 1}.` };
  }
  return { items };
};
