import { expect, test } from 'vitest';
import type { Pack } from '../../schemas/pack.ts';
import { coffee } from '../packs/coffee/index.ts';
import { lint } from './lint.ts';

type Change = (pack: Pack) => unknown;

const pipeline = (pack: Pack, id: string) => pack.pipelines.find((one) => one.id === id)?.fields ?? {};
const steps = (pack: Pack) =>
  pack.pipelines.find(({ id }) => id === 'coffee-discounts')?.stages.approval?.work ?? [];

const broken = (how: Change): string => {
  const pack = structuredClone(coffee);
  how(pack);
  return lint(pack)
    .map(({ code, message }) => `${code}: ${message}`)
    .join('\n');
};

test.for<[string, Change, string]>([
  [
    'a field follows one that no card has',
    (pack) =>
      Object.assign(pipeline(pack, 'coffee-deals').companyCategory ?? {}, {
        follows: { card: 'company', field: 'colour' },
      }),
    'unknown-card-field: coffee/coffee-deals companyCategory: "colour" is no field of the card of a company',
  ],
  [
    'a field follows one of another type',
    (pack) =>
      Object.assign(pipeline(pack, 'coffee-deals').paidAt ?? {}, {
        follows: { card: 'company', field: 'category' },
      }),
    '"category" of a company is a enum, and the field is a date',
  ],
  [
    'a field that is no text follows a name',
    (pack) =>
      Object.assign(pipeline(pack, 'coffee-deals').paidAt ?? {}, {
        follows: { card: 'company', field: 'name' },
      }),
    '"name" of a company is a text, and the field is a date',
  ],
  [
    'percentages are of no directory',
    (pack) => Object.assign(pipeline(pack, 'coffee-deals').discounts ?? {}, { directory: 'brands' }),
    'unknown-directory: coffee/coffee-deals: "brands" is no directory of this pack',
  ],
  [
    'percentages are changed by no role',
    (pack) =>
      Object.assign(pipeline(pack, 'coffee-deals').discounts ?? {}, { editedBy: [{ role: 'nobody' }] }),
    'unknown-role: coffee/coffee-deals: "nobody" is no role',
  ],
  [
    'limits are of no directory',
    (pack) => Object.assign(steps(pack).find((step) => step.do === 'queue') ?? {}, { limits: 'limits' }),
    'unknown-directory: coffee/coffee-discounts approval approve-discount: "limits" is no directory',
  ],
  [
    'whoever is asked is put into a field that names no person',
    (pack) => Object.assign(steps(pack).find((step) => step.do === 'queue') ?? {}, { asks: 'brand' }),
    'field "brand" is a enum; what names a person is',
  ],
  [
    'a percentage is written from a field there is not',
    (pack) =>
      Object.assign(
        steps(pack).flatMap((step) => (step.do === 'choose' ? (step.cases[0]?.steps ?? []) : []))[0] ?? {},
        { rate: 'wanted' },
      ),
    '"wanted" is no field of this pipeline',
  ],
])('refused where %s', ([, how, said]) => {
  expect(broken(how)).toContain(said);
});
