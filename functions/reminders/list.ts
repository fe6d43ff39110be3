import { instantOf } from '../../schemas/time.ts';
import { seenCard } from '../deals/seen.ts';
import { addDays } from '../schedule/days.ts';
import { atLocal } from '../schedule/local-time.ts';
import { BadInput } from '../shared/errors.ts';
import { behind, pageOf } from '../shared/page.ts';
import { theTable } from '../shared/ports.ts';
import { taskOf } from '../shared/rows.ts';
import type { Call } from '../shared/serve.ts';
import { mustLead } from '../tasks/list.ts';
import { viewTask } from '../tasks/view.ts';
import { homeOf } from './remind.ts';
import { ofDeal, reminderOf, toCome } from './rows.ts';
import { startOf } from './when.ts';

/** GET /v1/reminders: one's own, or everybody's of a deal that one sees. */
export const listReminders = async (call: Call<'reminders.list'>) => {
  const { query, reader } = call;
  const me = reader.user.id;
  if (query.deal !== undefined) await seenCard(query.deal, call);
  const asked =
    query.deal === undefined
      ? ({ index: 'g2', pk: toCome(me) } as const)
      : ({ index: 'g3', pk: ofDeal(query.deal), sk: { begins: '1#' } } as const);
  return pageOf(theTable(), { ...asked, ...behind(query.cursor) }, query.limit, (rows) =>
    rows.map(reminderOf),
  );
};

/** A month and the weeks that stick out of it. */
const longestDays = 62;

/** GET /v1/calendar: of oneself, or of somebody one leads. */
export const getCalendar = async (call: Call<'calendar.get'>) => {
  const { query, reader, now } = call;
  const { from, to } = query;
  if (from > to) throw new BadInput(`from: ${from} is after to: ${to}; exchange them`);
  if (addDays(from, longestDays) < to)
    throw new BadInput(`to: ${to} is more than ${longestDays} days after ${from}; ask for less at once`);
  const who = query.who ?? reader.user.id;
  mustLead(who, call);
  const { zone } = homeOf(call);
  const since = instantOf(atLocal(from, '00:00', zone));
  const until = instantOf(atLocal(addDays(to, 1), '00:00', zone));
  const items: Awaited<ReturnType<typeof itemsOf>> = await itemsOf(who, since, until, instantOf(now));
  return { items: items.sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0)) };
};

type Instant = ReturnType<typeof instantOf>;

const itemsOf = async (who: string, since: Instant, until: Instant, now: Instant) => {
  const table = theTable();
  const reminders = [];
  for await (const row of table.all({ index: 'g2', pk: toCome(who), sk: { from: since, to: until } })) {
    const reminder = reminderOf(row);
    reminders.push({ kind: 'reminder', at: reminder.at, reminder } as const);
  }
  const tasks = [];
  // All the open work of one person: what begins in these days may be due much later.
  for await (const row of table.all({ index: 'g2', pk: `WORK#${who}` })) {
    const task = taskOf(row);
    const start = startOf(task);
    const at = start === undefined ? undefined : instantOf(start);
    if (at !== undefined && at >= since && at < until)
      tasks.push({ kind: 'task', at, task: viewTask(task, now) } as const);
  }
  return [...reminders, ...tasks];
};
