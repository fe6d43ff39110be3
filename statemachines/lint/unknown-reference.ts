import type { Pack } from '../../schemas/pack.ts';
import type { Pipeline } from '../../schemas/pipeline.ts';
import { always, fieldsIn, sometimes } from './facts.ts';
import { type Finding, finding, list, type PackCheck } from './finding.ts';

/** A desk, document, role or person that names a role, pipeline, field or person the pack does not have. */
export const unknownReference: PackCheck = (pack) => {
  const roles = pack.roles.map(({ id }) => id);
  const pipelines = pack.pipelines.map(({ id }) => id);
  const users = pack.people.map(({ id }) => id as string);
  const anyField = new Set(pack.pipelines.flatMap(({ fields }) => Object.keys(fields)));
  const check = (path: string, kind: string, names: readonly string[], known: readonly string[]): Finding[] =>
    names
      .filter((name) => !known.includes(name))
      .map((name) =>
        finding(
          'unknown-reference',
          `${pack.id} ${path}`,
          `"${name}" is no ${kind}; ${kind}s are ${list(known)}`,
        ),
      );

  return [
    ...pack.desks.flatMap((desk) => {
      const path = `desks ${desk.id}`;
      const of = pipelinesOf(desk, pipelines);
      return [
        ...check(path, 'role', desk.roles, roles),
        ...check(path, 'pipeline', of, pipelines),
        ...check(path, 'field', fieldsOfDesk(desk), factsOf(pack, of)),
        ...(desk.kind === 'crews' ? check(path, 'role', desk.of, roles) : []),
        ...(desk.kind === 'board' ? check(path, 'stage', desk.stages ?? [], stagesOf(pack, of)) : []),
        ...(desk.kind === 'board'
          ? check(
              path,
              'desk',
              desk.blocks ?? [],
              pack.desks.map((one) => one.id),
            )
          : []),
      ];
    }),
    ...pack.documents.flatMap(({ id, pipeline, field }) => [
      ...check(`documents ${id}`, 'pipeline', [pipeline], pipelines),
      ...check(
        `documents ${id}`,
        'file field',
        pipelines.includes(pipeline) ? [field] : [],
        files(pack, pipeline),
      ),
    ]),
    ...pack.roles.flatMap(({ id, grants, hides }) => [
      ...check(
        `roles ${id}`,
        'pipeline',
        grants.map((grant) => grant.pipeline).filter((name) => name !== '*'),
        pipelines,
      ),
      ...check(`roles ${id}`, 'field', hides, [...anyField]),
      ...grants.flatMap(({ pipeline, stages = [] }) =>
        check(
          `roles ${id}`,
          'stage',
          stages,
          pack.pipelines
            .filter((one) => pipeline === '*' || pipeline === one.id)
            .flatMap((one) => Object.keys(one.stages)),
        ),
      ),
      ...grants.flatMap(({ scope, pipeline }) =>
        typeof scope === 'string'
          ? []
          : check(
              `roles ${id}`,
              'field',
              [scope.field],
              factsOf(pack, pipeline === '*' ? pipelines : [pipeline]),
            ),
      ),
    ]),
    ...Object.entries(pack.cards ?? {}).flatMap(([card, fields]) =>
      Object.entries(fields ?? {}).flatMap(([id, { hiddenFrom = [] }]) =>
        check(`cards ${card} ${id}`, 'role', hiddenFrom, roles),
      ),
    ),
    ...pack.directories.flatMap(({ id, editedBy = [] }) =>
      check(`directories ${id}`, 'role', editedBy, roles),
    ),
    ...quickTaskOf(pack, check),
    ...check('lastResort', 'role', pack.lastResort, roles),
    ...pack.people.flatMap(({ id, roles: has, head }) => [
      ...check(`people ${id}`, 'role', has, roles),
      ...check(`people ${id}`, 'person', head === undefined ? [] : [head], users),
    ]),
  ];
};

function pipelinesOf(desk: Pack['desks'][number], all: readonly string[]): readonly string[] {
  switch (desk.kind) {
    case 'deals':
      return desk.pipelines;
    case 'visits':
      return all;
    case 'tasks':
    case 'crews':
    case 'intake':
      return [];
    default:
      return [desk.pipeline];
  }
}

function stagesOf(pack: Pack, ids: readonly string[]): string[] {
  return pack.pipelines.filter(({ id }) => ids.includes(id)).flatMap(({ stages }) => Object.keys(stages));
}

type Checking = (path: string, kind: string, names: readonly string[], known: readonly string[]) => Finding[];

function quickTaskOf(pack: Pack, check: Checking): Finding[] {
  if (pack.quickTask === undefined) return [];
  const { at, text, pipeline, start, due, about, contact } = pack.quickTask;
  const { cards, pipelines } = pack;
  return [
    ...check('quickTask', 'field of a contact', [at, text], Object.keys(cards?.contact ?? {})),
    ...check(
      'quickTask',
      'pipeline',
      [pipeline],
      pipelines.map(({ id }) => id),
    ),
    ...check(
      'quickTask',
      'field',
      [start, due, about, contact],
      fieldsOf(pack, [pipeline]).map(([id]) => id),
    ),
  ];
}

function fieldsOfDesk(desk: Pack['desks'][number]): string[] {
  if (desk.kind === 'planner')
    return [
      desk.person,
      desk.date,
      ...(desk.columns ?? []),
      ...(desk.filter === undefined ? [] : fieldsIn(desk.filter)),
    ];
  if (desk.kind === 'visits' || desk.kind === 'favourites') return [...desk.columns];
  if (desk.kind !== 'deals') return [];
  return [...desk.columns, ...(desk.sort === undefined ? [] : [desk.sort]), ...fieldsIn(desk.filter)];
}

/** A desk of several pipelines may show what only one of them has. */
function factsOf(pack: Pack, ids: readonly string[]): string[] {
  return [...fieldsOf(pack, ids).map(([id]) => id), ...always, ...sometimes];
}

function files(pack: Pack, id: string): string[] {
  return fieldsOf(pack, [id]).flatMap(([name, field]) => (field.type === 'file' ? [name] : []));
}

function fieldsOf(pack: Pack, ids: readonly string[]): [string, Pipeline['fields'][string]][] {
  return pack.pipelines.filter(({ id }) => ids.includes(id)).flatMap(({ fields }) => Object.entries(fields));
}
