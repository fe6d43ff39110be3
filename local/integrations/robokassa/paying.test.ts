import { expect } from 'vitest';
import { linkOf, openAtGateway, order, payBy, paymentsOf, test } from './shop.ts';

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

test('the pages a client comes back to believe nothing the browser says, and say what we know', async ({
  w,
}) => {
  const deal = await w.enter('order', order);
  await w.as('pavel').move(deal, 'payment');
  await openAtGateway(w, await linkOf(w, deal));
  w.sandboxes.robokassa.faults.plan('never');
  const back = await w.sandboxes.robokassa.pay('shop', 1);
  const query = new URL(back).search;

  const early = await w.ask(`/v1/pay/success${query}`, { headers: { 'accept-language': 'en' } });
  const forged = await w.ask(
    `/v1/pay/success${query.replace(/SignatureValue=\w+/, `SignatureValue=${'0'.repeat(64)}`)}`,
  );
  const failed = await w.ask(`/v1/pay/fail${query}`, { method: 'POST', body: new URLSearchParams(query) });
  const nothing = await w.ask('/v1/pay/fail');

  expect([early.status, forged.status, failed.status, nothing.status]).toEqual([200, 200, 200, 200]);
  expect(early.text).toContain('The bank confirms within minutes');
  expect(early.text).toContain('1 500,00 ₽');
  expect(forged.text).not.toContain('1 500,00');
  expect(failed.text).toContain('Оплата не прошла');
  expect(await w.fact(deal, 'paidTotal')).toBe(0);
  await w.advanceTo('2026-02-02 09:11');
  const late = await w.ask(`/v1/pay/success${query}`, { headers: { 'accept-language': 'en' } });
  expect(late.text).toContain('The payment is here');
});

test('a bill that was paid another way is taken back, so that nobody pays twice, and the run goes on', async ({
  w,
}) => {
  const deal = await w.enter('order', order);
  await w.as('pavel').move(deal, 'payment');
  const link = await linkOf(w, deal);

  await w.as('rita').pay(deal, 1_000);
  const partly = await paymentsOf(w, deal);
  await w.as('rita').pay(deal, 500);

  expect(partly).toMatchObject([{ state: 'open' }]);
  expect(await paymentsOf(w, deal)).toMatchObject([{ state: 'cancelled', reason: 'nothing is left to pay' }]);
  expect((await w.ask(link)).text).toContain('больше не действует');
  expect(await w.open(deal)).toEqual(['call pavel any time']);
});
