import { Reminder, SavedFilter } from '../../schemas/reminder.ts';
import { readable } from '../shared/readable.ts';
import { contentOf } from '../shared/rows.ts';
import type { Item, Key } from '../shared/table/port.ts';

export const reminderKey = (id: string): Key => ({ pk: `REMINDER#${id}`, sk: 'REMINDER' });

/** Reminders of a person, by time; those to come only. */
export const toCome = (user: string): string => `REMIND#${user}`;

/** Reminders to come that follow a task. */
export const followersOf = (task: string): string => `FOLLOWS#${task}`;

/** Reminders of a deal; those to come begin with `1#`, and follow each other by time. */
export const ofDeal = (deal: string): string => `REMINDERS#${deal}`;

export const reminderRow = (reminder: Reminder): Item => {
  const { id, at, who, deal, task, offset, state } = reminder;
  const isWaiting = state === 'waiting';
  return {
    ...reminderKey(id),
    row: 'reminder',
    ...(isWaiting ? { g2pk: toCome(who), g2sk: `${at}#${id}` } : {}),
    ...(isWaiting && offset !== undefined && task !== undefined ? { g1pk: followersOf(task), g1sk: id } : {}),
    ...(deal === undefined ? {} : { g3pk: ofDeal(deal), g3sk: `${isWaiting ? 1 : 0}#${at}#${id}` }),
    ...reminder,
  };
};

export const reminderOf = (item: Item): Reminder => readable(Reminder, contentOf(item));

export const filterKey = (user: string, id: string): Key => ({ pk: `FILTERS#${user}`, sk: id });

export const filterRow = (user: string, filter: SavedFilter): Item => ({
  ...filterKey(user, filter.id),
  row: 'filter',
  ...filter,
});

export const filterOf = (item: Item): SavedFilter => readable(SavedFilter, contentOf(item));
