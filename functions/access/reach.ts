import type { Role } from '../../schemas/people.ts';
import type { Reader } from './rights.ts';

/** Whether a role has anything to say about a pipeline: it is of the same pack, or one of its grants names it. */
export const reaches = (role: Role, { homes }: Pick<Reader, 'homes'>, pipeline: string): boolean =>
  homes.get(role.id)?.has(pipeline) === true || role.grants.some((grant) => grant.pipeline === pipeline);
