import type { Pack } from '../../schemas/pack.ts';
import { Action, Entity, type Grant, type Role } from '../../schemas/people.ts';
import type { Actor, Pipeline } from '../../schemas/pipeline.ts';
import type { Language } from '../../schemas/text.ts';
import { say } from '../../schemas/text.ts';
import { hiddenFields, type Reader } from './rights.ts';

/** Entities whose rights are given by the pipeline and hang on whose deal it is. */
export const ofDeals: readonly Entity[] = [
  'deal',
  'task',
  'ledger',
  'payment',
  'accrual',
  'report',
  'outbox',
];

type Scope = Grant['scope'];

const width = (scope: Scope): number => (scope === 'all' ? 3 : scope === 'subordinates' ? 2 : 1);

/**
 * By which grants a role has a right, widest first, without those that another one goes beyond.
 *
 * @param stage - while the deal is there; without it, wherever it is
 */
export const grantsOf = (
  role: Role,
  action: Action,
  entity: Entity,
  pipeline?: string,
  stage?: string,
): Grant[] =>
  role.grants
    .filter(
      (grant) =>
        grant.entity === entity &&
        grant.actions.includes(action) &&
        (pipeline === undefined || grant.pipeline === '*' || grant.pipeline === pipeline) &&
        (stage === undefined || grant.stages?.includes(stage) !== false),
    )
    .sort((one, other) => width(other.scope) - width(one.scope))
    .filter((grant, at, all) => !all.slice(0, at).some((wider) => goesBeyond(wider, grant)));

const isSame = (one: Scope, other: Scope): boolean => JSON.stringify(one) === JSON.stringify(other);
const goesBeyond = (one: Grant, other: Grant): boolean =>
  (one.scope === 'all' ||
    isSame(one.scope, other.scope) ||
    (one.scope === 'subordinates' && other.scope === 'own')) &&
  [
    [one.stages, other.stages],
    [one.kinds, other.kinds],
  ].every(
    ([wide, narrow]) => wide === undefined || narrow?.every((name) => (wide as string[]).includes(name)),
  );

/** Over which deals a role has a right, the widest of its grants; nothing where it has none. */
export const scopeOf = (
  role: Role,
  action: Action,
  entity: Entity,
  pipeline?: string,
  stage?: string,
): Scope | undefined => grantsOf(role, action, entity, pipeline, stage)[0]?.scope;

/** Somebody with one role alone. */
export const holderOf = (role: Role, pack: Pack): Reader => ({
  user: {
    id: role.id as never,
    name: role.id,
    roles: [role.id],
    language: 'en',
    channels: ['app'],
    active: true,
  },
  roles: [role],
  homes: new Map([[role.id, new Set(pack.pipelines.map(({ id }) => id))]]),
});

const quoted = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');
const printGrant = ({ scope, stages, kinds }: Grant): string =>
  [
    typeof scope === 'object'
      ? `where ${quoted([scope.field])}`
      : scope === 'subordinates'
        ? 'own and below'
        : scope,
    ...(stages === undefined ? [] : [`on ${quoted(stages)}`]),
    ...(kinds === undefined ? [] : [`of ${quoted(kinds)}`]),
  ].join(' ');

/** `view, create all; edit own` */
const cell = (role: Role, entity: Entity, pipeline?: string): string => {
  const byScope = new Map<string, string[]>();
  for (const action of Action.options) {
    const names = grantsOf(role, action, entity, pipeline).map((grant) =>
      pipeline === undefined ? '' : printGrant(grant),
    );
    for (const name of new Set(names)) byScope.set(name, [...(byScope.get(name) ?? []), action]);
  }
  return [...byScope].map(([scope, actions]) => `${actions.join(', ')} ${scope}`.trim()).join('; ') || '—';
};

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const actorName = (actor: Actor): string => (typeof actor === 'object' ? actor.role : actor);

/** Of a field that only some write: `read`, and as whom it is written. */
const writers = (actors: readonly Actor[]): string => {
  const parts = actors.filter((actor) => typeof actor === 'string' && actor !== 'system').map(actorName);
  return parts.length === 0 ? 'read' : `read; write as ${parts.join(', ')}`;
};

const fieldRows = (pipeline: Pipeline, pack: Pack, language: Language): string[][] => {
  const { roles } = pack;
  const hidden = roles.map((role) => hiddenFields(holderOf(role, pack), pipeline));
  return Object.entries(pipeline.fields).map(([id, field]) => {
    const isDerived =
      field.type === 'total' ||
      field.type === 'accrued' ||
      field.type === 'computed' ||
      field.system === true ||
      field.follows !== undefined;
    const isOpen = ({ id: role }: Role) =>
      field.type !== 'rates' ||
      field.editedBy.some(
        (actor) => actor === 'anyone' || (typeof actor === 'object' && actor.role === role),
      );
    return [
      `${say(field.title, language)} \`${id}\`${field.personal === true ? ' (personal)' : ''}`,
      ...roles.map((role, at) => {
        if (hidden[at]?.has(id)) return 'hidden';
        if (scopeOf(role, 'view', 'deal', pipeline.id) === undefined) return '—';
        const named = field.writtenBy?.some((actor) => typeof actor === 'object' && actor.role === role.id);
        const writes =
          named ?? (!isDerived && isOpen(role) && scopeOf(role, 'edit', 'deal', pipeline.id) !== undefined);
        return writes ? 'write' : field.writtenBy === undefined ? 'read' : writers(field.writtenBy);
      }),
    ];
  });
};

const moveRows = (pipeline: Pipeline, language: Language): string[][] =>
  Object.entries(pipeline.stages).map(([id, stage]) => [
    `${say(stage.title, language)} \`${id}\``,
    stage.moves.map(({ to, by }) => `\`${to}\`: ${by.map(actorName).join(', ')}`).join('; ') || '—',
    stage.editedBy?.map(actorName).join(', ') ?? '—',
  ]);

/** What each role of a pack may do, to which fields and moves, as a page. Made from the pack; nobody writes it by hand. */
export const authorisationMatrix = (pack: Pack, language: Language = 'en'): string => {
  const { roles, pipelines } = pack;
  const names = roles.map((role) => `${say(role.title, language)} \`${role.id}\``);
  const others = Entity.options.filter((entity) => !ofDeals.includes(entity));
  return `# Who may do what: ${say(pack.title, language)}

Made from the pack by \`node scripts/authorisation-matrix.ts\`; these are the roles an administrator starts from.
\`functions/access/authorisation.security.test.ts\` plays it through the API for each role. Somebody with several roles may do what
any of them may, and sees a field that any of them shows. Whoever has an open task on a deal may see and change that deal
while the task is open. Roles that may move a deal against its guard, with a reason: ${
    roles
      .filter(({ override }) => override)
      .map(({ id }) => `\`${id}\``)
      .join(', ') || 'none'
  }.

## Deals, tasks, money and reports

\`own\`: the person is responsible, initiator or watcher, or nobody is responsible yet.

${table(
  ['', ...names],
  pipelines.flatMap((pipeline) =>
    ofDeals.map((entity) => [
      `${say(pipeline.title, language)}: ${entity}`,
      ...roles.map((role) => cell(role, entity, pipeline.id)),
    ]),
  ),
)}

## All else

${table(
  ['', ...names],
  others.map((entity) => [entity, ...roles.map((role) => cell(role, entity))]),
)}

The right to delete a contact is the right to export and erase a person's data.
${pipelines
  .map(
    (pipeline) => `
## Fields of ${say(pipeline.title, language)}

${table(['', ...names], fieldRows(pipeline, pack, language))}

## Moves of ${say(pipeline.title, language)}

${table(['from', 'to: by whom', 'changed there by these alone'], moveRows(pipeline, language))}
`,
  )
  .join('')}`;
};
