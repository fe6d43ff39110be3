import type { Pack } from '../../schemas/pack.ts';
import type { Offset, Preset } from '../../schemas/reminder.ts';
import type { Task } from '../../schemas/task.ts';
import { secondsOf } from '../../schemas/time.ts';
import { addDays } from '../schedule/days.ts';
import { atLocal, localDay } from '../schedule/local-time.ts';

/** When work on a task begins, as far as it is known. */
export const startOf = ({ start, due }: Pick<Task, 'start' | 'due'>): Date | undefined => {
  const at = start ?? due;
  return at === undefined ? undefined : new Date(at);
};

/** The moment so long before or after a start. */
export const offsetFrom = (start: Date, { side, span }: Offset): Date =>
  new Date(start.getTime() + (side === 'before' ? -1 : 1) * secondsOf(span) * 1000);

/** The moment a preset means now. */
export const presetAt = (preset: Preset, now: Date, { zone }: Pick<Pack, 'zone'>): Date =>
  'after' in preset
    ? new Date(now.getTime() + secondsOf(preset.after) * 1000)
    : atLocal(addDays(localDay(now, zone), preset.days), preset.time, zone);
