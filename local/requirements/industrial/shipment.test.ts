import { describe, expect } from 'vitest';
import { refusal } from '../../world/staff.ts';
import { test } from './company.ts';

const stage = 'shipment';
const carrier = { dealTotal: 24_000_000, contact: 'anna', deliveryTerms: 'carrier' };
const paid = { paid: 240_000 };

test('an unpaid deal is asked for its final payment again [IN-G-06.1, IN-G-06.2]', async ({ w }) => {
  const deal = await w.enter(stage, carrier, { paid: 239_999.99 });

  expect(await w.open(deal)).toEqual(['get-final-payment pavel 2026-02-07 09:00']);
  expect(await refusal(w.as('pavel').complete(deal, 'get-final-payment'))).toMatch(/^422 .*0[,.]01.* remain/);
});

test('a deal paid in full is asked for its shipment at once [IN-G-06.1, IN-G-06.3]', async ({ w }) => {
  const deal = await w.enter(stage, carrier, paid);

  expect(await w.endsOf(deal, 'get-final-payment')).toEqual([]);
  expect(await w.open(deal)).toEqual(['arrange-shipment pavel 2026-02-04 09:00']);
});

test('the shipment follows the payment [IN-G-06.2, IN-G-06.3]', async ({ w }) => {
  const deal = await w.enter(stage, carrier, { paid: 200_000 });
  await w.advanceTo('2026-02-03 10:00');

  await w.as('rita').pay(deal, 40_000);

  expect(await w.endsOf(deal, 'get-final-payment')).toEqual(['done by the system']);
  expect(await w.open(deal)).toEqual(['arrange-shipment pavel 2026-02-05 10:00']);
});

describe('once the shipment is arranged', () => {
  test('the client is written the track number [IN-G-06.4]', async ({ w }) => {
    const deal = await w.enter(stage, carrier, paid);

    await w.as('pavel').complete(deal, 'arrange-shipment', { trackNumber: '1234567890' });

    expect(await w.letters(deal)).toEqual(['2026-02-02 09:00 track-number to anna@plant-demo-1.example']);
  });

  test('a shipment without a track number is not written of [IN-G-06.4]', async ({ w }) => {
    const deal = await w.enter(stage, carrier, paid);

    await w.as('pavel').complete(deal, 'arrange-shipment');

    expect(await w.letters(deal)).toEqual([]);
  });

  test('a client without an address is told of to the responsible, and the work goes on [IN-G-06.4]', async ({
    w,
  }) => {
    const deal = await w.enter(stage, { ...carrier, contact: 'boris' }, paid);

    await w.as('pavel').complete(deal, 'arrange-shipment', { trackNumber: '1234567890' });

    expect(await w.inbox('pavel')).toEqual(['2026-02-02 09:00 letter-failed']);
    expect(await w.open(deal)).toEqual(['confirm-delivery pavel 2026-02-12 09:00']);
  });

  test.for(['carrier', 'own-delivery', undefined] as const)(
    'goods on terms %s need a confirmation of receipt [IN-G-06.5, IN-G-06.6]',
    async (deliveryTerms, { w }) => {
      const deal = await w.enter(stage, { ...carrier, deliveryTerms: deliveryTerms ?? null }, paid);

      await w.as('pavel').complete(deal, 'arrange-shipment');

      expect(await w.open(deal)).toEqual(['confirm-delivery pavel 2026-02-12 09:00']);
    },
  );

  test('goods that were collected need none [IN-G-06.5, IN-G-06.6]', async ({ w }) => {
    const deal = await w.enter(stage, { ...carrier, deliveryTerms: 'pickup' }, paid);

    await w.as('pavel').complete(deal, 'arrange-shipment');

    expect(await w.open(deal)).toEqual([]);
    expect(w.runs(deal)).toEqual([]);
  });
});
