import type { SearchHit } from '../../schemas/api/search.ts';
import type { Deal } from '../../schemas/deal.ts';
import type { Pack } from '../../schemas/pack.ts';
import type { Pipeline } from '../../schemas/pipeline.ts';
import { subordinatesOf } from '../access/people.ts';
import { hiddenFields, may, mayDo, mayDoToAll } from '../access/rights.ts';
import { BadInput } from '../shared/errors.ts';
import { clientDealKey, companyKey, contactKey, dealKey } from '../shared/keys.ts';
import { theTable } from '../shared/ports.ts';
import { dealOf } from '../shared/rows.ts';
import type { Call } from '../shared/serve.ts';
import type { Item, Query } from '../shared/table/port.ts';
import { clientsBy, dealsBy, idIn, kindIn, wordsOfDeal } from './rows.ts';
import { isWanted, type Wanted, wantedIn, wordsOf } from './words.ts';

type Asked = Call<'deals.search'>;

/** So many rows are looked at of each list, and so many deals in all: what is common is answered in part, and says so. */
const ofEach = 100;
const mostDeals = 100;
const mostClients = 6;
const dealsOfClient = 30;
const mostPeople = 30;

/** The rest of a question is held against what the first look finds: the longest word leads to the fewest deals. */
const leading = (all: readonly Wanted[]): readonly string[] => {
  const [first] = [...all].sort((one, other) => lengthOf(other) - lengthOf(one));
  return [...new Set((first ?? []).map(longest))];
};
const longest = (beginnings: readonly string[]): string =>
  beginnings.reduce((one, other) => (other.length > one.length ? other : one), '');
const lengthOf = (wanted: Wanted): number => Math.max(...wanted.map((way) => longest(way).length));

/** Lists of one pack's deals that a reader may find something in; their own first. */
const listsOf = (pack: Pack, beginning: string, { reader, company }: Asked): Omit<Query, 'limit'>[] => {
  const open = pack.pipelines.filter(({ id }) => may(reader, 'view', 'deal', id));
  if (open.length === 0) return [];
  const whole = dealsBy(pack.id, beginning);
  if (open.every(({ id }) => mayDoToAll(reader, 'view', 'deal', id))) return [whole];
  const people = [reader.user, ...subordinatesOf(reader.user, company)].slice(0, mostPeople);
  return [
    ...people.map(({ id }) => dealsBy(pack.id, beginning, id)),
    dealsBy(pack.id, beginning, { nobody: true }),
    whole,
  ];
};

type Found = { readonly rows: readonly Item[]; readonly isAll: boolean };

const read = async (query: Omit<Query, 'limit'>, limit: number): Promise<Found> => {
  const { items, cursor } = await theTable().query({ ...query, limit });
  return { rows: items, isAll: cursor === undefined };
};

const readAll = (queries: readonly Omit<Query, 'limit'>[], limit: number): Promise<Found[]> =>
  Promise.all(queries.map((query) => read(query, limit)));

/** Deals that may be meant, those that the words lead to before those of clients whom they lead to. */
const candidates = async (
  beginnings: readonly string[],
  call: Asked,
): Promise<{ ids: string[]; isAll: boolean }> => {
  const { reader, company } = call;
  const deals = await readAll(
    beginnings.flatMap((beginning) => company.packs.flatMap((pack) => listsOf(pack, beginning, call))),
    ofEach,
  );
  const seen = { company: may(reader, 'view', 'company'), contact: may(reader, 'view', 'contact') };
  const named = await readAll(
    seen.company || seen.contact ? beginnings.map(clientsBy) : [],
    mostClients * 4, // a client has several words that begin alike
  );
  const clients = [
    ...new Map(
      named
        .flatMap(({ rows }) => rows)
        .filter((row) => (kindIn(row) === 'contact' ? seen.contact : seen.company))
        .map((row) => [`${kindIn(row)} ${idIn(row)}`, row]),
    ).values(),
  ];
  const theirs = await readAll(
    clients
      .slice(0, mostClients)
      .map((row) =>
        kindIn(row) === 'contact'
          ? { pk: clientDealKey(idIn(row), '').pk }
          : { index: 'g3' as const, pk: `COMPANY#${idIn(row)}`, descending: true },
      ),
    dealsOfClient,
  );
  const ids = [
    ...deals.flatMap(({ rows }) => rows.map(idIn)),
    ...theirs.flatMap(({ rows }) => rows.map((row) => String(row.row === 'deal' ? row.id : row.deal))),
  ];
  const once = [...new Set(ids)];
  return {
    ids: once.slice(0, mostDeals),
    isAll:
      once.length <= mostDeals &&
      clients.length <= mostClients &&
      [...deals, ...named, ...theirs].every((one) => one.isAll),
  };
};

const byNumber = new Intl.Collator('en', { numeric: true });

/** What a deal's companies and contacts are, by the fields that a reader may see. */
const clientKeys = (deal: Deal, pipeline: Pipeline, hidden: ReadonlySet<string>, { reader }: Asked) =>
  Object.entries(pipeline.fields).flatMap(([id, { type }]) => {
    const value = deal.fields[id];
    if (hidden.has(id) || typeof value !== 'string') return [];
    if (type === 'company' && may(reader, 'view', 'company')) return [companyKey(value)];
    return type === 'contact' && may(reader, 'view', 'contact') ? [contactKey(value)] : [];
  });

const textOf = ({ name, taxNumber, email, phone }: Item): string =>
  [name, taxNumber, email, phone].filter((text) => typeof text === 'string').join('\n');

const hit = (
  { deal, pipeline, hidden }: { deal: Deal; pipeline: Pipeline; hidden: ReadonlySet<string> },
  names: ReadonlyMap<string, Item>,
  { company }: Asked,
): SearchHit => {
  const { id, number, title, stage, responsible, outcome, parent, createdAt, stageSince, fields } = deal;
  const client =
    typeof fields.company === 'string' && !hidden.has('company')
      ? names.get(companyKey(fields.company).pk)?.name
      : undefined;
  const name = responsible === undefined ? undefined : company.users.get(responsible)?.name;
  return {
    deal: id,
    number,
    title,
    pipeline: pipeline.id,
    pipelineTitle: pipeline.title,
    stage,
    stageTitle: pipeline.stages[stage]?.title ?? { ru: stage, en: stage },
    createdAt,
    stageSince,
    ...(outcome === undefined ? {} : { outcome }),
    ...(responsible === undefined ? {} : { responsible }),
    ...(name === undefined ? {} : { responsibleName: name }),
    ...(typeof client === 'string' ? { companyName: client } : {}),
    ...(parent === undefined ? {} : { parent: { deal: parent.deal, number: parent.number } }),
  };
};

/**
 * GET /v1/search: deals of any pipeline whose number, title, searched fields, company or contact have words that begin with
 * every word asked for; the deal of that number first, then the newest. What is found is held against the deal as it is, so that nothing is found by what it said once; by
 * what a reader may not see nothing is found either. How much is read does not grow with the number of deals.
 */
export const search = async (call: Asked): Promise<{ items: SearchHit[]; more: boolean }> => {
  const { reader, company, query } = call;
  const wanted = wantedIn(query.q);
  if (wanted.length === 0)
    throw new BadInput(`q: given "${query.q}"; would do: a number, a name or the beginning of a word`);
  const { ids, isAll } = await candidates(leading(wanted), call);
  const table = theTable();
  const known = new Map(company.packs.flatMap(({ pipelines }) => pipelines).map((one) => [one.id, one]));
  const open = (await table.getMany(ids.map(dealKey))).map(dealOf).flatMap((deal) => {
    const pipeline = known.get(deal.pipeline);
    return pipeline === undefined || !mayDo(reader, 'view', 'deal', deal, company)
      ? []
      : [{ deal, pipeline, hidden: hiddenFields(reader, pipeline) }];
  });
  const keys = new Map(
    open
      .flatMap(({ deal, pipeline, hidden }) => clientKeys(deal, pipeline, hidden, call))
      .map((key) => [key.pk, key]),
  );
  const names = new Map((await table.getMany([...keys.values()])).map((row) => [row.pk, row]));
  const found = open.filter(({ deal, pipeline, hidden }) => {
    const words = wordsOfDeal(deal, pipeline, hidden);
    const clients = clientKeys(deal, pipeline, hidden, call).flatMap(({ pk }) => {
      const row = names.get(pk);
      return row === undefined ? [] : wordsOf(textOf(row));
    });
    return wanted.every((one) => isWanted(one, [...words, ...clients]));
  });
  const asNumber = query.q.trim().toLowerCase();
  const isNumber = ({ deal }: (typeof found)[number]): number =>
    deal.number.toLowerCase() === asNumber ? 1 : 0;
  const items = found
    .sort(
      (one, other) =>
        isNumber(other) - isNumber(one) ||
        (one.deal.createdAt === other.deal.createdAt
          ? byNumber.compare(other.deal.number, one.deal.number)
          : one.deal.createdAt < other.deal.createdAt
            ? 1
            : -1),
    )
    .map((one) => hit(one, names, call));
  return { items: items.slice(0, query.limit), more: !isAll || items.length > query.limit };
};
