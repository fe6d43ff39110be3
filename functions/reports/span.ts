import type { Day } from '../../schemas/time.ts';
import type { Company } from '../access/company.ts';
import type { Reader } from '../access/rights.ts';
import { packOfPerson } from '../access/tenant.ts';
import { localDay } from '../schedule/local-time.ts';
import { BadInput } from '../shared/errors.ts';

/** Days of a report, both included: those asked for, else this month until today, in the company's zone. */
export const spanOf = (
  { from, to }: { from?: Day | undefined; to?: Day | undefined },
  now: Date,
  company: Company,
  reader: Reader,
): { from: string; to: string } => {
  const today = localDay(now, packOfPerson(reader.user, company)?.zone ?? 'UTC');
  const end = to ?? (from !== undefined && from > today ? from : today);
  const span = { from: from ?? `${end.slice(0, 8)}01`, to: end };
  if (span.from > span.to) throw new BadInput(`from: ${span.from} is after to: ${span.to}; exchange them`);
  return span;
};
