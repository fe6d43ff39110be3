import type { Pack } from '../../schemas/pack.ts';
import type { Role, User } from '../../schemas/people.ts';
import type { Company } from '../access/company.ts';
import { subordinatesOf } from '../access/people.ts';
import { type Reader, readerOf } from '../access/rights.ts';
import { isRoleOf, mayIn, packOfPerson } from '../access/tenant.ts';
import { mustHave } from '../contacts/rights.ts';
import type { Refusal } from '../shared/errors.ts';
import { BadInput, Forbidden, Refused } from '../shared/errors.ts';
import { configKey } from '../shared/keys.ts';
import type { Call } from '../shared/serve.ts';
import { freshCompany, keep } from './keep.ts';

/** GET /v1/me */
export const me = async ({ reader, company }: Call<'me.get'>) => ({
  user: reader.user,
  roles: [...reader.roles],
  subordinates: subordinatesOf(reader.user, company).map(({ id }) => id),
});

/** GET /v1/users */
export const listUsers = async ({ reader, company }: Call<'users.list'>) => {
  mustHave(reader, 'view', 'users');
  return {
    items: [...company.users.values()].sort((one, other) => one.name.localeCompare(other.name, 'ru')),
  };
};

/** GET /v1/roles */
export const listRoles = async ({ reader, company }: Call<'roles.list'>) => {
  mustHave(reader, 'view', 'users');
  return { items: [...company.roles.values()] };
};

type People = Pick<Company, 'users' | 'roles' | 'homes'>;

const hasAdministrator = (pack: Pack, { users, roles, homes }: People): boolean =>
  [...users.values()].some(
    (user) => user.active && mayIn(readerOf(user, { roles, homes }), 'edit', 'users', pack),
  );

const lastAdministrator: Refusal = {
  path: 'roles',
  code: 'last-administrator',
  message: {
    ru: 'Должен остаться хотя бы один администратор: сначала назначьте другого',
    ro: 'Trebuie să rămână cel puțin un administrator: numiți mai întâi altul',
    en: 'One administrator at least has to remain: appoint another one first',
  },
};

/** What stands in the way of other people or roles: a pack keeps an administrator where it has one. */
export const unmetByPeople = (company: Company, after: Partial<People>): Refusal[] =>
  company.packs.some(
    (pack) => hasAdministrator(pack, company) && !hasAdministrator(pack, { ...company, ...after }),
  )
    ? [lastAdministrator]
    : [];

/** @throws {Forbidden} if one of the roles is of a pack that the reader does not administer */
const mustAdminister = (ids: readonly string[], reader: Reader, company: Company): void => {
  const foreign = ids.filter((id) =>
    company.packs.some((pack) => isRoleOf(id, pack, company) && !mayIn(reader, 'edit', 'users', pack)),
  );
  if (foreign.length > 0)
    throw new Forbidden(
      `roles: ${foreign.join(', ')} of another company are its own administrators' to give`,
    );
};

/** Roles that one person has and the other has not. */
const differing = (one: readonly string[], other: readonly string[]): string[] => [
  ...one.filter((id) => !other.includes(id)),
  ...other.filter((id) => !one.includes(id)),
];

/** Whether the org chart leads from a person back to themselves. */
export const isRing = (id: string, users: ReadonlyMap<string, User>): boolean => {
  const passed = new Set<string>();
  for (let at = users.get(id)?.head; at !== undefined && !passed.has(at); at = users.get(at)?.head) {
    if (at === id) return true;
    passed.add(at);
  }
  return false;
};

const mustBePerson = (user: User, company: Company): void => {
  const problems: string[] = [];
  const unknown = user.roles.filter((role) => !company.roles.has(role));
  if (unknown.length > 0)
    problems.push(`roles: no role ${unknown.join(', ')}; roles are ${[...company.roles.keys()].join(', ')}`);
  if (user.head !== undefined && !company.users.has(user.head))
    problems.push(
      `head: nobody "${user.head}" works here; people are ${[...company.users.keys()].join(', ')}`,
    );
  if (user.head === user.id) problems.push('head: nobody reports to themselves');
  if (problems.length > 0) throw new BadInput(problems.join('; '), { details: { problems } });
};

/** PUT /v1/users/{id}: a person, with known roles and a head above them. */
export const putUser = async ({ params, body, reader, now }: Call<'users.put'>): Promise<User> => {
  mustHave(reader, 'edit', 'users');
  const company = await freshCompany();
  const user: User = { ...body, id: params.id };
  mustBePerson(user, company);
  const users = new Map(company.users).set(user.id, user);
  if (isRing(user.id, users))
    throw new BadInput(`head: ${user.head} reports to ${user.id} already; the org chart has no rings`);
  mustAdminister(differing(user.roles, company.users.get(user.id)?.roles ?? []), reader, company);
  const refusals = unmetByPeople(company, { users });
  if (refusals.length > 0) throw new Refused(refusals);
  await keep(
    { ...configKey('user', user.id), row: 'user', ...user },
    { reader, now, what: 'user', id: user.id, before: company.users.get(user.id), after: user },
  );
  return user;
};

const mustBeRole = (role: Role, company: Company): void => {
  const pipelines = new Map(
    company.packs.flatMap((pack) => pack.pipelines).map((pipeline) => [pipeline.id, pipeline]),
  );
  const fields = new Set([...pipelines.values()].flatMap((pipeline) => Object.keys(pipeline.fields)));
  const problems: string[] = [];
  for (const [index, { pipeline, scope }] of role.grants.entries()) {
    if (pipeline !== '*' && !pipelines.has(pipeline))
      problems.push(
        `grants.${index}.pipeline: no pipeline "${pipeline}"; pipelines are *, ${[...pipelines.keys()].join(', ')}`,
      );
    if (typeof scope === 'object' && !fields.has(scope.field))
      problems.push(`grants.${index}.scope: no pipeline has a field "${scope.field}"`);
  }
  const unknown = role.hides.filter((field) => !fields.has(field));
  if (unknown.length > 0) problems.push(`hides: no pipeline has a field ${unknown.join(', ')}`);
  if (problems.length > 0) throw new BadInput(problems.join('; '), { details: { problems } });
};

/** PUT /v1/roles/{id}: what a role may see and do, from now on and for everybody who has it. */
export const putRole = async ({ params, body, reader, now }: Call<'roles.put'>): Promise<Role> => {
  mustHave(reader, 'edit', 'users');
  const company = await freshCompany();
  const home = company.roles.get(params.id)?.pack ?? body.pack ?? packOfPerson(reader.user, company)?.id;
  const role: Role = { ...body, id: params.id, ...(home === undefined ? {} : { pack: home }) };
  mustBeRole(role, company);
  mustAdminister([role.id], reader, company);
  const foreign = role.grants.filter(
    ({ pipeline }) =>
      pipeline !== '*' && !mayIn(reader, 'edit', 'users', company.packOf(company.pipeline(pipeline))),
  );
  if (foreign.length > 0)
    throw new Forbidden(
      `grants: ${foreign.map(({ pipeline }) => pipeline).join(', ')} are another company's to open`,
    );
  const refusals = unmetByPeople(company, { roles: new Map(company.roles).set(role.id, role) });
  if (refusals.length > 0) throw new Refused(refusals);
  await keep(
    { ...configKey('role', role.id), row: 'role', ...role },
    { reader, now, what: 'role', id: role.id, before: company.roles.get(role.id), after: role },
  );
  return role;
};
