import { configKey } from '../functions/shared/keys.ts';
import { forgetCompany } from '../functions/shared/ports.ts';
import type { Table } from '../functions/shared/table/port.ts';
import { packs } from '../statemachines/packs/index.ts';

/** Puts the people of the packs' demo companies into a table: who may sign in, and who heads whom. */
export const seedPeople = async (table: Table): Promise<void> => {
  await table.batch(
    packs
      .flatMap(({ people }) => people)
      .map((user) => ({ put: { ...configKey('user', user.id), row: 'user', ...user } })),
  );
  forgetCompany();
};
