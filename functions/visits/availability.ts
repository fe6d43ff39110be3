import type { BusyView } from '../../schemas/api/visits.ts';
import { type Day, instantOf } from '../../schemas/time.ts';
import type { Company } from '../access/company.ts';
import { holdersOf } from '../access/people.ts';
import { may, mayDo, mayDoToAll, type Reader } from '../access/rights.ts';
import { dayNumber } from '../schedule/days.ts';
import { windowsOn } from '../schedule/working-windows.ts';
import { BadInput, Forbidden } from '../shared/errors.ts';
import { dealKey } from '../shared/keys.ts';
import { theTable } from '../shared/ports.ts';
import { dealOf } from '../shared/rows.ts';
import type { Call } from '../shared/serve.ts';
import type { Table } from '../shared/table/port.ts';
import { type Busy, busyBetween } from './busy.ts';
import { cellMs } from './slot.ts';

/** The most days one answer shows: a month by weeks. */
const daysMost = 62;

/** The pack of a role, and the pipelines whose slots reserve people with it. @throws {BadInput} */
export const reservedBy = (role: string, company: Company) => {
  const of = company.packs.flatMap((pack) =>
    pack.pipelines.flatMap((pipeline) =>
      Object.values(pipeline.fields).some((field) => field.type === 'slot' && field.role === role)
        ? [{ pack, pipeline }]
        : [],
    ),
  );
  const [first] = of;
  if (first === undefined) throw new BadInput(`role: nobody's time is reserved by the role "${role}"`);
  return { pack: first.pack, pipelines: of.map(({ pipeline }) => pipeline) };
};

/** Days from one to another, both included. @throws {BadInput} if they are in the wrong order, or too many */
export const daysBetween = (from: Day, to: Day): number => {
  const days = dayNumber(to) - dayNumber(from) + 1;
  if (days < 1) throw new BadInput(`from: ${from} is after to: ${to}; exchange them`);
  if (days > daysMost) throw new BadInput(`to: ${days} days at once; up to ${daysMost} would do`);
  return days;
};

/** What a reader may know of visits: the deals of those that are open to them, by one read. */
export const viewsOf = async (
  busy: readonly Busy[],
  reader: Reader,
  company: Company,
  table: Table,
): Promise<BusyView[]> => {
  const ids = [...new Set(busy.flatMap((one) => (one.kind === 'visit' ? [one.deal] : [])))];
  const deals = new Map(
    (ids.length === 0 ? [] : await table.getMany(ids.map(dealKey)))
      .map(dealOf)
      .filter((deal) => mayDo(reader, 'view', 'deal', deal, company))
      .map((deal) => [deal.id as string, deal]),
  );
  return busy.map((one): BusyView => {
    if (one.kind === 'absence') return one;
    const { kind, start, end, number, field, deal } = one;
    const seen = deals.get(deal);
    const title = seen === undefined ? undefined : company.pipeline(seen.pipeline).fields[field]?.title;
    return {
      kind,
      start,
      end,
      number,
      ...(seen === undefined ? {} : { deal: seen.id, dealTitle: seen.title, field }),
      ...(title === undefined ? {} : { title }),
    };
  });
};

type Interval = { readonly start: BusyView['start']; readonly end: BusyView['end'] };

/** Working time of these days without what is taken; from the next quarter of an hour on where it has begun. */
const freeIn = (
  from: Day,
  days: number,
  busy: readonly Busy[],
  calendar: ReturnType<Company['calendarOf']>,
  now: Date,
): Interval[] => {
  const soonest = Math.ceil(now.getTime() / cellMs) * cellMs;
  const free: { open: number; close: number }[] = [];
  for (let day = dayNumber(from); day < dayNumber(from) + days; day += 1)
    for (const window of windowsOn(day, calendar)) {
      let open = Math.max(window.open, soonest);
      for (const { start, end } of busy) {
        const [begins, ends] = [Date.parse(start), Date.parse(end)];
        if (ends <= open || begins >= window.close) continue;
        if (begins > open) free.push({ open, close: begins });
        open = Math.max(open, ends);
      }
      if (open < window.close) free.push({ open, close: window.close });
    }
  return free.map(({ open, close }) => ({
    start: instantOf(new Date(open)),
    end: instantOf(new Date(close)),
  }));
};

/**
 * GET /v1/availability: those who plan visits see everybody with the role, everybody else their own time. One query a
 * person, however many deals there are.
 */
export const availability = async ({ query, reader, company, now }: Call<'visits.availability'>) => {
  const { role, from, person } = query;
  const to = query.to ?? from;
  const days = daysBetween(from, to);
  const { pack, pipelines } = reservedBy(role, company);
  const plans = pipelines.some(
    ({ id }) => may(reader, 'create', 'deal', id) || mayDoToAll(reader, 'view', 'deal', id),
  );
  const crew = holdersOf(role, company)
    .filter(({ id }) => plans || id === reader.user.id)
    .filter(({ id }) => person === undefined || id === person);
  if (crew.length === 0 && !plans)
    throw new Forbidden(`your roles (${reader.user.roles.join(', ')}) plan no time of ${role}`);
  const table = theTable();
  const people = await Promise.all(
    crew.map(async ({ id, name }) => {
      const busy = await busyBetween(id, from, to, pack.zone, table);
      return {
        user: id,
        name,
        busy: await viewsOf(busy, reader, company, table),
        free: freeIn(from, days, busy, company.calendarOf(pack), now),
      };
    }),
  );
  return { role, from, to, people };
};
