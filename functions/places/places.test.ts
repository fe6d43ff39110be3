import { expect, test } from 'vitest';
import { gazetteer } from './gazetteer.ts';
import { locate } from './locate.ts';
import { distanceKm, inOrder, lengthKm, mapLink } from './route.ts';

const fields = { address: { type: 'address', title: { ru: 'Адрес', en: 'Address' } } } as const;

test('an address typed is suggested, picked by its place and found alone by its words', async () => {
  const [first] = await gazetteer.suggest('12 Test');
  expect(first).toEqual({ text: '12 Test Street, Kyiv', lat: 50.4545, lng: 30.5278, place: 'test-12' });
  expect((await gazetteer.suggest('Kyiv')).map(({ place }) => place)).toHaveLength(4);
  expect([
    await gazetteer.suggest('12'),
    await gazetteer.suggest('999 Test'),
    await gazetteer.find('moon-1'),
  ]).toEqual([[], [], undefined]);

  const written = async (address: unknown) => (await locate({ address } as never, { fields })).address;
  expect(await written('12 Test Street')).toEqual({ ...first, text: '12 Test Street' });
  expect(await written({ text: 'the blue gate', place: 'test-12' })).toEqual({
    ...first,
    text: 'the blue gate',
  });
  expect(await written({ text: 'nowhere', lat: 1, lng: 2 })).toEqual({ text: 'nowhere', lat: 1, lng: 2 });
  expect(await written('behind the station')).toEqual({ text: 'behind the station' });
  await expect(written({ text: 'x', place: 'moon-1' })).rejects.toThrow('no place "moon-1"');
});

test('a way goes to the nearest next, never crosses itself for nothing, and begins where it was asked to', () => {
  const at = (lng: number, lat = 50) => ({ lat, lng });
  const places = [at(30), at(33), at(31), at(32), at(30.5, 50.01)];

  const way = inOrder(places);

  expect(way.map(({ lng }) => lng)).toEqual([30, 30.5, 31, 32, 33]);
  expect(lengthKm(way)).toBeLessThan(lengthKm(places));
  expect(Math.round(distanceKm({ lat: 50.4501, lng: 30.5234 }, { lat: 49.8419, lng: 24.0315 }))).toBe(467);
  expect(mapLink(way.slice(0, 3))).toContain('origin=50%2C30&destination=50%2C31&waypoints=50.01%2C30.5');
  expect([inOrder([]), mapLink([at(1)])]).toEqual([[], '']);
});
