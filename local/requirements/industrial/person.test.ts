import { expect } from 'vitest';
import { local } from '../../../scripts/walkthroughs/scenario.ts';
import { walkthroughs } from '../../../scripts/walkthroughs/walkthroughs.ts';
import { worldDriver } from '../../../scripts/walkthroughs/world-driver.ts';
import { test } from './company.ts';

test('a natural person is sent a link, pays by it once, gets a part back, and is sent the parcel, line by line [IN-X-80.1, IN-X-80.2]', async ({
  w,
}) => {
  const driver = worldDriver(w);
  const { lines, begins } = walkthroughs['industrial/person'] ?? { lines: () => [], begins: '' };
  expect(begins).toBe('2026-02-02 09:00');

  for (const { at, event, play } of lines(driver)) {
    await driver.advanceTo(local('Europe/Moscow', at));
    const seen = await play().catch((error: unknown) => error);
    expect([event, seen]).toEqual([event, expect.any(String)]);
  }
});

test('a legal person is sent no link, and one by hand is paid as well [IN-X-80.2]', async ({ w }) => {
  const deal = await w.enter('picking', { dealTotal: 24_000_000, payerKind: 'legal', contact: 'anna' });
  expect((await w.card(deal)).payments).toEqual([]);

  const { payment } = await w.as('pavel').ask('POST', `/v1/deals/${deal}/payments`, {
    amount: { amount: 24_000_000, currency: 'RUB' },
    description: 'Заказ D-1',
  });
  await w.ask(payment.link);

  expect(payment).toMatchObject({ state: 'open', link: expect.stringContaining('/v1/pay/') });
  expect(payment).not.toHaveProperty('token');
});
