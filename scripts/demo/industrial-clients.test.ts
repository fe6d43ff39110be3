import { expect, test } from 'vitest';
import { linesOf } from '../../local/integrations/pages/lines.ts';
import { world } from '../../local/world.ts';
import { worldDriver } from '../walkthroughs/world-driver.ts';
import { playClients } from './industrial-clients.ts';
import { tourOf } from './tour.ts';

test('the tour leads to a client who has not paid yet and one whose parcel the carrier has', async () => {
  const w = await world({ at: '2026-02-02 08:00' });
  const driver = worldDriver(w);

  const made = await playClients(driver, new Date('2026-02-16T09:00:00Z'));
  const tour = await tourOf(driver);

  expect(made).toEqual(['G-2 picking', 'G-1 shipment']);
  expect(linesOf((await w.ask(tour?.pay ?? '')).text)).toEqual(
    expect.arrayContaining(['42 900,00 ₽', 'Оплатить']),
  );
  expect(linesOf((await w.ask(tour?.parcel ?? '')).text)).toEqual(
    expect.arrayContaining(['Доставка', 'Оформлена в СДЭК', 'История доставки']),
  );
  await w.stop();
});
