import { describe, expect } from 'vitest';
import { differencesBetween, kept, rebuild } from '../../../functions/reports/rebuild.ts';
import { definitionsOf } from '../../../functions/reports/worth.ts';
import { coffee } from '../../../statemachines/packs/coffee/index.ts';
import type { World } from '../../world.ts';
import { aCompany, aDeal, machines, test } from './company.ts';

const price = 38_800_000;
const totalOf = async (w: World, company: string): Promise<number> =>
  (await w.as('yana').get(`/v1/companies/${company}`)).wonTotal;

/** A deal that is ready to be closed. */
const ready = async (w: World, fields: Record<string, unknown>): Promise<string> => {
  const deal = await aDeal(w, {
    items: machines,
    invoiceNotNeeded: true,
    paidAt: '2026-02-02',
    ...fields,
  });
  const paymentDocument = await w.as('yana').announce(deal, 'paymentDocument', 'payment.pdf');
  await w.as('yana').change(deal, { paymentDocument });
  for (const stage of ['quote', 'invoice-approval', 'awaiting-payment', 'fulfilment'])
    await w.as('yana').move(deal, stage);
  return deal;
};

/** What the stream has counted is what the rows say. */
const mustEqualRecount = async (w: World, companies: readonly string[]): Promise<void> => {
  const definitions = definitionsOf([coffee]);
  expect(
    differencesBetween(await kept(w.table, definitions, companies), await rebuild(w.table, definitions)),
  ).toEqual([]);
};

describe('the total of a company', () => {
  test('grows by a deal that is won, once, however often it is told of [CO-10.1, CO-53.1, CO-53.2]', async ({
    w,
  }) => {
    w.between.deliver = (batch) => [batch, batch];
    const company = await aCompany(w, 'Demo Cafe 1');
    const deal = await ready(w, { company });
    expect(await totalOf(w, company)).toBe(0);

    await w.as('yana').move(deal, 'won');
    expect(await totalOf(w, company)).toBe(price);

    await w.as('gleb').move(deal, 'fulfilment');
    await w.as('yana').move(deal, 'won');
    const second = await ready(w, { company });
    await w.as('yana').move(second, 'won');
    expect(await totalOf(w, company)).toBe(2 * price);
    await mustEqualRecount(w, [company]);
  });

  test('follows a deal reopened, corrected or given to another company by the difference [CO-53.3]', async ({
    w,
  }) => {
    const [company, other] = [await aCompany(w, 'Demo Cafe 1'), await aCompany(w, 'Demo Cafe 2')];
    const deal = await ready(w, { company });
    await w.as('yana').move(deal, 'won');

    await w
      .as('gleb')
      .change(deal, { items: [{ product: 'Machine', brand: 'brand-3', quantity: 1, price: 10_000_000 }] });
    expect(await totalOf(w, company)).toBe(10_000_000);
    await w.as('gleb').change(deal, { company: other });
    expect([await totalOf(w, company), await totalOf(w, other)]).toEqual([0, 10_000_000]);
    await w.as('gleb').move(deal, 'fulfilment');
    expect(await totalOf(w, other)).toBe(0);

    await mustEqualRecount(w, [company, other]);
  });

  test('is left alone by a deal without a company, and by requests that are done [CO-53.4]', async ({
    w,
  }) => {
    const company = await aCompany(w, 'Demo Cafe 1');
    const privately = await ready(w, { contact: 'anna' });
    const deal = await ready(w, { company });
    const invoice = await w.as('yana').start(deal, 'coffee-invoices', {
      invoiceType: 'purchase',
      invoiceNumber: '1',
      amount: 5_000_000,
    });

    await w.as('yana').move(privately, 'won');

    expect(await w.stageOf(privately)).toBe('won');
    expect(await w.stageOf(invoice)).toBe('approved');
    expect(await totalOf(w, company)).toBe(0);
    expect(await totalOf(w, 'plant')).toBe(0);
    await mustEqualRecount(w, [company]);
  });
});
