import type { LedgerEntry } from '../../schemas/ledger.ts';
import type { NotifyStep, Thread } from '../../schemas/pipeline.ts';
import { counts } from '../ledger/counting.ts';
import { rowsToTell } from '../notify/tell.ts';
import { type Facts, holds } from '../shared/expression.ts';
import type { Write } from '../shared/table/port.ts';
import type { Card } from './card.ts';
import { type Context, stageOf } from './context.ts';

type OnEntry = Thread & { on: Extract<Thread['on'], { event: 'entry' }> };
type Telling = OnEntry & { work: NotifyStep[] };

/** Entries of a kind that count now and did not before. */
export const entriesSince = (before: Card, after: Card, kind: LedgerEntry['kind']): LedgerEntry[] =>
  after.ledger.filter(
    (entry) =>
      entry.kind === kind &&
      counts(entry) &&
      !before.ledger.some((old) => old.id === entry.id && counts(old)),
  );

/**
 * Whether all a thread does is tell people of an entry. Such a thread needs no run: a second entry, moments later, would
 * take the place of the first one's before anybody was told.
 */
export const tellsOnly = (thread: Thread): thread is Telling =>
  thread.on?.event === 'entry' && thread.work.every((step) => step.do === 'notify');

/** What people are told of each new entry, in the transaction that enters it. */
export const newsOfEntries = async (
  before: Card,
  after: Card,
  facts: () => Promise<Facts>,
  context: Context,
): Promise<Write[]> => {
  if (before.deal.seq !== after.deal.seq || before.ledger === after.ledger) return [];
  const rows: Write[] = [];
  for (const thread of (stageOf(context.pipeline, after.deal.stage).on ?? []).filter(tellsOnly)) {
    const entries = entriesSince(before, after, thread.on.ledger);
    if (entries.length === 0) continue;
    const known = await facts();
    if (thread.when !== undefined && !(await holds(thread.when, known))) continue;
    for (const step of thread.work) {
      if (step.when !== undefined && !(await holds(step.when, known))) continue;
      for (const { id } of entries)
        rows.push(
          ...rowsToTell(step.notice, {
            id: `${after.deal.id}.entry.${id}.${step.id}`,
            deal: after.deal,
            tasks: after.tasks,
            facts: known,
            context,
          }).map((put) => ({ put })),
        );
    }
  }
  return rows;
};
