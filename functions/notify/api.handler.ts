import { listFilters, removeFilter, saveFilter } from '../reminders/filters.ts';
import { getCalendar, listReminders } from '../reminders/list.ts';
import { changeReminder, createReminder, dropReminder, listPresets } from '../reminders/remind.ts';
import { serve } from '../shared/serve.ts';
import { listInbox, listMessages, readNotification } from './inbox.ts';

export const handler = serve('inbox', {
  'inbox.list': listInbox,
  'inbox.read': readNotification,
  'messages.list': listMessages,
  'reminders.create': createReminder,
  'reminders.list': listReminders,
  'reminders.presets': listPresets,
  'reminders.change': changeReminder,
  'reminders.drop': dropReminder,
  'calendar.get': getCalendar,
  'filters.list': listFilters,
  'filters.save': saveFilter,
  'filters.remove': removeFilter,
});
