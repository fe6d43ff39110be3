import type { OutgoingMessage } from '../../schemas/message.ts';
import type { Company } from '../access/company.ts';
import { resolve } from '../access/people.ts';
import { contextFor } from '../deals/context.ts';
import { factsOf } from '../deals/facts.ts';
import { dealKey } from '../shared/keys.ts';
import { idOf } from '../shared/new-id.ts';
import { dealOf, notificationRow } from '../shared/rows.ts';
import type { Item, Table } from '../shared/table/port.ts';
import { notificationTo } from './tell.ts';

/** The pack's text for it; a pack without it tells nobody. */
const text = 'letter-failed';

/**
 * Inbox lines that tell the responsible person of a deal that a letter to the client did not arrive. What was meant for staff
 * stands in their inbox already. Told twice of the same letter, they read it once.
 */
export const linesThatItFailed = async (
  message: OutgoingMessage,
  { table, company, now }: { table: Table; company: Company; now: Date },
): Promise<Item[]> => {
  if (message.deal === undefined || message.user !== undefined) return [];
  const row = await table.get(dealKey(message.deal));
  if (row === undefined) return [];
  const deal = dealOf(row);
  const context = contextFor(deal.pipeline, { now, by: { system: 'outbox' }, reader: undefined, company });
  if (context.pack.messages[text] === undefined) return [];
  const about = {
    id: idOf(text, message.id),
    deal,
    facts: await factsOf(deal, context.pipeline),
    ...(message.problem === undefined ? {} : { missing: [{ ru: message.problem, en: message.problem }] }),
    context,
  };
  return resolve({ who: 'field', field: 'responsible' }, deal, context.pack, company).map((user) =>
    notificationRow(notificationTo(user, text, about)),
  );
};
