import { expect } from 'vitest';
import { test } from './company.ts';

test('an arranged shipment becomes an order of the carrier, whose number is in the deal and in the letter [IN-X-80.1, IN-G-06.7]', async ({
  w,
}) => {
  await w.cdek({ do: 'number', next: '1234567890' });
  const deal = await w.shipped();
  expect(await w.fact(deal, 'parcel')).toBe('accepted');
  expect(await w.letters(deal)).toEqual([]);

  await w.clock.advance(10_000);

  expect(await w.fact(deal, 'trackNumber')).toBe('1234567890');
  expect(await w.letters(deal)).toEqual(['2026-02-02 09:00:01 track-number to anna@plant-demo-1.example']);
  expect(await w.open(deal)).toEqual(['confirm-delivery pavel 2026-02-12 09:00:01']);
  expect(w.held('Orders')).toEqual([
    [
      expect.stringMatching(/^D-1-1-\w{4}$/),
      '1234567890',
      'direct',
      '136',
      'Москва',
      'Новосибирск',
      'CREATED',
    ],
  ]);
});
