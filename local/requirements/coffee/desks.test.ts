import { expect } from 'vitest';
import { refusal } from '../../world/staff.ts';
import type { World } from '../../world.ts';
import { aCompany, aDeal, machines, test } from './company.ts';

type Row = { deal?: string; number?: string; step?: string; assignee?: string };
const desk = async (w: World, user: string, id: string): Promise<Row[]> => {
  const answer = await w.as(user).get(`/v1/desks/${id}`);
  return answer.rows ?? answer.items;
};

test('approvers see what waits for them, discounts and invoices; heads what is under way [CO-60.4]', async ({
  w,
}) => {
  const company = await aCompany(w, 'Demo Cafe 1');
  const deal = await aDeal(w, { company, items: machines });
  const discount = await w.as('yana').start(deal, 'coffee-discounts', {
    brand: 'brand-2',
    requestedRate: 12,
    justification: 'three cafes at once',
  });
  await w.as('yana').move(deal, 'quote');
  const invoice = await w.as('yana').start(deal, 'coffee-invoices', {
    invoiceType: 'purchase',
    invoiceNumber: '55',
    amount: 25_000_000,
    extraApprovers: ['denis'],
  });

  const steps = async (user: string) =>
    (await desk(w, user, 'coffee-approvals')).map(({ step }) => step).sort();
  expect(await steps('roman')).toEqual(['approve-discount', 'approve-invoice']);
  expect(await steps('arkadi')).toEqual([]);
  expect((await desk(w, 'lev', 'coffee-running-approvals')).map((row) => row.deal).sort()).toEqual(
    [discount, invoice].sort(),
  );
  await w.as('roman').decide(discount, 'approve-discount', 'approved');
  await w.as('roman').decide(invoice, 'approve-invoice', 'approved');
  expect([await steps('roman'), await steps('arkadi'), await steps('denis')]).toEqual([
    [],
    ['approve-discount'],
    ['approve-invoice'],
  ]);
  expect((await w.as('denis').get(`/v1/deals/${invoice}`)).deal.fields.invoiceNumber).toBe('55');
});

test('the accountant sees the invoices that are approved and not yet paid, and no other [CO-60.5]', async ({
  w,
}) => {
  const company = await aCompany(w, 'Demo Cafe 1');
  const deal = await aDeal(w, { company, items: machines });
  await w.as('yana').move(deal, 'quote');
  const invoice = (invoiceNumber: string, amount: number) =>
    w.as('yana').start(deal, 'coffee-invoices', { invoiceType: 'purchase', invoiceNumber, amount });
  const [small, large] = [await invoice('1', 5_000_000), await invoice('2', 50_000_000)];
  const toPay = async () => (await desk(w, 'tamara', 'coffee-to-pay')).map((row) => row.deal);

  expect(await toPay()).toEqual([small]);
  expect((await desk(w, 'tamara', 'coffee-my-tasks')).map(({ step }) => step)).toEqual(['pay-invoice']);
  expect(await refusal(w.as('tamara').get(`/v1/deals/${large}`))).toMatch(/^404 /);
  await w.as('roman').decide(large, 'approve-invoice', 'approved');
  expect((await toPay()).sort()).toEqual([small, large].sort());
  await w.as('tamara').complete(small, 'pay-invoice');
  expect(await toPay()).toEqual([large]);
});
