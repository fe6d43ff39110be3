import { mayDo } from '../access/rights.ts';
import { addDays } from '../schedule/days.ts';
import { localDay } from '../schedule/local-time.ts';
import { theTable } from '../shared/ports.ts';
import type { Call } from '../shared/serve.ts';
import { busyBetween } from '../visits/busy.ts';
import { dealRow, dealsOf } from './deal-rows.ts';
import type { Row } from './read.ts';

type Asked = Pick<Call<'desks.get'>, 'reader' | 'company' | 'now' | 'query'>;

/** How far ahead a person sees their own visits. */
const daysAhead = 60;

/** Visits of the reader from today on, each with its deal as far as the reader sees it; two reads, however many deals there are. */
export const visitsOf = async (columns: readonly string[], call: Asked): Promise<Row[]> => {
  const { reader, company, now, query } = call;
  const table = theTable();
  const pack = company.packs.find(({ roles }) => roles.some(({ id }) => reader.user.roles.includes(id)));
  const zone = pack?.zone ?? 'UTC';
  const today = localDay(now, zone);
  const busy = await busyBetween(
    reader.user.id,
    query.from ?? today,
    query.to ?? addDays(today, daysAhead),
    zone,
    table,
  );
  const visits = busy.flatMap((one) => (one.kind === 'visit' ? [one] : []));
  const deals = await dealsOf(
    visits.map(({ deal }) => ({ pk: deal, sk: deal, deal })),
    table,
  );
  const rows = await Promise.all(
    visits.map(async ({ start, end, field }, at): Promise<Row | undefined> => {
      const deal = deals[at];
      if (deal === undefined || !mayDo(reader, 'view', 'deal', deal, company)) return undefined;
      const day = localDay(new Date(start), zone);
      return {
        ...(await dealRow(deal, columns, call)),
        start,
        end,
        visit: company.pipeline(deal.pipeline).fields[field]?.title ?? { ru: field, en: field },
        when: day === today ? 'today' : day === addDays(today, 1) ? 'tomorrow' : 'later',
      };
    }),
  );
  return rows.flatMap((row) => (row === undefined ? [] : [row]));
};

/** Where the calendar of a role's people is read: a week from today, unless days are given. */
export const crewOf = (role: string, { company, now, query }: Asked): Row => {
  const pack = company.packs.find(({ roles }) => roles.some(({ id }) => id === role));
  const from = query.from ?? localDay(now, pack?.zone ?? 'UTC');
  const to = query.to ?? addDays(from, 6);
  return {
    role,
    title: pack?.roles.find(({ id }) => id === role)?.title ?? { ru: role, en: role },
    calendar: `/v1/availability?role=${role}&from=${from}&to=${to}`,
  };
};
