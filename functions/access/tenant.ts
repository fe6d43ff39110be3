import type { Pack } from '../../schemas/pack.ts';
import type { User } from '../../schemas/people.ts';
import type { Company } from './company.ts';
import { type Reader, readerOf } from './rights.ts';

/** Whether a role belongs to a pack. */
export const isRoleOf = (role: string, { pipelines }: Pack, { homes }: Pick<Company, 'homes'>): boolean =>
  pipelines.some(({ id }) => homes.get(role)?.has(id) === true);

/** The packs a person works in, by their roles. */
export const packsOf = ({ roles }: Pick<User, 'roles'>, company: Pick<Company, 'packs' | 'homes'>): Pack[] =>
  company.packs.filter((pack) => roles.some((role) => isRoleOf(role, pack, company)));

/** The pack whose zone and name a person is spoken to in: that of their roles, else the first there is. */
export const packOfPerson = (
  user: Pick<User, 'roles'>,
  company: Pick<Company, 'packs' | 'homes'>,
): Pack | undefined => packsOf(user, company)[0] ?? company.packs[0];

/** Whether two people work in one pack. */
export const areColleagues = (
  one: Pick<User, 'roles'>,
  other: Pick<User, 'roles'>,
  company: Pick<Company, 'packs' | 'homes'>,
): boolean => packsOf(one, company).some((pack) => packsOf(other, company).includes(pack));

/** Whether a role gives a reader some right over what belongs to a pack and to no deal of it. */
export const mayIn = (
  reader: Reader,
  action: 'view' | 'create' | 'edit' | 'delete',
  entity: 'directory' | 'settings' | 'users' | 'company' | 'report' | 'outbox' | 'events',
  pack: Pack,
): boolean =>
  reader.roles.some(
    (role) =>
      isRoleOf(role.id, pack, reader) &&
      role.grants.some((grant) => grant.entity === entity && grant.actions.includes(action)),
  );

/** The company as one pack has it: its own people and pipelines alone. A person of two belongs to the first. */
export const companyOfPack = (company: Company, pack: Pack): Company => ({
  ...company,
  packs: [pack],
  users: new Map([...company.users].filter(([, user]) => packOfPerson(user, company) === pack)),
});

/** Who is told that something of a pack broke down: those who add its people; of no known pack, of all. */
export const administratorsOf = (id: string | undefined, company: Company): User[] =>
  [...company.users.values()]
    .filter((user) =>
      company.packs.some(
        (pack) =>
          (id === undefined || pack.id === id) &&
          user.active &&
          mayIn(readerOf(user, company), 'edit', 'users', pack),
      ),
    )
    .sort((one, other) => (one.id < other.id ? -1 : 1));
