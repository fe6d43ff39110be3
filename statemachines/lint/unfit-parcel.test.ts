import { expect, test } from 'vitest';
import { Pack } from '../../schemas/pack.ts';
import type { Step } from '../../schemas/pipeline.ts';
import { field, ship, t } from '../vocabulary/index.ts';
import { example } from './example.ts';
import { lint } from './lint.ts';

const title = t('Имя', 'Name');

const settings = {
  from: { city: 44, point: 'MSK67' },
  sender: { company: 'Example', name: 'Ann', phone: '+79001112233' },
  tariffs: [136, 137],
  parcel: { weight: { setting: 'kilograms' }, length: 30, width: 20, height: 10 },
};

const words = {
  by: 'cdek',
  to: { point: 'point', address: 'address', city: 'city' },
  items: 'goods',
  cod: 'amount - paid',
  track: 'track',
} as const;

/** The example, which ships what it has sold. */
const shipping = (step: Step, more: Partial<Pack> = {}): Pack => {
  const pack = structuredClone(example());
  const [sales] = pack.pipelines;
  if (sales === undefined) throw new Error('the example has a pipeline');
  Object.assign(sales.fields, {
    point: field.text(title),
    address: field.address(title),
    city: field.number(title),
    goods: field.lines(title, 'RUB'),
    rows: field.rows(title, { what: { type: 'text', title } }),
    track: field.text(title),
  });
  sales.stages.quote?.work?.unshift(step);
  const figures = { kilograms: { type: 'number', title, value: 1 } };
  return Pack.parse({
    ...pack,
    settings: { ...pack.settings, ...figures },
    integrations: { cdek: settings },
    ...more,
  });
};

const found = (pack: Pack): string[] => lint(pack).map(({ message }) => message);

test('a step that ships what the deal holds needs nothing more', () => {
  expect(found(shipping(ship('post', words) as Step))).toEqual([]);
});

test.each([
  [
    'a point in a field of money',
    { to: { point: 'amount' } },
    'to.point: "amount" is a field of type money; it has to be text or enum',
  ],
  [
    'nowhere to go',
    { to: { city: 'city' } },
    '`to` names neither a point nor an address; name a field for one of them',
  ],
  ['a field that is not there', { track: 'number1' }, '"number1" is no field of this pipeline'],
  [
    'rows without their columns',
    { items: 'rows' },
    'items: "rows" is a field of type rows; it has to be of lines, or of rows with their columns named',
  ],
  [
    'a column that is not there',
    { items: { rows: 'rows', name: 'title' } },
    'items.name: "title" is no column; columns are what',
  ],
  ['a setting that is not there', { weight: { setting: 'pounds' } }, 'pounds'],
  ['a sum over what is no fact', { cod: 'owed' }, 'cod "owed" reads "owed", which is no fact'],
  [
    'a rung that tells nobody',
    { late: [{ at: { moment: 'after', span: { unit: 'days', amount: 1 } } }] },
    'rung 1 (after) tells nobody',
  ],
])('%s is found', (_, part, message) => {
  expect(found(shipping({ ...ship('post', words), ...part } as Step))).toEqual([
    expect.stringContaining(message),
  ]);
});

test.each([
  ['without settings', { integrations: {} }, 'the pack says nothing of how it ships by CDEK'],
  ['of another currency', { currency: 'MDL' }, 'CDEK reckons in RUB, the pack in MDL'],
] as const)('a pack %s cannot ship', (_, part, message) => {
  expect(found(shipping(ship('post', words) as Step, part))).toEqual([expect.stringContaining(message)]);
});
