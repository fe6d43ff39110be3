import { describe, expect } from 'vitest';
import { coffee } from '../../../statemachines/packs/coffee/index.ts';
import { refusal } from '../../world/staff.ts';
import type { World } from '../../world.ts';
import { aCompany, aDeal, machines, test } from './company.ts';

const path = ['quote', 'invoice-approval', 'awaiting-payment', 'fulfilment', 'won'];

/** Yana's deal of a company, taken along to a stage with nothing missing on the way. */
const at = async (w: World, stage: string, more: Record<string, unknown> = {}): Promise<string> => {
  const deal = await aDeal(w, {
    company: await aCompany(w, 'Demo Cafe 1'),
    items: machines,
    invoiceNotNeeded: true,
    paidAt: '2026-02-02',
    ...more,
  });
  for (const next of path.slice(0, path.indexOf(stage) + 1)) await w.as('yana').move(deal, next);
  return deal;
};

describe('the moves', () => {
  test('are those of the table and no others [CO-00.7]', async () => {
    const { stages = {} } = coffee.pipelines.find(({ id }) => id === 'coffee-deals') ?? {};

    expect(
      Object.entries(stages).flatMap(([id, stage]) =>
        stage.moves.map(
          ({ to, by }) =>
            `${id} → ${to} (${by.map((one) => (typeof one === 'string' ? one : one.role)).join(', ')})`,
        ),
      ),
    ).toEqual([
      'deal-new → quote (responsible)',
      'deal-new → lost (responsible)',
      'quote → invoice-approval (responsible)',
      'quote → deal-new (responsible)',
      'quote → lost (responsible)',
      'invoice-approval → awaiting-payment (system, responsible)',
      'invoice-approval → quote (responsible)',
      'invoice-approval → lost (responsible)',
      'awaiting-payment → fulfilment (responsible)',
      'awaiting-payment → invoice-approval (responsible)',
      'awaiting-payment → lost (responsible)',
      'fulfilment → won (responsible)',
      'fulfilment → awaiting-payment (responsible)',
      'fulfilment → lost (responsible)',
      'won → fulfilment (coffee-admin)',
      'lost → deal-new (coffee-admin)',
    ]);
  });

  test('outside of it are refused and change nothing [CO-00.7]', async ({ w }) => {
    const deal = await at(w, 'quote');

    expect(await refusal(w.as('yana').move(deal, 'won'))).toMatch(/^422 to: /);
    expect(await refusal(w.as('denis').move(deal, 'invoice-approval'))).toMatch(/^404 /);
    expect(await w.stageOf(deal)).toBe('quote');
  });
});

test('it goes to the approval of its invoice with items, and on where none needs approval [CO-06.1, CO-07.2]', async ({
  w,
}) => {
  const deal = await aDeal(w, {});
  expect(await refusal(w.as('yana').move(deal, 'quote'))).toMatch(/^422 .*company or the contact/);
  await w.as('yana').move(deal, 'quote', { contact: 'anna' });

  expect(await refusal(w.as('yana').move(deal, 'invoice-approval'))).toMatch(/^422 fields\.items/);
  await w.as('yana').move(deal, 'invoice-approval', { items: machines });
  expect(await refusal(w.as('yana').move(deal, 'awaiting-payment'))).toMatch(/^422 .*not approved/);
  await w.as('yana').move(deal, 'awaiting-payment', { invoiceNotNeeded: true });
});

test('paid, it takes the document and the day, without which nothing is shipped unless a head says so [CO-08.1]', async ({
  w,
}) => {
  const deal = await at(w, 'awaiting-payment', { paidAt: undefined });
  const yana = w.as('yana');
  expect(await refusal(yana.move(deal, 'fulfilment'))).toMatch(/^422 fields\.paidAt/);

  const paymentDocument = await yana.announce(deal, 'paymentDocument', 'payment.pdf');
  await yana.change(deal, { paymentDocument, paidAt: '2026-02-02' });
  await yana.move(deal, 'fulfilment');

  expect(await w.fact(deal, 'paymentDocument')).toMatchObject({ name: 'payment.pdf' });
  const other = await at(w, 'awaiting-payment', { paidAt: undefined });
  await w
    .as('roman')
    .ask('POST', `/v1/deals/${other}/move`, { to: 'fulfilment', override: true, reason: 'paid tomorrow' });
  expect(await w.stageOf(other)).toBe('fulfilment');
});

test('on fulfilment the manager has three days to fulfil it [CO-09.1]', async ({ w }) => {
  const deal = await at(w, 'fulfilment');

  expect(await w.open(deal)).toEqual(['fulfil yana 2026-02-05 09:00']);
});

test('closed without what it takes it is put back, manager and head are told, and nothing is added [CO-10.2]', async ({
  w,
}) => {
  w.between.deliver = (batch) => [batch, batch];
  const deal = await at(w, 'won');

  expect(await w.stageOf(deal)).toBe('fulfilment');
  expect((await w.card(deal)).deal.outcome).toBeUndefined();
  for (const person of ['yana', 'roman'])
    expect(await w.inbox(person)).toEqual(['2026-02-02 09:00 coffee-deal-not-closed']);
  const company = String(await w.fact(deal, 'company'));
  expect((await w.as('yana').get(`/v1/companies/${company}`)).wonTotal).toBe(0);
});

test('lost with a reason or not at all; the company’s total is untouched [CO-11.1]', async ({ w }) => {
  const deal = await at(w, 'awaiting-payment');
  expect(await refusal(w.as('yana').move(deal, 'lost'))).toMatch(/^422 fields\.lossReason/);

  await w.as('yana').move(deal, 'lost', { lossReason: 'price' });

  expect((await w.card(deal)).deal.outcome).toBe('lost');
  const company = String(await w.fact(deal, 'company'));
  expect((await w.as('yana').get(`/v1/companies/${company}`)).wonTotal).toBe(0);
});

test('whatever changes is in the history, with who and when [CO-00.5]', async ({ w }) => {
  const deal = await at(w, 'quote');
  await w.advanceTo('2026-02-02 15:00');
  await w.as('yana').change(deal, { requestKind: 'repair' });

  const { items } = await w.as('roman').get(`/v1/deals/${deal}/feed`);

  expect(items[0]).toMatchObject({
    kind: 'changed',
    by: { user: 'yana' },
    at: '2026-02-02T12:00:00.000Z',
    data: { requestKind: [null, 'repair'] },
  });
});

test('a document is found by the number of its invoice, its company or its deal, with its approvals [CO-00.6]', async ({
  w,
}) => {
  const company = await aCompany(w, 'Лунный Экспресс');
  const deal = await aDeal(w, { company, items: machines });
  await w.as('yana').move(deal, 'quote');
  const id = await w
    .as('yana')
    .start(deal, 'coffee-invoices', { invoiceType: 'services', invoiceNumber: 'A-5517', amount: 25_000_000 });
  const { number } = (await w.card(deal)).deal;
  const found = async (q: string): Promise<string[]> =>
    (await w.as('yana').get(`/v1/search?q=${encodeURIComponent(q)}`)).items
      .map((hit: { deal: string }) => hit.deal)
      .sort();

  expect(await found('A-5517')).toEqual([id]);
  expect(await found('лунный')).toEqual([deal, id].sort());
  expect(await found(number)).toContain(deal);
  const card = await w.as('yana').get(`/v1/deals/${deal}`);
  expect(card.processes.map((process: { deal: string }) => process.deal)).toEqual([id]);
  expect((await w.as('yana').get(`/v1/deals/${id}/sheet`)).items[0].lines).toHaveLength(2);
});
