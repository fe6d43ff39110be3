import type { Deal } from '../../schemas/deal.ts';
import type { LedgerKind } from '../../schemas/ledger-kind.ts';
import type { Action, Entity, Grant, Role, User } from '../../schemas/people.ts';
import type { Pipeline } from '../../schemas/pipeline.ts';
import { namesIn } from '../shared/expression.ts';
import { readsHiddenColumn } from './columns.ts';
import type { Company } from './company.ts';
import { bookedPeople, headsOf } from './people.ts';
import { reaches } from './reach.ts';

/** A person with the roles that bind them, and the pipelines that are each role's own. */
export type Reader = {
  readonly user: User;
  readonly roles: readonly Role[];
  readonly homes: Company['homes'];
};

export const readerOf = (user: User, { roles, homes }: Pick<Company, 'roles' | 'homes'>): Reader => ({
  user,
  roles: user.roles.flatMap((id) => roles.get(id) ?? []),
  homes,
});

/** Whether a grant of a role speaks of this pipeline: it names it, or all of the role's own pack. */
export const isAbout = (
  { pipeline: named }: Grant,
  { id }: Role,
  { homes }: Pick<Reader, 'homes'>,
  pipeline: string,
): boolean => (named === '*' ? homes.get(id)?.has(pipeline) === true : named === pipeline);

/** What rights look at in a deal. */
type Owned = Pick<Deal, 'pipeline' | 'stage' | 'responsible' | 'initiator' | 'watchers' | 'fields'>;

/** People whom the value of a field names: a user, several, or those a visit is booked for. */
export const peopleNamed = (value: Deal['fields'][string] | undefined): string[] => {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap((one) => (typeof one === 'string' ? [one] : []));
  return [...bookedPeople(value)];
};

const covers = (grant: Grant, deal: Owned, { user }: Reader, company: Company): boolean => {
  if (grant.stages?.includes(deal.stage) === false) return false;
  if (grant.scope === 'all') return true;
  const own =
    deal.responsible === undefined ||
    deal.responsible === user.id ||
    deal.initiator === user.id ||
    deal.watchers.includes(user.id);
  if (grant.scope === 'own') return own;
  if (grant.scope === 'subordinates')
    return (
      own || headsOf(company.users.get(deal.responsible ?? ''), company).some((head) => head.id === user.id)
    );
  return peopleNamed(deal.fields[grant.scope.field]).includes(user.id);
};

const granted = (role: Role, action: Action, entity: Entity) =>
  role.grants.filter((grant) => grant.entity === entity && grant.actions.includes(action));

/**
 * Whether a reader may do something to an entity of this deal; a deal nobody is responsible for is everybody's queue.
 *
 * @param kind - of the ledger, to entries of this kind; without it, to some
 */
export const mayDo = (
  reader: Reader,
  action: Action,
  entity: Entity,
  deal: Owned,
  company: Company,
  kind?: LedgerKind,
): boolean =>
  reader.roles.some((role) =>
    granted(role, action, entity).some(
      (grant) =>
        isAbout(grant, role, reader, deal.pipeline) &&
        (kind === undefined || grant.kinds?.includes(kind) !== false) &&
        covers(grant, deal, reader, company),
    ),
  );

/** The grants of a reader's roles that speak of an action in a pipeline. */
export const grantsTo = (reader: Reader, action: Action, entity: Entity, pipeline: string): Grant[] =>
  reader.roles.flatMap((role) =>
    granted(role, action, entity).filter((grant) => isAbout(grant, role, reader, pipeline)),
  );

/** Whether a reader may do something to entities that belong to no deal, or begin one in a pipeline. */
export const may = (reader: Reader, action: Action, entity: Entity, pipeline?: string): boolean =>
  reader.roles.some((role) =>
    granted(role, action, entity).some(
      (grant) => pipeline === undefined || isAbout(grant, role, reader, pipeline),
    ),
  );

/** Whether a reader may move against the guard. */
export const mayOverride = (reader: Reader, pipeline: string): boolean =>
  reader.roles.some((role) => role.override && reaches(role, reader, pipeline));

/**
 * Fields of a pipeline a reader neither sees nor writes: those that each of the reader's roles hides, and figures
 * computed from one of them, since they would give it away. A role of another pack shows nothing.
 */
export const hiddenFields = (reader: Reader, pipeline: Pipeline): ReadonlySet<string> => {
  const fields = Object.entries(pipeline.fields);
  const roles = reader.roles.filter((role) => reaches(role, reader, pipeline.id));
  const hidden = new Set(
    fields
      .filter(([id, field]) =>
        roles.every((role) => role.hides.includes(id) || field.hiddenFrom?.includes(role.id)),
      )
      .map(([id]) => id),
  );
  for (const [id, field] of fields)
    if (
      field.type === 'computed' &&
      ([...namesIn(field.formula)].some((name) => hidden.has(name)) ||
        readsHiddenColumn(field.formula, pipeline, reader))
    )
      hidden.add(id);
  return hidden;
};

/**
 * Whether a reader may do something to every deal of a pipeline, so that none has to be looked at by itself.
 *
 * @param stage - to every deal on that stage; without it, wherever deals are
 */
export const mayDoToAll = (
  reader: Reader,
  action: Action,
  entity: Entity,
  pipeline: string,
  stage?: string,
): boolean =>
  reader.roles.some((role) =>
    granted(role, action, entity).some(
      (grant) =>
        grant.scope === 'all' &&
        grant.kinds === undefined &&
        (grant.stages === undefined || (stage !== undefined && grant.stages.includes(stage))) &&
        isAbout(grant, role, reader, pipeline),
    ),
  );

/** Whether a reader may do something to some deal on a stage, so that the stage is worth looking at. */
export const mayDoOn = (
  reader: Reader,
  action: Action,
  entity: Entity,
  pipeline: string,
  stage: string,
): boolean =>
  reader.roles.some((role) =>
    granted(role, action, entity).some(
      (grant) => grant.stages?.includes(stage) !== false && isAbout(grant, role, reader, pipeline),
    ),
  );
