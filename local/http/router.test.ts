import { expect, test } from 'vitest';
import { createRouter } from './router.ts';

const route = (spec: string) => {
  const [method = '', path = ''] = spec.split(' ');
  return { method, path };
};
const routes = [
  'GET /v1/deals',
  'POST /v1/deals',
  'GET /v1/deals/{id}',
  'GET /v1/deals/export',
  'POST /v1/deals/{deal}/move',
  'ANY /v1/webhooks/{name}',
  'POST /v1/webhooks/{name}',
  'GET /files/{path+}',
  'GET /files/index',
].map(route);

test.each<[string, string | undefined, Record<string, string>]>([
  ['GET /v1/deals', 'GET /v1/deals', {}],
  ['POST /v1/deals', 'POST /v1/deals', {}],
  ['GET /v1/deals/D-1', 'GET /v1/deals/{id}', { id: 'D-1' }],
  ['GET /v1/deals/a%2Fb%20c', 'GET /v1/deals/{id}', { id: 'a/b c' }],
  ['GET /v1/deals/export', 'GET /v1/deals/export', {}],
  ['POST /v1/deals/export/move', 'POST /v1/deals/{deal}/move', { deal: 'export' }],
  ['POST /v1/webhooks/cdek', 'POST /v1/webhooks/{name}', { name: 'cdek' }],
  ['PUT /v1/webhooks/cdek', 'ANY /v1/webhooks/{name}', { name: 'cdek' }],
  ['GET /files/a/b.txt', 'GET /files/{path+}', { path: 'a/b.txt' }],
  ['GET /files/index', 'GET /files/index', {}],
  ['GET /files/index/x', 'GET /files/{path+}', { path: 'index/x' }],
  ['GET /files', undefined, {}],
  ['GET /files/', undefined, {}],
  ['GET /v1/deals/', undefined, {}],
  ['DELETE /v1/deals', undefined, {}],
  ['GET /v1/deals/%zz', 'GET /v1/deals/{id}', { id: '%zz' }],
])('%s', (request, expected, parameters) => {
  const find = createRouter(routes);

  const [method = '', path = ''] = request.split(' ');
  const found = find(method, path);

  expect(found).toEqual(expected === undefined ? undefined : { route: route(expected), parameters });
});

test('$default takes what no other route does', () => {
  const find = createRouter([...routes, { method: 'ANY', path: '$default' }]);

  expect(find('GET', '/nowhere')?.route.path).toBe('$default');
  expect(find('GET', '/v1/deals')?.route.path).toBe('/v1/deals');
});

test('two routes of one shape are refused, and a greedy segment in the middle', () => {
  expect(() => createRouter([route('GET /a/{x}'), route('GET /a/{y}')])).toThrow('/a/{x} already takes');
  expect(() => createRouter([route('GET /a/{x+}/b')])).toThrow('has to be the last');
});
