import { UserId } from '../../schemas/ids.ts';
import { Day, type Instant, instantOf, type Zone } from '../../schemas/time.ts';
import { addDays } from '../schedule/days.ts';
import { atLocal } from '../schedule/local-time.ts';
import { busyKey } from '../shared/keys.ts';
import type { Item, Table } from '../shared/table/port.ts';
import { cellMs } from './slot.ts';

/** A time in which a person is not free: on a visit of a deal, or absent for the whole day. */
export type Busy =
  | {
      readonly kind: 'visit';
      readonly start: Instant;
      readonly end: Instant;
      readonly deal: string;
      readonly number: string;
      readonly field: string;
    }
  | { readonly kind: 'absence'; readonly start: Instant; readonly end: Instant; readonly reason: string };

/** What a taken quarter of an hour says: whose it is. */
export const holderIn = ({ deal, number, field }: { deal: string; number: string; field: string }): string =>
  `${deal} ${field} ${number}`;

const holderOf = (said: string) => {
  const [deal = '', field = '', ...number] = said.split(' ');
  return { deal, field, number: number.join(' ') };
};

/** What a row of the table says of a person's day, in the order of time. */
export const busyOf = (row: Item, zone: Zone): Busy[] => {
  const day = Day.parse(row.sk);
  const absence: Busy[] =
    typeof row.absent !== 'string'
      ? []
      : [
          {
            kind: 'absence',
            start: instantOf(atLocal(day, '00:00', zone)),
            end: instantOf(atLocal(addDays(day, 1), '00:00', zone)),
            reason: row.absent,
          },
        ];
  const cells = Object.entries(row)
    .flatMap(([name, said]) => {
      const [, hours, minutes] = /^c(\d\d)(\d\d)$/.exec(name) ?? [];
      return hours === undefined || typeof said !== 'string'
        ? []
        : [{ at: atLocal(day, `${hours}:${minutes}`, zone).getTime(), said }];
    })
    .sort((one, other) => one.at - other.at);
  const visits: { start: number; end: number; said: string }[] = [];
  for (const { at, said } of cells) {
    const last = visits.at(-1);
    if (last !== undefined && last.end === at && last.said === said) last.end = at + cellMs;
    else visits.push({ start: at, end: at + cellMs, said });
  }
  return [
    ...absence,
    ...visits.map(({ start, end, said }) => ({
      kind: 'visit' as const,
      start: instantOf(new Date(start)),
      end: instantOf(new Date(end)),
      ...holderOf(said),
    })),
  ];
};

/** What a person is busy with from one day to another, both included: one query, however many deals there are. */
export const busyBetween = async (
  person: string,
  from: Day,
  to: Day,
  zone: Zone,
  table: Table,
): Promise<Busy[]> => {
  const busy: Busy[] = [];
  const { pk } = busyKey(UserId.parse(person), from);
  for await (const row of table.all({ pk, sk: { from, to } })) busy.push(...busyOf(row, zone));
  return busy;
};
