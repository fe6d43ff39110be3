import type { Action, Entity, Grant } from '../../schemas/people.ts';

/** A right over every deal of every pipeline of the pack, unless more is said. */
export const may = (
  actions: Action[],
  entity: Entity,
  more: Partial<Pick<Grant, 'pipeline' | 'scope' | 'stages' | 'kinds'>> = {},
): Grant => ({ actions, entity, pipeline: '*', scope: 'all', ...more });

/** What people do with what is theirs to keep. */
export const keep: Action[] = ['view', 'create', 'edit'];
