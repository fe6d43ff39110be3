import { requirements as industrial } from '../../statemachines/packs/industrial/requirements.ts';
import { by } from './by.ts';
import { sections } from './sections.ts';

/** One requirement of a pack. */
export type Requirement = {
  /** what is wanted, in one line */
  readonly says?: string;
  /** where it is carried out, for what no element of the pack can say of itself */
  readonly by?: string;
};

const numbered = (counts: Readonly<Record<string, number>>): [string, Requirement][] =>
  Object.entries(counts).flatMap(([section, count]) =>
    Array.from({ length: count }, (_, place): [string, Requirement] => {
      const id = `${section}.${place + 1}`;
      return [id, by[id] === undefined ? {} : { by: by[id] }];
    }),
  );

/** Every requirement of every company, by id. */
export const requirements: Readonly<Record<string, Requirement>> = {
  ...industrial,
  ...Object.fromEntries(Object.values(sections).flatMap(numbered)),
};
