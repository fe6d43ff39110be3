import * as z from 'zod';
import type { Company } from '../../schemas/contact.ts';
import { EntityId } from '../../schemas/ids.ts';
import { instantOf } from '../../schemas/time.ts';
import { BadInput, Conflict, Passing, type Refusal, Refused } from '../shared/errors.ts';
import { companyKey, holdingKey } from '../shared/keys.ts';
import { idOf } from '../shared/new-id.ts';
import { contentOf } from '../shared/rows.ts';
import type { Item, Table, Write } from '../shared/table/port.ts';
import { companies } from './kinds.ts';
import { readOne } from './store.ts';

/** Companies that belong together. The row is what they agree on; each of them bears its id. */
const Holding = z.strictObject({
  id: EntityId,
  members: z.array(EntityId).min(2),
  version: z.int().positive(),
});
type Holding = z.infer<typeof Holding>;

/** Two cards of the same holding may be written at once: who was second looks again. */
const tries = 8;

/** A transaction takes a hundred rows. */
const mostMembers = 60;

const readHolding = async (table: Table, id: string): Promise<Holding | undefined> => {
  const row = await table.get(holdingKey(id), { consistent: true });
  return row === undefined ? undefined : Holding.parse(contentOf(row));
};

const putHolding = (holding: Holding, before: Holding | undefined): Write => ({
  put: { ...holdingKey(holding.id), row: 'holding', ...holding } satisfies Item,
  if: before === undefined ? { absent: true } : { equals: { version: before.version } },
});

const removeHolding = ({ id, version }: Holding): Write => ({
  remove: holdingKey(id),
  if: { equals: { version } },
});

/** A company that comes to a holding, or leaves one together with what it was to the others. */
const rewritten = (company: Company, holding: string | undefined, now: Date): Write => ({
  update: companyKey(company.id),
  set: {
    version: company.version + 1,
    changedAt: instantOf(now),
    ...(holding === undefined ? {} : { holding }),
  },
  ...(holding === undefined ? { unset: ['holding', 'holdingRole'] } : {}),
  if: { equals: { version: company.version } },
});

const readAll = async (table: Table, ids: readonly string[]): Promise<Company[]> =>
  Promise.all(ids.map((id) => readOne(table, companies, id)));

/** Repeats what others got in the way of. */
const settled = async (attempt: () => Promise<readonly Write[]>, table: Table): Promise<void> => {
  for (let turn = 1; turn <= tries; turn += 1) {
    const writes = await attempt();
    if (writes.length === 0) return;
    try {
      await table.transact(writes);
      return;
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
    }
  }
  throw new Passing('this holding is being changed by many at once', { retryAfterSeconds: 1 });
};

const tooMany = (): Refusal => ({
  path: 'companies',
  code: 'holding-full',
  message: {
    ru: `В холдинге может быть не больше ${mostMembers} компаний`,
    en: `A holding has no more than ${mostMembers} companies`,
  },
});

const joining = async (table: Table, id: string, named: readonly string[], now: Date): Promise<Write[]> => {
  const own = await readOne(table, companies, id);
  const rows = await table.getMany(named.map(companyKey));
  const missing = named.filter((other) => !rows.some(({ pk }) => pk === companyKey(other).pk));
  if (missing.length > 0)
    throw new BadInput(
      `companies: no company ${missing.map((other) => `"${other}"`).join(', ')}; add it first, then name it by its id`,
    );
  const others = await readAll(table, named);
  const ids = [...new Set([own, ...others].flatMap(({ holding }) => holding ?? []))];
  const holdings = (await Promise.all(ids.map((one) => readHolding(table, one)))).flatMap((one) => one ?? []);
  const members = [
    ...new Set([own.id, ...others.map((one) => one.id), ...holdings.flatMap((one) => one.members)]),
  ].sort();
  if (members.length > mostMembers) throw new Refused([tooMany()]);
  const [target, ...merged] = holdings;
  if (merged.length === 0 && target !== undefined && members.length === target.members.length) return [];
  const holding: Holding = {
    id: target?.id ?? idOf('holding', id, instantOf(now), ...members),
    members,
    version: (target?.version ?? 0) + 1,
  };
  const known = new Map([own, ...others].map((company) => [company.id, company]));
  const all = [
    ...known.values(),
    ...(await readAll(
      table,
      members.filter((one) => !known.has(one)),
    )),
  ];
  return [
    putHolding(holding, target),
    ...merged.map(removeHolding),
    ...all.filter((one) => one.holding !== holding.id).map((one) => rewritten(one, holding.id, now)),
  ];
};

/**
 * Links companies: with all that each of them was linked with they become one holding. What is linked already is not
 * written again, and no company is linked with itself.
 *
 * @throws {BadInput} naming companies that are not there
 */
export const link = async (
  table: Table,
  id: string,
  companiesNamed: readonly string[],
  now: Date,
): Promise<Company> => {
  const named = [...new Set(companiesNamed)].filter((other) => other !== id);
  await settled(() => (named.length === 0 ? Promise.resolve([]) : joining(table, id, named, now)), table);
  return readOne(table, companies, id);
};

const leaving = async (table: Table, id: string, other: string, now: Date): Promise<Write[]> => {
  const [own, gone] = await Promise.all([readOne(table, companies, id), readOne(table, companies, other)]);
  if (own.holding === undefined || own.holding !== gone.holding) return [];
  const holding = await readHolding(table, own.holding);
  if (holding === undefined) return [];
  const left = holding.members.filter((member) => member !== other);
  if (left.length > 1)
    return [
      putHolding({ ...holding, members: left, version: holding.version + 1 }, holding),
      rewritten(gone, undefined, now),
    ];
  const last = await readAll(table, left);
  return [removeHolding(holding), ...[gone, ...last].map((one) => rewritten(one, undefined, now))];
};

/** Takes a company out of the holding it shares with another, or itself where it is named; a holding of one is none. */
export const unlink = async (table: Table, id: string, other: string, now: Date): Promise<Company> => {
  await settled(() => leaving(table, id, other, now), table);
  return readOne(table, companies, id);
};

/** The other companies of its holding, by name. */
export const linkedTo = async (
  table: Table,
  { id, holding }: Company,
): Promise<Pick<Company, 'id' | 'name' | 'holdingRole'>[]> => {
  const found = holding === undefined ? undefined : await readHolding(table, holding);
  const others = found?.members.filter((member) => member !== id) ?? [];
  return (await table.getMany(others.map(companyKey)))
    .map((row) => companies.of(row))
    .map(({ id: other, name, holdingRole }) => ({
      id: other,
      name,
      ...(holdingRole === undefined ? {} : { holdingRole }),
    }))
    .sort((one, two) => (one.name < two.name ? -1 : 1));
};
