import * as z from 'zod';
import { ReminderAlarm, ringReminder } from '../reminders/ring.ts';
import { about } from '../shared/log.ts';
import { observed } from '../shared/observed.ts';
import { DateAlarm, ring } from './alarm.ts';

const Alarm = z.union([DateAlarm, ReminderAlarm]);

/** Called by a one-time schedule: the moment that it was made for has come. */
export const handler = observed(async (event: unknown): Promise<void> => {
  const alarm = Alarm.parse(event);
  if ('reminder' in alarm) await ringReminder(alarm);
  else await about({ deal: alarm.deal }, () => ring(alarm));
});
