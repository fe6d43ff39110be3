import { instantOf } from '../../schemas/time.ts';
import type { Reader } from '../access/rights.ts';
import { newId } from '../shared/new-id.ts';
import { forgetCompany, theCompany, theTable } from '../shared/ports.ts';
import type { Item } from '../shared/table/port.ts';

type Change = {
  readonly reader: Reader;
  readonly now: Date;
  /** `user`, `role`, `setting`, `card`, `directory` */
  readonly what: string;
  readonly id: string;
  readonly before: unknown;
  readonly after: unknown;
};

/** A line of the audit: who changed what, from what, to what. */
export const auditRow = ({ reader, now, what, id, before, after }: Change): Item => ({
  pk: 'AUDIT',
  sk: `${instantOf(now)}#${newId()}`,
  row: 'audit',
  at: instantOf(now),
  by: { user: reader.user.id },
  what,
  id,
  ...(before === undefined ? {} : { before }),
  after,
});

/** The company as it is stored now, not as this process remembers it: what a change is checked against. */
export const freshCompany = () => {
  forgetCompany();
  return theCompany();
};

/** Stores what an administrator changed together with its line of the audit. */
export const keep = async (row: Item, change: Change): Promise<void> => {
  await theTable().transact([{ put: row }, { put: auditRow(change), if: { absent: true } }]);
  forgetCompany();
};
