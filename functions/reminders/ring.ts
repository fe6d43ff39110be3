import * as z from 'zod';
import { EntityId, Slug, type TaskId } from '../../schemas/ids.ts';
import type { Notification } from '../../schemas/message.ts';
import type { Reminder } from '../../schemas/reminder.ts';
import { Instant, instantOf } from '../../schemas/time.ts';
import { clock } from '../shared/clock.ts';
import { environment } from '../shared/environment.ts';
import { taskKey } from '../shared/keys.ts';
import { idOf } from '../shared/new-id.ts';
import { callAt } from '../shared/one-time.ts';
import { theTable } from '../shared/ports.ts';
import { notificationRow, taskOf } from '../shared/rows.ts';
import { ConditionFailed } from '../shared/table/port.ts';
import { followersOf, reminderKey, reminderOf, reminderRow } from './rows.ts';
import { offsetFrom, startOf } from './when.ts';

/** What a schedule hands over when the moment of a reminder has come. */
export const ReminderAlarm = z.strictObject({ reminder: EntityId, at: Instant });
export type ReminderAlarm = z.infer<typeof ReminderAlarm>;

const soonestMs = 60_000;
const byAlarm = { system: 'alarm' } as const;

const lineOf = ({ id, who, what, at, deal, dealNumber, task }: Reminder): Notification => ({
  id: EntityId.parse(idOf('reminder', id, at)),
  user: who,
  at,
  text: Slug.parse('reminder'),
  subject: what,
  body: what,
  ...(deal === undefined ? {} : { deal }),
  ...(dealNumber === undefined ? {} : { dealNumber }),
  ...(task === undefined ? {} : { task }),
});

/** The moment has come: the person is told in the app, once. A reminder that has moved, or was dropped, says nothing. */
export const ringReminder = async ({ reminder: id, at }: ReminderAlarm): Promise<void> => {
  const row = await theTable().get(reminderKey(id), { consistent: true });
  if (row === undefined) return;
  const reminder = reminderOf(row);
  if (reminder.state !== 'waiting' || reminder.at !== at) return;
  const told: Reminder = {
    ...reminder,
    state: 'told',
    changedAt: instantOf(clock.now()),
    changedBy: byAlarm,
    version: reminder.version + 1,
  };
  try {
    await theTable().transact([
      { put: reminderRow(told), if: { equals: { version: reminder.version } } },
      { put: notificationRow(lineOf(reminder)) },
    ]);
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
    await ringReminder({ reminder: id, at }); // moved or dropped in this instant: the new look says which
  }
};

/** Sets the alarm of a reminder that is new or has moved; one whose moment has come while it moved is told at once. */
export const setReminder = async ({ id, at, version }: Reminder): Promise<void> => {
  const now = clock.now().getTime();
  if (Date.parse(at) <= now) return ringReminder({ reminder: EntityId.parse(id), at });
  await callAt({
    name: `reminder-${idOf(id, at, String(version))}`,
    at: new Date(Math.max(Date.parse(at), now + soonestMs)),
    target: environment().ALARM_ARN,
    input: { reminder: id, at },
  });
};

/** Moves the reminders of a task with its start; a task that is over needs none any more. */
export const followTask = async (deal: string, task: TaskId): Promise<void> => {
  const table = theTable();
  const row = await table.get(taskKey(deal, task), { consistent: true });
  if (row === undefined) return;
  const now = taskOf(row);
  const start = now.status === 'open' ? startOf(now) : undefined;
  for await (const found of table.all({ index: 'g1', pk: followersOf(task) })) {
    const reminder = reminderOf(
      (await table.get(reminderKey(String(found.id)), { consistent: true })) ?? found,
    );
    if (reminder.state !== 'waiting' || reminder.offset === undefined) continue;
    const at = start === undefined ? undefined : instantOf(offsetFrom(start, reminder.offset));
    if (at === reminder.at) continue;
    const after: Reminder = {
      ...reminder,
      ...(at === undefined ? { state: 'dropped' as const } : { at }),
      changedAt: instantOf(clock.now()),
      changedBy: { system: `task ${task}` },
      version: reminder.version + 1,
    };
    // Refused where it was changed in this instant: the change is given again, and then looks anew.
    await table.write({ put: reminderRow(after), if: { equals: { version: reminder.version } } });
  }
};
