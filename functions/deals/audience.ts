import type { Deal } from '../../schemas/deal.ts';
import type { Pack } from '../../schemas/pack.ts';
import type { Company } from '../access/company.ts';
import { subordinatesOf } from '../access/people.ts';
import { grantsTo, peopleNamed, type Reader } from '../access/rights.ts';
import type { Key } from '../shared/table/port.ts';

/** In the place of a person where nobody is responsible; no id begins with it. */
export const nobody = '-';

/** What rights look at in a deal. */
export type Owned = Pick<Deal, 'pipeline' | 'stage' | 'responsible' | 'initiator' | 'watchers' | 'fields'>;

/** Fields by which roles of a pack see deals that name them there. */
export const scopeFieldsOf = ({ roles }: Pick<Pack, 'roles'>): string[] =>
  [
    ...new Set(
      roles.flatMap(({ grants }) =>
        grants.flatMap(({ entity, scope }) =>
          entity === 'deal' && typeof scope === 'object' ? [scope.field] : [],
        ),
      ),
    ),
  ].sort();

/** No field is called so. */
const watcher = '-';

type Relation = readonly [relation: string, person: string];

/** Who has to do with a deal beside its responsible person, and how; those who may see it for that. */
const others = ({ responsible, initiator, watchers, fields }: Owned, scopeFields: readonly string[]) => [
  ...[...(initiator === undefined ? [] : [initiator]), ...watchers]
    .filter((person) => person !== responsible)
    .map((person): Relation => [watcher, person]),
  ...scopeFields.flatMap((field) => peopleNamed(fields[field]).map((person): Relation => [field, person])),
];

/** The list of deals that name a person in a field; those they have, began or watch are in the list called like them. */
const byField = (person: string, field: string): string => `${person}:${field}`;

/** In which lists of people a deal stands: of everybody whose right to see it may hang on it. */
export const audienceOf = (deal: Owned, scopeFields: readonly string[]): string[] => [
  ...new Set([
    deal.responsible ?? nobody,
    ...others(deal, scopeFields).map(([relation, person]) =>
      relation === watcher ? person : byField(person, relation),
    ),
  ]),
];

/** The same text for deals that the same people see: who is responsible, then everybody else by what they have to do with it. */
export const circleOf = (
  deal: Owned,
  scopeFields: readonly string[],
): [responsible: string, others: string] => [
  deal.responsible ?? nobody,
  [...new Set(others(deal, scopeFields).map(([relation, person]) => `${relation}:${person}`))]
    .sort()
    .join(','),
];

/** What rights look at in any deal of a circle. */
export const ownedBy = (
  [responsible = nobody, rest = '']: readonly string[],
  pipeline: string,
  stage: string,
): Owned => {
  const relations = rest.split(',').flatMap((one): Relation[] => {
    const at = one.indexOf(':');
    return at < 0 ? [] : [[one.slice(0, at), one.slice(at + 1)]];
  });
  return {
    pipeline: pipeline as Owned['pipeline'],
    stage: stage as Owned['stage'],
    ...(responsible === nobody ? {} : { responsible: responsible as NonNullable<Owned['responsible']> }),
    watchers: relations.flatMap(([relation, person]) =>
      relation === watcher ? [person as Owned['watchers'][number]] : [],
    ),
    fields: Object.fromEntries(
      [...new Set(relations.map(([relation]) => relation))]
        .filter((relation) => relation !== watcher)
        .map((field) => [
          field,
          relations.flatMap(([relation, person]) => (relation === field ? [person] : [])),
        ]),
    ),
  };
};

/**
 * Lists in which a reader finds all they may see of a pipeline: their own, nobody's, those of everybody below them, and those of
 * deals that name them in a field.
 *
 * @returns nothing where an administrator gave the reader a right by a field that the pack gives none by: lists know of none
 */
export const listsFor = (
  reader: Reader,
  pipeline: string,
  pack: Pack,
  company: Company,
): string[] | undefined => {
  const known = scopeFieldsOf(pack);
  const scopes = grantsTo(reader, 'view', 'deal', pipeline).map(({ scope }) => scope);
  if (scopes.some((scope) => typeof scope === 'object' && !known.includes(scope.field))) return undefined;
  const me = reader.user.id;
  return [
    ...(scopes.some((scope) => scope === 'own' || scope === 'subordinates') ? [me, nobody] : []),
    ...scopes.flatMap((scope) => (typeof scope === 'object' ? [byField(me, scope.field)] : [])),
    ...(scopes.includes('subordinates') ? subordinatesOf(reader.user, company).map(({ id }) => id) : []),
  ];
};

/** Deals on a stage that have to do with a person, longest there first. */
export const stageListKey = (list: string, pipeline: string, stage: string): Pick<Key, 'pk'> => ({
  pk: `MINE#${list}#${pipeline}#${stage}`,
});
/** Deals of a desk that have to do with a person, in its order. */
export const deskListKey = (list: string, desk: string): Pick<Key, 'pk'> => ({
  pk: `DESK#${desk}@${list}`,
});

/** The deal that a row of such a list leads to. */
export const dealIn = ({ sk }: Key): string => sk.slice(sk.lastIndexOf('#') + 1);
