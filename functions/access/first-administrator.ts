import { type Role, User } from '../../schemas/people.ts';
import type { Company } from './company.ts';
import { type Reader, readerOf } from './rights.ts';

/** The group of the user pool whose members may set up an installation that has nobody yet. */
const group = 'administrators';

/** API Gateway hands a list over as `[one two]`. */
const groupsIn = (claim: unknown): string[] =>
  Array.isArray(claim)
    ? claim.map(String)
    : String(claim ?? '')
        .replace(/^\[|\]$/g, '')
        .split(/[\s,]+/);

const administers = (roles: readonly Role[]): boolean =>
  roles.some(({ grants }) =>
    grants.some(({ entity, actions }) => entity === 'users' && actions.includes('edit')),
  );

/**
 * Who sets up an empty installation: a member of the pool's group of administrators, as long as nobody who works here
 * may add people. From the first administrator in the table on, the table alone decides.
 *
 * @param claims - of a token whose signature was checked
 */
export const firstAdministrator = (
  claims: Readonly<Record<string, unknown>>,
  company: Company,
): Reader | undefined => {
  if (!groupsIn(claims['cognito:groups']).includes(group)) return undefined;
  const isTaken = [...company.users.values()].some(
    (user) => user.active && administers(readerOf(user, company).roles),
  );
  const role = [...company.roles.values()].find((one) => administers([one]));
  if (isTaken || role === undefined) return undefined;
  const id = String(claims.sub);
  const user = User.safeParse({ id, name: String(claims.username ?? id), roles: [role.id], language: 'en' });
  return user.success ? readerOf(user.data, company) : undefined;
};
