import type { CardView, DealView, FileView } from '../../schemas/api/shapes.ts';
import type { Deal } from '../../schemas/deal.ts';
import type { FeedEntry } from '../../schemas/feed.ts';
import { type LedgerEntry, LedgerKind } from '../../schemas/ledger.ts';
import type { Text } from '../../schemas/text.ts';
import { instantOf } from '../../schemas/time.ts';
import { hiddenColumns, withOpenColumns } from '../access/columns.ts';
import { isOneOf } from '../access/people.ts';
import { hiddenFields, may, mayDo } from '../access/rights.ts';
import { prints } from '../notify/prints.ts';
import { viewTask } from '../tasks/view.ts';
import type { Card } from './card.ts';
import { type Context, stageOf } from './context.ts';
import { mayEdit } from './editors.ts';
import { factsOf } from './facts.ts';
import { refsIn } from './file-refs.ts';
import { movesOf } from './move.ts';

/** Fields that the one who acts neither sees nor writes; none for the system. */
export const hiddenFrom = ({ reader, pipeline }: Context): ReadonlySet<string> =>
  reader === undefined ? new Set() : hiddenFields(reader, pipeline);

const without = <T>(values: Readonly<Record<string, T>>, hidden: ReadonlySet<string>): Record<string, T> =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !hidden.has(name)));

/** The facts of a deal that a reader may see. */
export const visibleFacts = async ({ deal }: Pick<Card, 'deal'>, context: Context) =>
  withOpenColumns(
    without(await factsOf(deal, context.pipeline), hiddenFrom(context)),
    context.pipeline,
    context.reader,
  );

/** A deal as a reader may see it: what every list, board and answer shows. Whether they may at all is asked before. */
export const viewDeal = async (
  { deal, tasks = [] }: Pick<Card, 'deal'> & Partial<Pick<Card, 'tasks'>>,
  context: Context,
  warnings: readonly Text[] = [],
): Promise<DealView> => {
  const {
    keys: _,
    threads: __,
    definition: ___,
    era: ____,
    running: _____,
    arrived: ______,
    restored: _______,
    undo: ________,
    queues: _________,
    lettered: ___________,
    tracking: ____________,
    ...shown
  } = deal;
  const hidden = hiddenFrom(context);
  return {
    ...shown,
    fields: withOpenColumns(without(deal.fields, hidden), context.pipeline, context.reader),
    totals: without(deal.totals, hidden),
    facts: await visibleFacts({ deal }, context),
    moves: mayEdit({ deal, tasks }, context) ? await movesOf(deal, context) : [],
    ...(warnings.length === 0 ? {} : { warnings: [...warnings] }),
  };
};

/** Entries of a deal's ledger that a reader may see: those of the kinds open to their roles. */
export const ledgerFor = (
  { deal, ledger }: Pick<Card, 'deal' | 'ledger'>,
  { reader, company }: Context,
): LedgerEntry[] =>
  ledger.filter(({ kind }) => reader === undefined || mayDo(reader, 'view', 'ledger', deal, company, kind));

/** Whether a reader may see the line of the history that tells of an entry. */
const seesEntry = (deal: Deal, { data }: FeedEntry, { reader, company }: Context): boolean => {
  const kind = LedgerKind.safeParse(data.kind).data;
  return reader === undefined || mayDo(reader, 'view', 'ledger', deal, company, kind);
};

/** Whether a file was put up for rows of which the one who acts does not see the column it stands in. */
const inHiddenColumns =
  ({ reader, pipeline }: Context) =>
  (file: FileView, deal: Deal): boolean => {
    const id = file.field ?? '';
    if (hiddenColumns(id, pipeline, reader).size === 0) return false;
    const { [id]: open } = withOpenColumns({ [id]: deal.fields[id] }, pipeline, reader);
    return !refsIn(open).some((ref) => ref.id === file.id);
  };

/** Whether a reader may see what was asked of the client of a deal. */
const seesPayments = (deal: Card['deal'], { reader, company }: Context): boolean =>
  reader === undefined || mayDo(reader, 'view', 'payment', deal, company);

/** Pay of a deal that a reader may see: all of it by a right, else their own. */
export const accrualsFor = (
  { deal, accruals }: Pick<Card, 'deal' | 'accruals'>,
  context: Context,
): Card['accruals'] => accruals.filter(({ employee }) => seesPay(deal, employee, context));

const seesPay = (deal: Card['deal'], employee: unknown, { reader, company }: Context): boolean =>
  reader === undefined || employee === reader.user.id || mayDo(reader, 'view', 'accrual', deal, company);

/** Files of a deal without those that hidden fields hold. */
export const filesFor = ({ deal, files }: Pick<Card, 'deal' | 'files'>, context: Context): FileView[] => {
  const hidden = hiddenFrom(context);
  const inHidden = inHiddenColumns(context);
  return files.filter(
    (file) => file.field === undefined || (!hidden.has(file.field) && !inHidden(file, deal)),
  );
};

/** Whether a reader may see by which address a client is reached. */
export const maySeeClients = ({ reader }: Pick<Context, 'reader'>): boolean =>
  reader === undefined || may(reader, 'view', 'contact');

/** A remark without the files it brought for fields the reader does not see. */
const withoutFilesOf = (hidden: ReadonlySet<string>, entry: FeedEntry): FeedEntry => {
  const { files } = entry.data;
  if ((entry.kind !== 'comment' && entry.kind !== 'decision') || !Array.isArray(files)) return entry;
  const open = files.filter(({ field }) => !hidden.has(String(field)));
  return open.length === files.length ? entry : { ...entry, data: { ...entry.data, files: open } };
};

/** Whether a change is still one where only some columns of it are shown. */
const isNews = ({ kind, data }: FeedEntry, name: string, shown: unknown): boolean => {
  if (kind !== 'changed' || shown === data[name] || !Array.isArray(shown)) return true;
  const [before, after] = shown;
  return JSON.stringify(before) !== JSON.stringify(after);
};

/**
 * Lines of the history as a reader may see them: values of hidden fields are left out, lines about nothing else are
 * not shown, nor are those of money to readers who may not see the ledger, nor addresses to those who see no contacts.
 */
export const feedFor = (
  card: Pick<Card, 'deal'>,
  entries: readonly FeedEntry[],
  context: Context,
): FeedEntry[] => {
  const hidden = hiddenFrom(context);
  return entries.flatMap((line) => {
    const entry = withoutFilesOf(hidden, line);
    if (entry.kind === 'money' && !seesEntry(card.deal, entry, context)) return [];
    if (entry.kind === 'conversation' && !maySeeClients(context)) return [];
    if (entry.kind === 'payment' && !seesPayments(card.deal, context)) return [];
    if (entry.kind === 'accrual' && !seesPay(card.deal, entry.data.employee, context)) return [];
    const unseen =
      entry.kind === 'message' && !maySeeClients(context) ? new Set([...hidden, 'to', 'writer']) : hidden;
    if (unseen.size === 0 && entry.kind !== 'changed' && entry.kind !== 'created') return [entry];
    const { fields } = entry.data;
    const isTelling =
      entry.kind === 'message' && prints(String(entry.data.text), hidden, context.pack, ['subject']);
    const open = withOpenColumns(
      without(entry.data, isTelling ? new Set([...unseen, 'subject']) : unseen),
      context.pipeline,
      context.reader,
    );
    const shown = Object.fromEntries(Object.entries(open).filter(([name, now]) => isNews(entry, name, now)));
    const data =
      typeof fields === 'object' && fields !== null && !Array.isArray(fields)
        ? {
            ...shown,
            fields: withOpenColumns(
              without(fields as Record<string, unknown>, hidden),
              context.pipeline,
              context.reader,
            ),
          }
        : shown;
    const isEmpty = ['changed', 'figure', 'restored'].includes(entry.kind) && Object.keys(shown).length === 0;
    return isEmpty && Object.keys(entry.data).length > 0 ? [] : [{ ...entry, data }];
  });
};

/** Processes of the stage that the one who acts may start now, by pipeline. */
export const offersFor = (
  { deal, processes }: Pick<Card, 'deal' | 'processes'>,
  context: Context,
): string[] =>
  (stageOf(context.pipeline, deal.stage).offers ?? [])
    .filter(
      ({ pipeline, by, single }) =>
        isOneOf(by, context.reader?.user, deal, context.company) &&
        (context.reader === undefined || may(context.reader, 'create', 'deal', pipeline)) &&
        !(single && processes.some((link) => link.pipeline === pipeline && link.outcome === undefined)),
    )
    .map(({ pipeline }) => pipeline);

/** A card as a reader may see it. */
export const viewCard = async (card: Card, context: Context): Promise<CardView> => {
  const { reader, company, now } = context;
  const seesTasks = reader === undefined || mayDo(reader, 'view', 'task', card.deal, company);
  const hidden = hiddenFrom(context);
  return {
    deal: await viewDeal(card, context),
    tasks: card.tasks
      .filter(({ kind, assignee }) => kind !== 'watch' && (seesTasks || assignee === reader?.user.id))
      .map((task) => {
        const shown = viewTask(task, instantOf(now));
        const { fields } = shown;
        return fields === undefined ? shown : { ...shown, fields: fields.filter((id) => !hidden.has(id)) };
      }),
    ledger: ledgerFor(card, context),
    accruals: [...accrualsFor(card, context)],
    files: filesFor(card, context),
    processes: [...card.processes],
    feed: feedFor(card, card.feed, context),
    offers: offersFor(card, context),
  };
};
