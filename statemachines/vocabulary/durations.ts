import type { ClockTime, WorkingTime } from '../../schemas/time.ts';

const clock =
  (unit: ClockTime['unit']) =>
  (amount: number): ClockTime => ({ unit, amount });
const working =
  (unit: WorkingTime['unit']) =>
  (amount: number): WorkingTime => ({ unit, amount });

export const minutes = clock('minutes');
export const hours = clock('hours');
/** Days of 24 hours, days off included. */
export const days = clock('days');
export const workminutes = working('workminutes');
export const workhours = working('workhours');
/** The same time of day on the n-th following working day. */
export const workdays = working('workdays');

/** The duration that an administrator gave to this setting of the pack, read when it is needed. */
export const setting = <const Id extends string>(id: Id): { readonly setting: Id } => ({ setting: id });
