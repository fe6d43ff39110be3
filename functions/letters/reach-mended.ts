import { Contact } from '../../schemas/contact.ts';
import { DealId, type TaskId } from '../../schemas/ids.ts';
import { instantOf } from '../../schemas/time.ts';
import { contacts } from '../contacts/kinds.ts';
import { withRightAddress } from '../contacts/reach.ts';
import { changeReach, peopleAt } from '../contacts/reach-store.ts';
import { act } from '../deals/act.ts';
import { done } from '../deals/context.ts';
import { dealKey } from '../shared/keys.ts';
import { dealOf } from '../shared/rows.ts';
import type { Item, Table } from '../shared/table/port.ts';
import { closed } from '../tasks/close.ts';

const Reached = Contact.pick({ reach: true });

const taskIn = (row: Item | undefined): TaskId | undefined => {
  const { data } = Reached.safeParse(row === undefined ? {} : { reach: row.reach });
  return data?.reach?.email?.task;
};

/** Tasks that a changed contact leaves nothing to do for: the address is another one, or somebody said that it is right. */
export const mendedBy = (before: Item | undefined, after: Item): TaskId[] => {
  const task = taskIn(before);
  return task === undefined || taskIn(after) === task ? [] : [task];
};

/** Closes the task to mend an address that has been mended; one that is closed already is left alone. */
export const closeMended = async (id: TaskId): Promise<void> => {
  const [deal = ''] = id.split('.x.');
  await act(
    DealId.parse(deal),
    (card, context) => {
      const task = card.tasks.find((other) => other.id === id);
      return done(task?.status === 'open' ? closed(card, task, 'done', context) : card);
    },
    { by: { system: 'contact' } },
  );
};

/** The task to mend an address was done: whoever did it says that the address is right now. */
export const followMended = async (task: string, deal: string, table: Table, now: Date): Promise<void> => {
  const row = await table.get(dealKey(deal), { consistent: true });
  const contact = row === undefined ? undefined : dealOf(row).fields.contact;
  if (typeof contact !== 'string') return;
  const known = await table.get(contacts.key(contact));
  const address = known === undefined ? undefined : contacts.of(known).email;
  if (address === undefined) return;
  for (const { id } of await peopleAt(address, contact, table))
    await changeReach(
      id,
      (before) => (before.reach?.email?.task === task ? withRightAddress(before, instantOf(now)) : before),
      table,
    );
};
