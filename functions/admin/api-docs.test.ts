import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { Endpoint } from '../../schemas/api/endpoint.ts';
import { api } from '../../schemas/api/index.ts';

const guide = await readFile(new URL('../../docs/api.md', import.meta.url), 'utf8');
const routes = (Object.values(api) as Endpoint[]).map(({ method, path, summary }) => ({
  route: `${method} ${path}`,
  summary,
}));

test('the guide lists every route of the API with its summary, and no other', () => {
  const listed = [...guide.matchAll(/^\| `([A-Z]+ \/v1[^`]*)` \| (.*) \|$/gm)].map(
    ([, route = '', summary = '']) => ({ route, summary }),
  );

  expect(listed.sort((one, other) => one.route.localeCompare(other.route))).toEqual(
    [...routes].sort((one, other) => one.route.localeCompare(other.route)),
  );
});

test('every address in an example of the guide is one of the API', () => {
  const patterns = routes.map(({ route }) => {
    const [, path = ''] = route.split(' ');
    return new RegExp(`^${path.replace(/\{\w+\}/g, '[^/?]+')}$`);
  });
  const addresses = [...guide.matchAll(/\$API(\/v1[^\s"']*)/g)].map(
    ([, address = '']) => address.split('?')[0],
  );

  expect(addresses.length).toBeGreaterThan(8);
  expect(addresses.filter((address = '') => !patterns.some((pattern) => pattern.test(address)))).toEqual([]);
});
