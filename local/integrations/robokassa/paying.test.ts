import { expect } from 'vitest';
import { linkOf, order, payBy, paymentsOf, test } from './shop.ts';

test('a client who pays by the link of a letter lets the deal go on, once [IN-X-80.2]', async ({ w }) => {
  const deal = await w.enter('order', order);
  await w.as('pavel').move(deal, 'payment');
  const link = await linkOf(w, deal);
  expect(await w.letters(deal)).toEqual(['2026-02-02 09:00 pay-link to anna@plant-demo-1.example']);

  const page = await payBy(w, link);

  expect(page).toContain('Оплата получена');
  expect(await w.stageOf(deal)).toBe('picking');
  const { ledger, payments } = await w.card(deal);
  expect(ledger).toMatchObject([
    {
      kind: 'payment',
      amount: { amount: 1_500_00, currency: 'RUB' },
      account: 'robokassa',
      source: 'robokassa',
      externalId: 'shop:1',
      by: { system: 'robokassa' },
    },
  ]);
  expect(payments).toMatchObject([
    { state: 'paid', invoice: 1, step: 'prepayment', opKey: expect.any(String) },
  ]);
  expect((await w.ask(link)).text).toContain('Оплачено, спасибо');
  expect(await paymentsOf(w, deal)).toHaveLength(1);
});
