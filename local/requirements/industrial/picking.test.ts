import { describe, expect } from 'vitest';
import { refusal } from '../../world/staff.ts';
import { test } from './company.ts';

const stage = 'picking';
const total = { dealTotal: 24_000_000 };
const anna = 'anna@plant-demo-1.example';

describe('the final payment', () => {
  test.for([
    ['nothing', {}],
    ['a kopeck less than the total', { paid: 239_999.99 }],
  ] as const)('a deal with %s paid asks for it [IN-G-05.1, IN-G-05.2]', async ([, more], { w }) => {
    const deal = await w.enter(stage, total, more);

    expect(await w.open(deal)).toEqual(['get-final-payment pavel 2026-02-07 09:00']);
  });

  test.for([
    ['in full', 240_000],
    ['with a kopeck too much', 240_000.01],
  ] as const)('a deal paid %s asks for the picking [IN-G-05.1, IN-G-05.5]', async ([, paid], { w }) => {
    const deal = await w.enter(stage, total, { paid });

    expect(await w.endsOf(deal, 'get-final-payment')).toEqual([]);
    expect(await w.open(deal)).toEqual(['pick-order pavel 2026-02-05 09:00']);
  });

  test('it cannot be closed while money is missing, and the remainder is shown [IN-G-05.3]', async ({
    w,
  }) => {
    const deal = await w.enter(stage, total);
    expect(await refusal(w.as('pavel').complete(deal, 'get-final-payment'))).toMatch(
      /^422 fields\.\w+: The deal is not paid in full, .*240.000.* remain\.$/,
    );

    await w.as('rita').pay(deal, 239_999);

    expect(await refusal(w.as('pavel').complete(deal, 'get-final-payment'))).toMatch(/[^\d]1[,.]00.* remain/);
    expect(await w.open(deal)).toEqual(['get-final-payment pavel 2026-02-07 09:00']);
  });

  test.for([
    ['the whole total', 140_000],
    ['more than the total', 150_000],
  ] as const)(
    'a payment that makes %s closes it by the system and asks for the picking [IN-G-05.3, IN-G-05.4, IN-G-05.5]',
    async ([, last], { w }) => {
      const deal = await w.enter(stage, total);
      await w.as('rita').pay(deal, 100_000);
      expect(await w.open(deal)).toEqual(['get-final-payment pavel 2026-02-07 09:00']);

      await w.as('rita').pay(deal, last);

      expect(await w.endsOf(deal, 'get-final-payment')).toEqual(['done by the system']);
      expect(await w.open(deal)).toEqual(['pick-order pavel 2026-02-05 09:00']);
      expect(await w.fact(deal, 'debt')).toBe(14_000_000 - last * 100);
    },
  );

  test('a total lowered to what is paid closes it as well [IN-G-05.4]', async ({ w }) => {
    const deal = await w.enter(stage, total, { paid: 200_000 });

    await w.as('pavel').change(deal, { dealTotal: 20_000_000 });

    expect(await w.endsOf(deal, 'get-final-payment')).toEqual(['done by the system']);
  });

  test('a refund counts against what is paid [IN-G-05.1]', async ({ w }) => {
    const deal = await w.enter(stage, total, { paid: 200_000 });

    await w.as('rita').pay(deal, 50_000, { kind: 'refund' });
    await w.as('rita').pay(deal, 89_999);

    expect(await w.open(deal)).toEqual(['get-final-payment pavel 2026-02-07 09:00']);
    expect(await w.fact(deal, 'paidTotal')).toBe(23_999_900);
  });
});

describe('goods ready for collection', () => {
  const ready = { ...total, contact: 'anna', deliveryTerms: 'pickup', fullyReserved: true };

  test('the client hears of them as soon as they are reserved, after the picking [IN-G-05.6, IN-G-05.7]', async ({
    w,
  }) => {
    const deal = await w.enter(
      stage,
      { ...total, contact: 'anna', deliveryTerms: 'pickup' },
      { paid: 240_000 },
    );
    await w.as('pavel').complete(deal, 'pick-order');
    await w.advanceTo('2026-02-02 12:30');
    expect(await w.letters(deal)).toEqual([]);

    await w.as('pavel').change(deal, { fullyReserved: true });

    expect(await w.letters(deal)).toEqual([`2026-02-02 12:30 goods-ready to ${anna}`]);
  });

  test('goods reserved before they are picked are told of when they are picked [IN-G-05.6, IN-G-05.7]', async ({
    w,
  }) => {
    const deal = await w.enter(stage, ready, { paid: 240_000 });
    await w.advanceTo('2026-02-02 10:00');
    expect(await w.letters(deal)).toEqual([]);

    await w.as('pavel').complete(deal, 'pick-order');

    expect(await w.letters(deal)).toEqual([`2026-02-02 10:00 goods-ready to ${anna}`]);
  });

  test.for(['carrier', 'own-delivery', undefined] as const)(
    'goods on terms %s are not for collection [IN-G-05.6, IN-G-05.7]',
    async (deliveryTerms, { w }) => {
      const deal = await w.enter(
        stage,
        { ...ready, deliveryTerms: deliveryTerms ?? null },
        { paid: 240_000 },
      );

      await w.as('pavel').complete(deal, 'pick-order');
      await w.advanceTo('2026-03-02 09:00');

      expect(await w.letters(deal)).toEqual([]);
    },
  );

  test('the letter is sent again every fourteen days [IN-G-05.8]', async ({ w }) => {
    const deal = await w.enter(stage, ready, { paid: 240_000 });
    await w.as('pavel').complete(deal, 'pick-order');

    await w.advanceTo('2026-02-16 08:59:59');
    expect(await w.letters(deal)).toHaveLength(1);

    await w.advanceTo('2026-02-16 09:00');
    expect(await w.letters(deal)).toHaveLength(2);

    await w.advanceTo('2026-03-30 09:00');
    expect(await w.letters(deal)).toEqual(
      ['2026-02-02', '2026-02-16', '2026-03-02', '2026-03-16', '2026-03-30'].map(
        (day) => `${day} 09:00 goods-ready to ${anna}`,
      ),
    );
  });

  test.for([
    ['the deal leaves the stage', 'move'],
    ['the reservation is taken back', { fullyReserved: false }],
    ['the reservation is emptied', { fullyReserved: null }],
    ['the client has them delivered', { deliveryTerms: 'carrier' }],
  ] as const)('no letter follows once %s [IN-G-05.8]', async ([, what], { w }) => {
    const deal = await w.enter(stage, ready, { paid: 240_000 });
    await w.as('pavel').complete(deal, 'pick-order');
    await w.advanceTo('2026-02-16 08:59:59');

    if (what === 'move') await w.as('pavel').move(deal, 'shipment');
    else await w.as('pavel').change(deal, what);
    await w.advanceTo('2026-04-02 09:00');

    expect(await w.letters(deal)).toHaveLength(1);
  });

  test('goods reserved anew are told of anew, and the fourteen days begin again [IN-G-05.8]', async ({
    w,
  }) => {
    const deal = await w.enter(stage, ready, { paid: 240_000 });
    await w.as('pavel').complete(deal, 'pick-order');
    await w.as('pavel').change(deal, { fullyReserved: false });
    await w.advanceTo('2026-02-05 12:00');

    await w.as('pavel').change(deal, { fullyReserved: true });
    await w.advanceTo('2026-02-19 11:59:59');
    expect(await w.letters(deal)).toHaveLength(2);
    await w.advanceTo('2026-02-19 12:00');

    expect(await w.letters(deal)).toEqual(
      ['2026-02-02 09:00', '2026-02-05 12:00', '2026-02-19 12:00'].map(
        (at) => `${at} goods-ready to ${anna}`,
      ),
    );
  });

  test.for([
    ['whose contact has no address', { contact: 'boris' }],
    ['without a contact', { contact: null }],
  ] as const)(
    'a client %s cannot be written to: the responsible hears of it each time [IN-G-05.9]',
    async ([, contact], { w }) => {
      const deal = await w.enter(stage, { ...ready, ...contact }, { paid: 240_000 });

      await w.as('pavel').complete(deal, 'pick-order');
      expect(await w.inbox('pavel')).toEqual(['2026-02-02 09:00 letter-failed']);

      await w.advanceTo('2026-02-16 09:00');
      expect(await w.inbox('pavel')).toEqual([
        '2026-02-02 09:00 letter-failed',
        '2026-02-16 09:00 letter-failed',
      ]);
      expect(await w.letters(deal)).toEqual([]);
    },
  );

  test('an address filled in between is written to at the next turn [IN-G-05.9]', async ({ w }) => {
    const deal = await w.enter(stage, { ...ready, contact: 'boris' }, { paid: 240_000 });
    await w.as('pavel').complete(deal, 'pick-order');

    await w.as('pavel').change(deal, { contact: 'anna' });
    await w.advanceTo('2026-02-16 09:00');

    expect(await w.letters(deal)).toEqual([`2026-02-16 09:00 goods-ready to ${anna}`]);
  });
});
