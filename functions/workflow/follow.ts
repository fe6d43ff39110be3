import type { Deal } from '../../schemas/deal.ts';
import type { Pack } from '../../schemas/pack.ts';
import type { Pipeline } from '../../schemas/pipeline.ts';
import { act } from '../deals/act.ts';
import { dealsOfClient } from '../deals/client-links.ts';
import { done } from '../deals/context.ts';
import { followingOf, refreshed } from '../deals/follow.ts';
import { RateData } from '../deals/rate-data.ts';
import { forgetCompany, theCompany, theTable } from '../shared/ports.ts';
import { dealOf } from '../shared/rows.ts';
import type { Item, Query } from '../shared/table/port.ts';

/** A card or an entry of a directory that deals follow, and that has changed. */
export type Followed =
  | { readonly of: 'company' | 'contact'; readonly id: string }
  | {
      readonly of: 'directory';
      /** the entry */
      readonly id: string;
      readonly directory: string;
      /** its percentage before; absent where the pack's own was first changed */
      readonly rate: number | undefined;
    };

/** What an administrator's figures add up to is no news to a deal, nor is a new version alone. */
const telling = ({ version: _, changedAt: __, debtTotal: ___, wonTotal: ____, ...rest }: Item): unknown =>
  rest;

const differs = (before: Item | undefined, after: Item): boolean =>
  before === undefined || JSON.stringify(telling(before)) !== JSON.stringify(telling(after));

const rateOf = (row: Item | undefined): number | undefined => {
  const data = RateData.safeParse(row?.data);
  return data.success ? data.data.rate : undefined;
};

/** What open deals have to follow because a row changed. */
export const followedBy = (
  row: 'company' | 'contact' | 'rates' | 'directory',
  before: Item | undefined,
  after: Item,
): Followed[] => {
  switch (row) {
    case 'company':
    case 'contact':
      // No deal names a card before it is there.
      return before !== undefined && differs(before, after) ? [{ of: row, id: String(after.id) }] : [];
    case 'rates':
      return [{ of: 'company', id: String(after.company) }];
    case 'directory':
      return differs(before, after)
        ? [
            {
              of: 'directory',
              id: String(after.id),
              directory: String(after.directory),
              rate: rateOf(before),
            },
          ]
        : [];
    default:
      return row satisfies never;
  }
};

/** Pipelines whose open deals may follow it. */
const concerned = (what: Followed, packs: readonly Pack[]): Pipeline[] =>
  packs
    .flatMap(({ pipelines }) => pipelines)
    .filter((pipeline) => {
      const { mirrors, rates } = followingOf(pipeline);
      switch (what.of) {
        case 'company':
          return rates.length > 0 || mirrors.some(({ card }) => card === 'company');
        case 'contact':
          return mirrors.some(({ card }) => card === 'contact');
        case 'directory':
          return rates.some(({ field }) => field.directory === what.directory);
        default:
          return what satisfies never;
      }
    });

const openBoards = ({ id, stages }: Pipeline): Omit<Query, 'limit'>[] =>
  Object.entries(stages).flatMap(([stage, { outcome }]) =>
    outcome === undefined ? [{ index: 'g1', pk: `BOARD#${id}#${stage}` } as const] : [],
  );

/** Its deals, open ones among them. Those of a company and of a contact are known; those of a directory are on the boards. */
async function* dealsOf(what: Followed, pipelines: readonly Pipeline[]): AsyncIterable<Deal> {
  if (what.of === 'contact') {
    for (const { id } of pipelines) yield* await dealsOfClient(what.id, id, theTable());
    return;
  }
  const places: Omit<Query, 'limit'>[] =
    what.of === 'company' ? [{ index: 'g3', pk: `COMPANY#${what.id}` }] : pipelines.flatMap(openBoards);
  for (const place of places) for await (const row of theTable().all(place)) yield dealOf(row);
}

const packsOwn = (packs: readonly Pack[], directory: string, entry: string): number | undefined => {
  const found = packs
    .flatMap(({ directories }) => directories)
    .find(({ id }) => id === directory)
    ?.entries.find(({ id }) => id === entry);
  const data = RateData.safeParse(found?.data);
  return data.success ? data.data.rate : undefined;
};

/** Brings the open deals of a card or a directory up to date with it; each that is so already is left alone. */
export const follow = async (what: Followed): Promise<void> => {
  // What an administrator keeps may be older in this process than the change it was told of.
  if (what.of === 'directory') forgetCompany();
  const { packs } = await theCompany();
  const pipelines = concerned(what, packs);
  const was =
    what.of === 'directory'
      ? {
          directory: what.directory,
          entry: what.id,
          rate: what.rate ?? packsOwn(packs, what.directory, what.id),
        }
      : undefined;
  if (pipelines.length === 0) return;
  for await (const deal of dealsOf(what, pipelines)) {
    if (deal.outcome !== undefined || !pipelines.some(({ id }) => id === deal.pipeline)) continue;
    await act(deal.id, async (card, context) => done(await refreshed(card, context, was)), {
      by: { system: what.of === 'directory' ? `directory ${what.directory}` : what.of },
    });
  }
};
