import type { Deal } from '../../schemas/deal.ts';
import type { Desk, Pack } from '../../schemas/pack.ts';
import type { Pipeline } from '../../schemas/pipeline.ts';
import { deskListKey, stageListKey } from '../deals/audience.ts';
import { type Facts, holds } from '../shared/expression.ts';
import type { Key } from '../shared/table/port.ts';
import type { Member } from './contribution.ts';
import { deskIn, deskKey, registerKey } from './keys.ts';
import { registers } from './registers.ts';
import { sortable } from './sortable.ts';

/** Whether a filter asks for deals of a stage by its name. */
const asksFor = (filter: string, stage: string): boolean =>
  [`'${stage}'`, `"${stage}"`].some((name) => filter.includes(name));

const onDesk = async (desk: Desk, deal: Deal, facts: Facts, { stages }: Pipeline): Promise<Member[]> => {
  const isShelved = stages[deal.stage]?.shelved === true;
  const at = (sort: string): Member[] => [{ ...deskKey(desk.id), sk: `${sort}#${deal.id}`, deal: deal.id }];
  switch (desk.kind) {
    case 'deals':
      return desk.pipelines.includes(deal.pipeline) &&
        (!isShelved || asksFor(desk.filter, deal.stage)) &&
        (await holds(desk.filter, facts))
        ? at(sortable(desk.sort === undefined ? deal.createdAt : facts[desk.sort]))
        : [];
    case 'planner': {
      const date = facts[desk.date];
      return desk.pipeline === deal.pipeline &&
        typeof date === 'string' &&
        (!isShelved || desk.shelved === true) &&
        (desk.filter === undefined || (await holds(desk.filter, facts)))
        ? at(date)
        : [];
    }
    case 'board':
    case 'favourites':
    case 'visits':
    case 'crews':
    case 'tasks':
    case 'intake':
      return [];
    default:
      return desk satisfies never;
  }
};

/** The rows by which those it has to do with find a deal: in lists of its stage, and of the desks it stands on. */
export const listsOf = (
  { id, pipeline, stage, stageSince }: Deal,
  members: readonly Member[],
  lists: readonly string[],
): Key[] =>
  lists.flatMap((list) => [
    { ...stageListKey(list, pipeline, stage), sk: `${stageSince}#${id}` },
    ...members.flatMap(({ pk, sk }) => {
      const desk = deskIn({ pk });
      return desk === undefined ? [] : [{ ...deskListKey(list, desk), sk }];
    }),
  ]);

/** The lists a deal stands in now: desks whose filter holds, and registers. */
export const membersOf = async (
  deal: Deal,
  facts: Facts,
  pipeline: Pipeline,
  pack: Pack,
): Promise<Member[]> => {
  const desks = await Promise.all(pack.desks.map((desk) => onDesk(desk, deal, facts, pipeline)));
  const lists = Object.values(registers)
    .filter((register) => register.has(deal, facts, pipeline))
    .map((register) => ({
      ...registerKey(register.id, pipeline.id),
      sk: `${sortable(register.sort(deal, facts))}#${deal.id}`,
      deal: deal.id,
    }));
  return [...desks.flat(), ...lists];
};
