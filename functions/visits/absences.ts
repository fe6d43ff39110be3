import { type Day, Day as DayShape } from '../../schemas/time.ts';
import type { Company } from '../access/company.ts';
import { headsOf } from '../access/people.ts';
import { may, type Reader } from '../access/rights.ts';
import { auditRow } from '../admin/keep.ts';
import { personNamed } from '../deals/create.ts';
import { addDays } from '../schedule/days.ts';
import { Forbidden } from '../shared/errors.ts';
import { busyKey } from '../shared/keys.ts';
import { theTable } from '../shared/ports.ts';
import type { Call } from '../shared/serve.ts';
import type { Write } from '../shared/table/port.ts';
import { daysBetween, viewsOf } from './availability.ts';
import { busyBetween } from './busy.ts';

/** @throws {Forbidden} unless the reader leads the person, or keeps the list of people */
const mustPlan = (user: ReturnType<typeof personNamed>, reader: Reader, company: Company): void => {
  const leads = headsOf(user, company).some(({ id }) => id === reader.user.id);
  if (!leads && !may(reader, 'edit', 'users'))
    throw new Forbidden(`absences of ${user.name} are entered by their heads and by administrators`);
};

const daysOf = (from: Day, to: Day): Day[] =>
  Array.from({ length: daysBetween(from, to) }, (_, at) => DayShape.parse(addDays(from, at)));

const zoneOf = (user: ReturnType<typeof personNamed>, company: Company): string =>
  company.packs.find(({ roles }) => roles.some(({ id }) => user.roles.includes(id)))?.zone ?? 'UTC';

type Asked = Pick<Call<'visits.absent'>, 'reader' | 'company' | 'now'>;

const write = async (
  user: ReturnType<typeof personNamed>,
  days: readonly Day[],
  after: unknown,
  one: (day: Day) => Write,
  { reader, now }: Asked,
) => {
  const of = { reader, now, what: 'absence', id: user.id, before: undefined };
  const audited = { ...of, after: { from: days[0], to: days.at(-1), absent: after } };
  await theTable().transact([...days.map(one), { put: auditRow(audited), if: { absent: true } }]);
};

/** POST /v1/absences: from then on nothing can be booked; what is booked already stays, and is answered to be moved. */
export const absent = async (call: Call<'visits.absent'>) => {
  const { body, reader, company } = call;
  const user = personNamed('user', body.user, company);
  mustPlan(user, reader, company);
  const days = daysOf(body.from, body.to);
  await write(
    user,
    days,
    body.reason,
    (day) => ({ update: busyKey(user.id, day), set: { row: 'busy', absent: body.reason } }),
    call,
  );
  const table = theTable();
  const busy = await busyBetween(user.id, body.from, body.to, zoneOf(user, company), table);
  const visits = busy.filter(({ kind }) => kind === 'visit');
  return { days: days.length, visits: await viewsOf(visits, reader, company, table) };
};

/** POST /v1/absences/cancel */
export const back = async (call: Call<'visits.back'>) => {
  const { body, reader, company } = call;
  const user = personNamed('user', body.user, company);
  mustPlan(user, reader, company);
  const days = daysOf(body.from, body.to);
  await write(
    user,
    days,
    null,
    (day) => ({ update: busyKey(user.id, day), set: { row: 'busy' }, unset: ['absent'] }),
    call,
  );
  return { days: days.length };
};
