import { describe, expect } from 'vitest';
import { refusal } from '../../world/staff.ts';
import type { World } from '../../world.ts';
import { aCompany, aDeal, machines, test } from './company.ts';

const directory = {
  'brand-1': 5,
  'brand-2': 3,
  'brand-3': 0,
  'brand-4': 7,
  'brand-5': 2,
  'brand-6': 0,
  'brand-7': 4,
};
const discountsOf = async (w: World, company: string) =>
  (await w.as('yana').get(`/v1/companies/${company}`)).extra.discounts;

test('a deal and a company show a discount for each of the seven brands, from the directory [CO-05.2, CO-51.1]', async ({
  w,
}) => {
  const cafe = await aCompany(w, 'Demo Cafe 1');
  const deal = await aDeal(w, { company: cafe });
  const privately = await aDeal(w, {});

  expect(await discountsOf(w, cafe)).toEqual(directory);
  expect(await w.fact(deal, 'discounts')).toEqual(directory);
  expect(await w.fact(privately, 'discounts')).toEqual(directory);
});

test('the amount follows the items with the discount of each line’s brand, halves up [CO-06.1]', async ({
  w,
}) => {
  const deal = await aDeal(w, { items: machines });
  expect(await w.fact(deal, 'amount')).toBe(38_800_000);

  await w.as('yana').change(deal, {
    items: [...machines, { product: 'Seal', brand: 'brand-1', quantity: 1, price: 10 }],
  });

  expect(await w.fact(deal, 'amount')).toBe(38_800_010); // 9.5 is 10
});

describe('whoever is no administrator', () => {
  test.for(['yana', 'roman'] as const)(
    'finds a discount of a deal restored in the same write: %s, with a warning and a line of history [CO-51.2]',
    async (user, { w }) => {
      const cafe = await aCompany(w, 'Demo Cafe 1');
      const deal = await aDeal(w, { company: cafe });

      const answer = await w.as(user).change(deal, { discounts: { 'brand-2': 12 } });

      expect(answer.fields.discounts).toEqual(directory);
      expect(answer.warnings).toEqual([
        expect.objectContaining({ en: expect.stringContaining('brand-2: 12 % → 3 %') }),
      ]);
      expect(await w.fact(deal, 'discounts')).toEqual(directory);
      expect(await discountsOf(w, cafe)).toEqual(directory);
      const { items } = await w.as(user).get(`/v1/deals/${deal}/feed`);
      expect(items[0]).toMatchObject({
        kind: 'restored',
        by: { user },
        data: { discounts: [{ 'brand-2': 12 }, directory] },
      });
    },
  );

  test('has the rest of the write kept, and what they gave at the creation restored as well [CO-51.2]', async ({
    w,
  }) => {
    const cafe = await aCompany(w, 'Demo Cafe 1', { category: 'horeca', discounts: { 'brand-1': 50 } });
    const deal = await aDeal(w, { company: cafe, discounts: { 'brand-2': 90 } });

    await w.as('yana').change(deal, { requestKind: 'repair', discounts: null });

    expect(await w.fact(deal, 'requestKind')).toBe('repair');
    expect(await w.fact(deal, 'discounts')).toEqual(directory);
    expect(await discountsOf(w, cafe)).toEqual(directory);
  });

  test('finds it restored when it comes with a move or with a task [CO-51.2]', async ({ w }) => {
    const deal = await aDeal(w, {
      company: await aCompany(w, 'Demo Cafe 1'),
      items: machines,
      invoiceNotNeeded: true,
      paidAt: '2026-02-02',
    });

    const moved = await w.as('yana').move(deal, 'quote', { discounts: { 'brand-2': 40 } });
    for (const stage of ['invoice-approval', 'awaiting-payment', 'fulfilment'])
      await w.as('yana').move(deal, stage);
    const closed = await w.as('yana').complete(deal, 'fulfil', { discounts: { 'brand-2': 40 } });

    expect([moved.warnings.length, closed.warnings.length]).toEqual([1, 1]);
    expect(await w.fact(deal, 'discounts')).toEqual(directory);
    expect(await w.open(deal)).toEqual([]);
  });

  test('finds it restored on the card of a company as well [CO-51.2]', async ({ w }) => {
    const cafe = await aCompany(w, 'Demo Cafe 1');

    const answer = await w
      .as('yana')
      .ask('PATCH', `/v1/companies/${cafe}`, { extra: { category: 'office', discounts: { 'brand-2': 12 } } });

    expect(answer.extra).toEqual({ category: 'office', discounts: directory });
    expect(answer.warnings).toHaveLength(1);
  });
});

test('an administrator’s change is kept for the company, and its open deals follow; closed ones keep what they had [CO-51.3]', async ({
  w,
}) => {
  const cafe = await aCompany(w, 'Demo Cafe 1');
  const other = await aCompany(w, 'Demo Cafe 2');
  const [open, lost, foreign] = await Promise.all([
    aDeal(w, { company: cafe, items: machines }),
    aDeal(w, { company: cafe, lossReason: 'price' }),
    aDeal(w, { company: other }),
  ]);
  await w.as('yana').move(lost, 'lost');
  const deal = await aDeal(w, { company: cafe });

  await w.as('gleb').change(deal, { discounts: { 'brand-2': 12 } });

  const changed = { ...directory, 'brand-2': 12 };
  expect(await w.fact(deal, 'discounts')).toEqual(changed);
  expect(await discountsOf(w, cafe)).toEqual(changed);
  expect(await w.fact(open, 'discounts')).toEqual(changed);
  expect(await w.fact(open, 'amount')).toBe(35_200_000);
  expect(await w.fact(lost, 'discounts')).toEqual(directory);
  expect(await w.fact(foreign, 'discounts')).toEqual(directory);
  expect(await w.fact(await aDeal(w, { company: cafe }), 'discounts')).toEqual(changed);

  await w.as('gleb').ask('PATCH', `/v1/companies/${cafe}`, { extra: { discounts: { 'brand-1': 9 } } });
  expect(await w.fact(open, 'discounts')).toEqual({ ...changed, 'brand-1': 9 });
});

test('a deal that is over keeps its discounts: a manager’s edit is restored, an administrator’s is of that deal alone [CO-51.2, CO-51.3]', async ({
  w,
}) => {
  const cafe = await aCompany(w, 'Demo Cafe 1');
  const lost = await aDeal(w, { company: cafe, lossReason: 'price' });
  await w.as('yana').move(lost, 'lost');

  const answer = await w.as('yana').change(lost, { discounts: { 'brand-2': 50 } });
  await w.as('gleb').change(lost, { discounts: { 'brand-2': 8 } });

  expect(answer.warnings).toHaveLength(1);
  expect(await w.fact(lost, 'discounts')).toEqual({ ...directory, 'brand-2': 8 });
  expect(await discountsOf(w, cafe)).toEqual(directory);
});

test('a deal that gets another company takes its discounts, and a brand that is none is refused [CO-51.1]', async ({
  w,
}) => {
  const [cafe, other] = [await aCompany(w, 'Demo Cafe 1'), await aCompany(w, 'Demo Cafe 2')];
  await w.as('gleb').ask('PATCH', `/v1/companies/${other}`, { extra: { discounts: { 'brand-6': 20 } } });
  const deal = await aDeal(w, { company: cafe });

  await w.as('yana').change(deal, { company: other });

  expect(await w.fact(deal, 'discounts')).toEqual({ ...directory, 'brand-6': 20 });
  expect(await refusal(w.as('gleb').change(deal, { discounts: { 'brand-9': 20 } }))).toMatch(
    /^400 fields\.discounts: no entry "brand-9"; entries are brand-1/,
  );
  expect(await refusal(w.as('gleb').change(deal, { discounts: { 'brand-1': 120 } }))).toMatch(
    /^400 discounts: .*percentages from 0 to 100/,
  );
});

test('a percentage changed in the directory is followed by open deals, but where a company has its own [CO-51.3]', async ({
  w,
}) => {
  const [cafe, other] = [await aCompany(w, 'Demo Cafe 1'), await aCompany(w, 'Demo Cafe 2')];
  const [own, plain, privately] = await Promise.all([
    aDeal(w, { company: cafe }),
    aDeal(w, { company: other }),
    aDeal(w, {}),
  ]);
  await w.as('gleb').change(own, { discounts: { 'brand-2': 12 } });
  const put = (rate: unknown) =>
    w.as('gleb').ask('PUT', '/v1/directories/coffee-brands/brand-2', {
      title: { ru: 'Бренд 2', en: 'Brand 2' },
      data: { rate },
      active: true,
    });

  await put(4);

  expect(await w.fact(own, 'discounts')).toEqual({ ...directory, 'brand-2': 12 });
  expect(await w.fact(plain, 'discounts')).toEqual({ ...directory, 'brand-2': 4 });
  expect(await w.fact(privately, 'discounts')).toEqual({ ...directory, 'brand-2': 4 });
  expect(await refusal(put('much'))).toMatch(/^400 data\.rate/);
});

test('twice the same news changes a deal once [CO-51.7]', async ({ w }) => {
  const cafe = await aCompany(w, 'Demo Cafe 1');
  const deal = await aDeal(w, { company: cafe });
  w.between.deliver = (batch) => [batch, batch];

  await w.as('gleb').ask('PATCH', `/v1/companies/${cafe}`, { extra: { discounts: { 'brand-1': 9 } } });

  expect((await w.card(deal)).deal.version).toBe(2);
});

describe('the category of a company', () => {
  test('is on the deals that get it, and nobody writes it there [CO-05.1, CO-55.1]', async ({ w }) => {
    const [cafe, other] = [
      await aCompany(w, 'Demo Cafe 1', { category: 'horeca' }),
      await aCompany(w, 'Demo Cafe 2'),
    ];
    const deal = await aDeal(w, { company: cafe });
    expect(await w.fact(deal, 'companyCategory')).toBe('horeca');

    await w.as('yana').change(deal, { company: other });

    expect(await w.fact(deal, 'companyCategory')).toBeUndefined();
    expect(await refusal(w.as('gleb').change(deal, { companyCategory: 'office' }))).toMatch(/^400 /);
  });

  test('changed, is followed by open deals; won and lost ones keep the old one [CO-55.2]', async ({ w }) => {
    const cafe = await aCompany(w, 'Demo Cafe 1', { category: 'horeca' });
    const deals = await Promise.all([1, 2, 3].map(() => aDeal(w, { company: cafe, lossReason: 'price' })));
    const [, lost = ''] = deals;
    await w.as('yana').move(lost, 'lost');
    w.between.deliver = (batch) => [batch, batch];

    await w.as('yana').ask('PATCH', `/v1/companies/${cafe}`, { extra: { category: 'retail' } });

    expect(await Promise.all(deals.map((deal) => w.fact(deal, 'companyCategory')))).toEqual([
      'retail',
      'horeca',
      'retail',
    ]);
  });
});
