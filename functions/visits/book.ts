import type { Deal, Slot } from '../../schemas/deal.ts';
import { type Context, done, type Outcome, refused } from '../deals/context.ts';
import { bareCard } from '../deals/new-deal.ts';
import { dayNumber } from '../schedule/days.ts';
import { localDay } from '../schedule/local-time.ts';
import { windowsOn } from '../schedule/working-windows.ts';
import { type Refusal, Refused } from '../shared/errors.ts';
import { busyKey } from '../shared/keys.ts';
import type { Item, Table, Write } from '../shared/table/port.ts';
import { type Busy, busyOf, holderIn } from './busy.ts';
import { newsOfSlots } from './news.ts';
import { type Cell, cellsOf, slotsOf } from './slot.ts';

/** Of the cells somebody holds: who holds them. */
type Held = ReadonlyMap<string, Cell & { readonly holder: string }>;

const nameOf = ({ person, day, name }: Cell): string => `${person} ${day} ${name}`;

const heldBy = (deal: Deal | undefined, { pipeline, pack }: Context): Held =>
  new Map(
    deal === undefined
      ? []
      : slotsOf(deal, pipeline).flatMap(({ id, slot }) =>
          cellsOf(slot, pack.zone).map((cell) => [
            nameOf(cell),
            { ...cell, holder: holderIn({ deal: deal.id, number: deal.number, field: id }) },
          ]),
        ),
  );

const timeOf = (instant: string, zone: string): string =>
  new Intl.DateTimeFormat('ru', { timeZone: zone, timeStyle: 'short' }).format(new Date(instant));

const dayText = (instant: string, zone: string): string =>
  new Intl.DateTimeFormat('ru', { timeZone: zone, dateStyle: 'short' }).format(new Date(instant));

const hoursText = ({ start, end }: Pick<Slot, 'start' | 'end'>, zone: string): string =>
  `${dayText(start, zone)} ${timeOf(start, zone)}–${timeOf(end, zone)}`;

const taken = (field: string, name: string, by: Busy, zone: string): Refusal => {
  const when = hoursText(by, zone);
  return by.kind === 'absence'
    ? {
        path: `fields.${field}`,
        code: 'person-absent',
        message: {
          ru: `${name}: отсутствует ${dayText(by.start, zone)}; выберите другой день или другого человека`,
          en: `${name} is absent on ${dayText(by.start, zone)}; choose another day or another person`,
        },
      }
    : {
        path: `fields.${field}`,
        code: 'slot-taken',
        message: {
          ru: `${name}: занято ${when} (${by.number}); выберите другое время`,
          en: `${name} is busy ${when} (${by.number}); choose another time`,
        },
      };
};

const outsideHours = (slot: Slot, { company, pack }: Context): boolean => {
  const day = dayNumber(localDay(new Date(slot.start), pack.zone));
  return !windowsOn(day, company.calendarOf(pack)).some(
    ({ open, close }) => open <= Date.parse(slot.start) && Date.parse(slot.end) <= close,
  );
};

const notWorked = (field: string, slot: Slot, zone: string): Refusal => ({
  path: `fields.${field}`,
  code: 'outside-working-hours',
  message: {
    ru: `${hoursText(slot, zone)}: вне рабочего времени компании`,
    en: `${hoursText(slot, zone)} is outside the company's working hours`,
  },
});

/** A person books time to come; what is over can only be said by who kept the books elsewhere. */
const isOver = ({ end }: Slot, { reader, now }: Context): boolean =>
  reader !== undefined && Date.parse(end) <= now.getTime();

const over = (field: string, slot: Slot, zone: string): Refusal => ({
  path: `fields.${field}`,
  code: 'slot-over',
  message: {
    ru: `${hoursText(slot, zone)}: это время уже прошло, выберите другое`,
    en: `${hoursText(slot, zone)} is over already; choose another time`,
  },
});

/** Groups cells by the row that keeps them: a person's day. */
const byRow = (cells: Iterable<Cell>): Map<string, Cell[]> => {
  const rows = new Map<string, Cell[]>();
  for (const cell of cells) {
    const name = `${cell.person} ${cell.day}`;
    rows.set(name, [...(rows.get(name) ?? []), cell]);
  }
  return rows;
};

/**
 * What has to be written beside a deal so that its slots are reserved as they are now, and no longer as they were: one write
 * a person and day, each refused by the table where somebody else was first. Nothing where no slot differs.
 *
 * @param before - nothing for a deal that is being created
 * @returns refused with who is busy when, before anything is written
 */
export const bookings = async (
  before: Deal | undefined,
  after: Deal,
  context: Context,
  table: Table,
): Promise<Outcome<readonly Write[]>> => {
  if (!Object.values(context.pipeline.fields).some(({ type }) => type === 'slot')) return done([]);
  const had = heldBy(before, context);
  const wants = heldBy(after, context);
  const takes = [...wants.values()].filter((cell) => had.get(nameOf(cell))?.holder !== cell.holder);
  const frees = [...had.values()].filter((cell) => !wants.has(nameOf(cell)));
  const both = meetings(before, after, context);
  if (both.length > 0) return refused(...both);
  if (takes.length === 0 && frees.length === 0) return done([]);

  const { zone } = context.pack;
  const refusals = await standsInTheWay(after, takes, context, table);
  if (refusals.length > 0) return refused(...refusals);

  const taken = byRow(takes);
  const freed = byRow(frees);
  return done(
    [...new Set([...taken.keys(), ...freed.keys()])].sort().map((row): Write => {
      const [first] = [...(taken.get(row) ?? []), ...(freed.get(row) ?? [])];
      if (first === undefined) throw new Error(`no cell of ${row} in ${zone}`);
      const own = takes.filter((cell) => taken.get(row)?.includes(cell));
      // Its own cells that pass from one of its fields to another are not free, and need not be.
      const names = own.filter((cell) => !had.has(nameOf(cell))).map(({ name }) => name);
      return {
        update: busyKey(first.person, first.day),
        set: { row: 'busy', ...Object.fromEntries(own.map(({ name, holder }) => [name, holder])) },
        unset: (freed.get(row) ?? []).map(({ name }) => name),
        ...(names.length === 0
          ? {}
          : { if: { all: [...names, 'absent'].map((name) => ({ less: { name, than: '!' } })) } }),
      };
    }),
  );
};

/** Slots of one deal that want a person at the same time. */
const meetings = (before: Deal | undefined, after: Deal, { company, pack, pipeline }: Context): Refusal[] => {
  const all = slotsOf(after, pipeline);
  return all
    .filter(({ id }) => after.fields[id] !== before?.fields[id])
    .flatMap(({ id, slot }) =>
      all.flatMap((other) =>
        other.id === id || other.slot.end <= slot.start || slot.end <= other.slot.start
          ? []
          : slot.people
              .filter((person) => other.slot.people.includes(person))
              .map((person) => {
                const busy: Busy = {
                  kind: 'visit',
                  ...other.slot,
                  deal: after.id,
                  number: after.number,
                  field: other.id,
                };
                return taken(id, company.users.get(person)?.name ?? person, busy, pack.zone);
              }),
      ),
    );
};

/** Every slot that cannot be had, with the reason. */
const standsInTheWay = async (
  deal: Deal,
  takes: readonly Cell[],
  context: Context,
  table: Table,
): Promise<Refusal[]> => {
  const { company, pack, pipeline } = context;
  const isTaken = new Set(takes.map(nameOf));
  const asked = slotsOf(deal, pipeline).filter(({ slot }) =>
    cellsOf(slot, pack.zone).some((cell) => isTaken.has(nameOf(cell))),
  );
  const rows = new Map<string, Item | undefined>();
  for (const [name, [first]] of byRow(takes))
    if (first !== undefined)
      rows.set(name, await table.get(busyKey(first.person, first.day), { consistent: true }));
  return asked.flatMap(({ id, slot }): Refusal[] => {
    if (isOver(slot, context)) return [over(id, slot, pack.zone)];
    if (outsideHours(slot, context)) return [notWorked(id, slot, pack.zone)];
    return slot.people.flatMap((person) => {
      const row = rows.get(`${person} ${localDay(new Date(slot.start), pack.zone)}`);
      const others = (row === undefined ? [] : busyOf(row, pack.zone)).filter(
        (busy) =>
          (busy.kind === 'absence' || busy.deal !== deal.id) &&
          busy.start < slot.end &&
          slot.start < busy.end,
      );
      const name = company.users.get(person)?.name ?? person;
      return others.map((busy) => taken(id, name, busy, pack.zone));
    });
  });
};

/** What has to be written beside a new deal that comes with slots. @throws {Refused} where somebody is not free */
export const firstBookings = async (
  deal: Deal,
  context: Context,
  table: Table,
): Promise<readonly Write[]> => {
  const booked = await bookings(undefined, deal, context, table);
  if (!booked.ok) throw new Refused(booked.refusals);
  const fresh = bareCard(deal);
  const blank = bareCard({ ...deal, fields: {} });
  return [...booked.value, ...(await newsOfSlots(blank, fresh, context))];
};
