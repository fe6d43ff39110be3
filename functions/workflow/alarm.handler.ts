import { about } from '../shared/log.ts';
import { observed } from '../shared/observed.ts';
import { readable } from '../shared/readable.ts';
import { DateAlarm, ring } from './alarm.ts';

/** Called by a one-time schedule: the moment that it was made for has come. */
export const handler = observed(async (event: unknown): Promise<void> => {
  const alarm = readable(DateAlarm, event);
  await about({ deal: alarm.deal }, () => ring(alarm));
});
