import type { Desk } from '../../schemas/pack.ts';
import { instantOf } from '../../schemas/time.ts';
import { grantsTo, hiddenFields, mayDo, type Reader } from '../access/rights.ts';
import { deskListKey, listsFor } from '../deals/audience.ts';
import { BadInput, NotFound } from '../shared/errors.ts';
import { favouriteKey } from '../shared/keys.ts';
import { mergedPage } from '../shared/merged-page.ts';
import { behind, pageOf } from '../shared/page.ts';
import { theTable } from '../shared/ports.ts';
import { taskOf } from '../shared/rows.ts';
import type { Call } from '../shared/serve.ts';
import type { Item } from '../shared/table/port.ts';
import { viewTask } from '../tasks/view.ts';
import { dealRow, dealsOf, withCompanyNames } from './deal-rows.ts';
import { deskKey } from './keys.ts';
import { nextStepFor } from './next-step.ts';
import type { Row } from './read.ts';
import { crewOf, visitsOf } from './visits.ts';

type Asked = Call<'desks.get'>;

const isFor = (desk: Desk, { user }: Reader): boolean => desk.roles.some((role) => user.roles.includes(role));

const desksFor = ({ reader, company }: Pick<Asked, 'reader' | 'company'>): Desk[] =>
  company.packs.flatMap(({ desks }) => desks).filter((desk) => isFor(desk, reader));

/** GET /v1/desks */
export const listDesks = async (call: Call<'desks.list'>) => ({
  items: desksFor(call).map(({ id, title, kind }) => ({ id, title, kind })),
});

/** Open work of the reader by due time, so that what is overdue comes first. */
const tasks = async (desk: Desk & { kind: 'tasks' }, call: Asked) => {
  const now = instantOf(call.now);
  return pageOf(
    theTable(),
    { index: 'g3', pk: `WORK#${call.reader.user.id}#${desk.of}`, ...behind(call.query.cursor) },
    call.query.limit,
    (rows) => rows.map(taskOf).map((task): Row => viewTask(task, now)),
  );
};

const inDays = ({ query: { from, to } }: Asked) => {
  if (from !== undefined && to !== undefined && from > to)
    throw new BadInput(`from: ${from} is after to: ${to}; exchange them`);
  // A date with a time sorts behind its day alone.
  return from === undefined && to === undefined
    ? {}
    : { sk: { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to: `${to}~` }) } };
};

/** Lists in which a reader finds the deals of a desk, where they do not see every deal of one of its pipelines. */
const listsOfDesk = (
  desk: Desk & { kind: 'deals' | 'planner' },
  { reader, company }: Asked,
): string[] | undefined => {
  const pipelines = desk.kind === 'deals' ? desk.pipelines : [desk.pipeline];
  const lists = pipelines.map((id) =>
    // A right over all deals of some stages: no list of people knows which those are.
    grantsTo(reader, 'view', 'deal', id).some(({ scope }) => scope === 'all')
      ? undefined
      : listsFor(reader, id, company.packOf(company.pipeline(id)), company),
  );
  return lists.includes(undefined) ? undefined : [...new Set(lists.flatMap((some) => some ?? []))];
};

/** Deals of a desk, in its order: one query, and the deals of the page, however many stand on the desk. */
const deals = async (
  desk: Desk & { kind: 'deals' | 'planner' | 'favourites' },
  columns: readonly string[],
  call: Asked,
  also: (row: Row) => Row = () => ({}),
) => {
  const table = theTable();
  const { reader, company, query } = call;
  const see = async (rows: readonly Item[]) =>
    Promise.all(
      (await dealsOf(rows, table)).map(async (deal) => {
        if (deal === undefined || !mayDo(reader, 'view', 'deal', deal, company)) return undefined;
        if (desk.kind === 'favourites' && deal.pipeline !== desk.pipeline) return undefined;
        const next = desk.kind === 'deals' ? await nextStepFor(desk, deal, call, table) : {};
        if (next === undefined) return undefined;
        const row = await dealRow(deal, columns, call);
        return { ...row, ...next, ...also(row) };
      }),
    );
  // Whether a deal has a next step is asked of the deal: a page of them at a time, and the cursor leads to the next.
  const most = desk.kind === 'deals' && desk.nextStep !== undefined ? query.limit : undefined;
  const days = desk.kind === 'planner' ? inDays(call) : {};
  const lists = desk.kind === 'favourites' ? undefined : listsOfDesk(desk, call);
  const page =
    lists === undefined
      ? await pageOf(
          table,
          {
            ...(desk.kind === 'favourites' ? { pk: favouriteKey(reader.user.id, '').pk } : deskKey(desk.id)),
            ...days,
            ...behind(query.cursor),
          },
          query.limit,
          see,
          most,
        )
      : await mergedPage(
          table,
          lists.map((list) => ({ ...deskListKey(list, desk.id), ...days })),
          query,
          see,
          most,
        );
  return { ...page, items: await withCompanyNames(page.items, table) };
};

const boardOf = ({ pipeline, stages }: Desk & { kind: 'board' }): string =>
  `/v1/boards/${pipeline}${stages === undefined ? '' : `?stages=${stages.join(',')}`}`;

/** Desks that stand highlighted above a board, those of them that are for the reader. */
const blocksOf = ({ blocks = [] }: Desk & { kind: 'board' }, call: Asked): Row[] =>
  desksFor(call)
    .filter(({ id }) => blocks.includes(id))
    .map(({ id, title }) => ({ desk: id, title, highlighted: true, block: `/v1/desks/${id}` }));

/** GET /v1/desks/{desk}; one that is not for the reader's roles is not there. @throws {NotFound} */
export const getDesk = async (call: Asked) => {
  const desk = desksFor(call).find(({ id }) => id === call.params.desk);
  if (desk === undefined)
    throw new NotFound(
      `no desk "${call.params.desk}" for you; yours are ${desksFor(call)
        .map(({ id }) => id)
        .join(', ')}`,
    );
  const { id, kind } = desk;
  switch (desk.kind) {
    case 'board':
      return {
        desk: id,
        kind,
        items: [...blocksOf(desk, call), { pipeline: desk.pipeline, board: boardOf(desk) }],
      };
    case 'visits':
      return { desk: id, kind, items: await visitsOf(desk.columns, call) };
    case 'crews':
      return { desk: id, kind, items: desk.of.map((role) => crewOf(role, call)) };
    case 'intake':
      return { desk: id, kind, items: [{ intake: '/v1/intake' }] };
    case 'tasks':
      return { desk: id, kind, ...(await tasks(desk, call)) };
    case 'deals':
    case 'favourites':
      return { desk: id, kind, ...(await deals(desk, desk.columns, call)) };
    case 'planner': {
      const hidden = hiddenFields(call.reader, call.company.pipeline(desk.pipeline));
      if (hidden.has(desk.date) || hidden.has(desk.person)) return { desk: id, kind, items: [] };
      const names = ({ [desk.person]: who, [desk.date]: date }: Row): Row => ({
        date,
        person: who ?? null,
        ...(typeof who === 'string' ? { personName: call.company.users.get(who)?.name } : {}),
      });
      return {
        desk: id,
        kind,
        ...(await deals(desk, ['company', desk.person, desk.date, ...(desk.columns ?? [])], call, names)),
      };
    }
    default:
      return desk satisfies never;
  }
};
