import type { OutgoingMessage } from '../../schemas/message.ts';
import type { Company } from '../access/company.ts';
import { contextFor } from '../deals/context.ts';
import { factsOf } from '../deals/facts.ts';
import { followLetter } from '../letters/follow.ts';
import { dealKey } from '../shared/keys.ts';
import { idOf } from '../shared/new-id.ts';
import { dealOf, messageRow } from '../shared/rows.ts';
import type { Item, Table } from '../shared/table/port.ts';
import { linesThatItFailed } from './letter-failed.ts';
import { putDown } from './put-down.ts';
import { rowsToTell } from './tell.ts';
import { byNextWay } from './ways.ts';

type Failing = { readonly table: Table; readonly company: Company; readonly now: Date };

const toldThatAllFailed = async (
  { id, deal: about, turns, changedAt }: OutgoingMessage,
  { table, company, now }: Failing,
): Promise<Item[]> => {
  const row =
    about === undefined || turns?.failed === undefined ? undefined : await table.get(dealKey(about));
  if (row === undefined || turns?.failed === undefined) return [];
  const deal = dealOf(row);
  // A repeated call comes at another time, and is to tell of the same moment.
  const since = new Date(changedAt);
  const by = { system: 'outbox' } as const;
  const context = contextFor(deal.pipeline, { now, since, by, reader: undefined, company });
  const facts = await factsOf(deal, context.pipeline);
  return rowsToTell(turns.failed, { id: idOf('failed', id), deal, facts, context });
};

/**
 * Does what follows a message that did not arrive: it goes the next way to the same person; where none is left, people are
 * told. Done twice it is done once.
 */
export const followFailure = async (message: OutgoingMessage, failing: Failing): Promise<void> => {
  const next = byNextWay(message, failing.now);
  const rows =
    next !== undefined
      ? [messageRow(next)]
      : message.turns?.failed === undefined
        ? await linesThatItFailed(message, failing)
        : await toldThatAllFailed(message, failing);
  await putDown(failing.table, rows);
  if (next === undefined) await followLetter(message, 'failed', failing);
};
