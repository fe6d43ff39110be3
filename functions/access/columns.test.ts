import { expect, test } from 'vitest';
import { packs } from '../../statemachines/packs/index.ts';
import { hiddenColumns } from './columns.ts';
import { companyOf } from './company.ts';
import { readerOf } from './rights.ts';

const company = companyOf(packs, []);

/** Columns of an order's extra works that somebody with these roles does not see. */
const hiddenTo = (...roles: string[]) => {
  const user = { id: 'x' as never, name: 'X', roles, language: 'ru' as const, channels: [], active: true };
  return [...hiddenColumns('extraWorks', company.pipeline('furniture-order'), readerOf(user, company))];
};

test.for([
  ['a measurer', ['furniture-measurer'], ['price']],
  [
    'a measurer who keeps the books of another company',
    ['furniture-measurer', 'coffee-accountant'],
    ['price'],
  ],
  ['a measurer who manages as well', ['furniture-measurer', 'furniture-manager'], []],
] as const)('%s is hidden what no role of this company shows', ([, roles, hidden]) => {
  expect(hiddenTo(...roles)).toEqual(hidden);
});
