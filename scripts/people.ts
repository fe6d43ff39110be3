import { configKey } from '../functions/shared/keys.ts';
import type { Table } from '../functions/shared/table/port.ts';
import { packs } from '../statemachines/packs/index.ts';

/** Puts the people of the packs' demo companies into a table: who may sign in, and who heads whom. */
export const seedPeople = (table: Table): Promise<void> =>
  table.batch(
    packs
      .flatMap(({ people }) => people)
      .map((user) => ({ put: { ...configKey('user', user.id), row: 'user', ...user } })),
  );
