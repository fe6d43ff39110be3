import type { Key } from '../shared/table/port.ts';

/** In the place of a person, a company or a step that there is none of; no id begins with it. */
export const none = '-';

/** Every kind of aggregate; its rows are `R#<kind>#<pipeline>`, sorted by what they are grouped by. */
export const aggregates = [
  'board',
  'board-by',
  'companies',
  'flow',
  'losses',
  'money',
  'pay',
  'sla',
  'breaches',
] as const;
export type Aggregate = (typeof aggregates)[number];

const part = (value: string | undefined): string =>
  value === undefined || value === '' ? none : value.replaceAll('%', '%25').replaceAll('#', '%23');

/** Where an aggregate of a pipeline is kept, by the values it is grouped by. */
export const aggregateKey = (
  of: Aggregate,
  pipeline: string,
  ...groups: readonly (string | undefined)[]
): Key => ({
  pk: `R#${of}#${pipeline}`,
  sk: groups.map(part).join('#'),
});

/** The values an aggregate is grouped by, back from its sort key. */
export const groupsOf = ({ sk }: Key): string[] =>
  sk.split('#').map((value) => value.replaceAll('%23', '#').replaceAll('%25', '%'));

/** What a row has been counted as. Beside no deal's own rows, so that a card is not read through them. */
export const contributionKey = (source: Key): Key => ({ pk: `R#of#${source.pk}`, sk: source.sk });

export const deskKey = (desk: string): Pick<Key, 'pk'> => ({ pk: `DESK#${desk}` });
/** The desk whose list it is the partition of, if it is one. */
export const deskIn = ({ pk }: Pick<Key, 'pk'>): string | undefined => /^DESK#([^@]+)$/.exec(pk)?.[1];
/** Decisions of a pipeline, and changed percentages of a directory, by time. */
export const decisionsKey = (purpose: string): Pick<Key, 'pk'> => ({ pk: `DECISIONS#${purpose}` });
export const registerKey = (register: string, pipeline: string): Pick<Key, 'pk'> => ({
  pk: `REGISTER#${register}#${pipeline}`,
});
