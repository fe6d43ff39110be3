import { type Deal, Slot, SlotGiven } from '../../schemas/deal.ts';
import type { UserId } from '../../schemas/ids.ts';
import type { Field, Pipeline } from '../../schemas/pipeline.ts';
import { type Day, instantOf, type Zone } from '../../schemas/time.ts';
import type { Company } from '../access/company.ts';
import { holdersOf } from '../access/people.ts';
import { dueAt } from '../schedule/due-at.ts';
import { localDay } from '../schedule/local-time.ts';
import { readingAt } from '../schedule/wall-clock.ts';

export type SlotField = Extract<Field, { type: 'slot' }>;

/** What is reserved at once: a quarter of an hour. */
export const cellMs = 900_000;

const dayMs = 86_400_000;

const isQuarter = (time: number): boolean => time % cellMs === 0;

const instantIn = (given: string): Date | undefined => {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(given)) return undefined;
  const date = new Date(given);
  return Number.isNaN(date.getTime()) ? undefined : date;
};

/**
 * Reads a slot somebody gives. Whether the people are free, and at work, is another question: see `bookings`.
 *
 * @returns the slot to store, or in words what would have done
 */
export const readSlot = (
  field: SlotField,
  given: unknown,
  company: Company,
): { readonly value: Slot } | { readonly wanted: string } => {
  const slot = SlotGiven.safeParse(given);
  const pack = company.packs.find(({ roles }) => roles.some(({ id }) => id === field.role));
  const start = slot.success ? instantIn(slot.data.start) : undefined;
  if (!slot.success || start === undefined || pack === undefined)
    return { wanted: 'a time and people { start: "2026-02-05T14:00:00+03:00", end, people: [their ids] }' };
  const end =
    slot.data.end === undefined
      ? dueAt(start, company.duration(pack, field.length), company.calendarOf(pack))
      : instantIn(slot.data.end);
  if (end === undefined || end <= start || end.getTime() - start.getTime() > dayMs)
    return { wanted: 'an end after the start, on the same day' };
  if (!isQuarter(start.getTime()) || !isQuarter(end.getTime()))
    return { wanted: 'a start and an end on a quarter of an hour, such as 14:00 or 14:15' };
  const people = [...new Set(slot.data.people)];
  const fit = holdersOf(field.role, company).map(({ id }) => id);
  if (people.some((person) => !fit.includes(person)))
    return { wanted: `people with the role ${field.role}: ${fit.join(', ') || 'nobody has it'}` };
  if (field.people === 'one' && people.length > 1) return { wanted: 'one person' };
  return { value: { start: instantOf(start), end: instantOf(end), people } };
};

/** The slot a deal has in a field. */
export const slotIn = ({ fields }: Pick<Deal, 'fields'>, field: string): Slot | undefined =>
  Slot.safeParse(fields[field]).data;

/** The slots of a deal, by field. */
export const slotsOf = (
  deal: Pick<Deal, 'fields'>,
  { fields }: Pipeline,
): { id: string; field: SlotField; slot: Slot }[] =>
  Object.entries(fields).flatMap(([id, field]) => {
    const slot = field.type === 'slot' ? slotIn(deal, id) : undefined;
    return field.type !== 'slot' || slot === undefined ? [] : [{ id, field, slot }];
  });

/** A quarter of an hour of a person. */
export type Cell = { readonly person: UserId; readonly day: Day; readonly name: string };

/** The quarters of an hour a slot takes: `c0900` is the one from nine of the company's clock. */
export const cellsOf = ({ start, end, people }: Slot, zone: Zone): Cell[] => {
  const cells: Cell[] = [];
  for (let at = Date.parse(start); at < Date.parse(end); at += cellMs) {
    const day = localDay(new Date(at), zone);
    const time = new Date(readingAt(at, zone)).toISOString().slice(11, 16).replace(':', '');
    for (const person of people) cells.push({ person, day, name: `c${time}` });
  }
  return cells;
};
