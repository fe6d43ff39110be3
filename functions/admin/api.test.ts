import { beforeEach, expect, test } from 'vitest';
import { createMemoryTable } from '../shared/table/table-memory.ts';
import { office } from '../testing/api.ts';

let at: Awaited<ReturnType<typeof office>>;
beforeEach(async () => {
  at = await office(createMemoryTable({ now: () => new Date('2026-10-01T09:00:00Z') }));
});

const ines = { name: 'Ines', roles: ['manager'], head: 'semyon' };

test('a person who is added works at once, and the audit says who added them', async () => {
  const added = await at.admin.put('/v1/users/ines', ines);

  expect(added.body).toMatchObject({ id: 'ines', language: 'ru', channels: ['app'], active: true });
  expect((await at.semyon.get('/v1/me')).body.subordinates).toContain('ines');
  const { items } = await at.table.query({ pk: 'AUDIT' });
  expect(items).toMatchObject([
    {
      by: { user: 'admin' },
      what: 'user',
      id: 'ines',
      after: { name: 'Ines' },
      at: '2026-10-01T09:00:00.000Z',
    },
  ]);
});

test.each([
  ['a role nobody knows', { ...ines, roles: ['wizard'] }, 'no role wizard'],
  ['a head nobody knows', { ...ines, head: 'ghost' }, 'nobody "ghost" works here'],
  ['themselves as head', { ...ines, head: 'ines' }, 'nobody reports to themselves'],
])('a person with %s is refused', async (_, body, wanted) => {
  const answer = await at.admin.put('/v1/users/ines', body);

  expect([answer.status, answer.body.detail]).toEqual([400, expect.stringContaining(wanted)]);
});

test('a person is not called as every object is', async () => {
  const answer = await at.admin.put('/v1/users/constructor', ines);

  expect([answer.status, answer.body.detail]).toEqual([400, expect.stringContaining('use another one')]);
});

test('the org chart has no rings', async () => {
  const answer = await at.admin.put('/v1/users/galina', {
    name: 'Галина',
    roles: ['executive'],
    head: 'pavel', // who reports to Semyon, who reports to Galina
  });

  expect(answer.status).toBe(400);
  expect(answer.body.detail).toContain('rings');
});

test('the last administrator stays: neither dismissed nor stripped of the role nor the role of its right', async () => {
  const admin = { name: 'Вера', roles: ['admin'] };
  const { body: roles } = await at.admin.get('/v1/roles');
  const { id: _, ...role } = roles.items.find(({ id }: { id: string }) => id === 'admin');

  const answers = [
    await at.admin.put('/v1/users/admin', { ...admin, active: false }),
    await at.admin.put('/v1/users/admin', { ...admin, roles: ['manager'] }),
    await at.admin.put('/v1/roles/admin', { ...role, grants: [] }),
  ];
  expect(answers.map(({ body }) => body.refusals?.[0].code)).toEqual(
    Array.from({ length: 3 }, () => 'last-administrator'),
  );

  await at.admin.put('/v1/users/ines', { ...ines, roles: ['admin'] });
  expect((await at.admin.put('/v1/users/admin', { ...admin, active: false })).status).toBe(200);
});

test('a role that hides a field hides it from the next request on', async () => {
  const { body: deal } = await at.pavel.post('/v1/deals', {
    pipeline: 'goods',
    title: 'x',
    fields: { dealTotal: 5 },
  });
  const { body: roles } = await at.admin.get('/v1/roles');
  const { id: _, ...manager } = roles.items.find(({ id }: { id: string }) => id === 'manager');

  await at.admin.put('/v1/roles/manager', { ...manager, hides: ['dealTotal'] });

  const { body: card } = await at.pavel.get(`/v1/deals/${deal.id}`);
  expect(card.deal.fields).toEqual({});
  expect(card.deal.facts.debt).toBeUndefined(); // it would give the total away
});

test('a role that names a pipeline or a field nobody knows is refused', async () => {
  const title = { ru: 'Роль', en: 'Role' };
  const grant = { entity: 'deal', pipeline: 'gods', actions: ['view'] };

  const answer = await at.admin.put('/v1/roles/clerk', { title, grants: [grant], hides: ['colour'] });

  expect(answer.status).toBe(400);
  expect(answer.body.problems).toHaveLength(2);
});

test('a setting is changed within its bounds, and counts from then on', async () => {
  const put = (id: string, value: unknown) => at.admin.put(`/v1/settings/industrial/${id}`, { value });
  const settingNow = async (id: string) =>
    (await at.admin.get('/v1/settings')).body.items.find((one: { id: string }) => one.id === id).setting
      .value;

  expect((await put('identificationTime', { unit: 'hours', amount: 6 })).status).toBe(200);
  expect(await settingNow('identificationTime')).toEqual({ unit: 'hours', amount: 6 });

  const [low, form, ghost, unknown] = [
    await put('identificationTime', { unit: 'minutes', amount: 1 }),
    await put('identificationTime', 'soon'),
    await put('productManager', 'ghost'),
    await put('colour', 1),
  ];
  expect([low.status, form.status, ghost.status, unknown.status]).toEqual([400, 400, 400, 404]);
  expect(low.body.detail).toContain('at least 15 minutes, at most 90 days');

  await put('productManager', 'nina');
  expect(await settingNow('productManager')).toBe('nina');
  await put('productManager', null);
  expect(await settingNow('productManager')).toBeUndefined();
});

test('a field that an administrator requires on a stage is required there', async () => {
  const put = (body: object) => at.admin.put('/v1/pipelines/goods/card', body);
  expect((await put({ fields: ['colour'], required: { nowhere: ['company'] } })).body.problems).toHaveLength(
    2,
  );

  await put({ fields: ['company', 'dealTotal'], required: { 'express-identification': ['contact'] } });

  const { body: deal } = await at.pavel.post('/v1/deals', { pipeline: 'goods', title: 'x' });
  const moved = await at.pavel.post(`/v1/deals/${deal.id}/move`, { to: 'express-identification' });
  expect(moved.body.refusals[0].path).toBe('fields.contact');
  const { body: pipelines } = await at.pavel.get('/v1/pipelines');
  expect(pipelines.items[0]).toMatchObject({ id: 'goods', card: ['company', 'dealTotal'] });
});

test('an entry of a directory is changed over the pack’s own', async () => {
  const title = { ru: 'Очень дорого', en: 'Far too expensive' };

  await at.admin.put('/v1/directories/loss-reasons/price', { title });
  await at.admin.put('/v1/directories/loss-reasons/weather', { title });

  const { body } = await at.pavel.get('/v1/directories/loss-reasons');
  expect(body.items[0]).toEqual({ id: 'price', title, data: {}, active: true });
  expect(body.items.at(-1).id).toBe('weather');
  expect((await at.admin.put('/v1/directories/none/x', { title })).status).toBe(404);
});

test('who has no right to settings, people or lists changes none', async () => {
  const title = { ru: 'x', en: 'x' };

  const answers = [
    await at.pavel.put('/v1/users/ines', ines),
    await at.pavel.put('/v1/roles/manager', { title, grants: [] }),
    await at.galina.put('/v1/settings/industrial/identificationTime', { value: 1 }),
    await at.pavel.put('/v1/pipelines/goods/card', { fields: ['company'] }),
    await at.pavel.put('/v1/directories/loss-reasons/price', { title }),
    await at.nina.get('/v1/users'),
  ];

  expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403, 403]);
});

test('pipelines come without fields the reader may not see, help for the reader’s roles alone', async () => {
  const { body } = await at.nina.get('/v1/pipelines');
  const { body: help } = await at.nina.get('/v1/help');

  expect(body.items.map(({ id }: { id: string }) => id)).toEqual(['goods']);
  expect(Object.keys(body.items[0].fields)).not.toContain('dealTotal');
  expect(body.items[0].worth).toBeUndefined();
  expect(body.items[0].mayCreate).toBe(false);
  expect(help.pages.map(({ role }: { role: string }) => role)).toEqual(['product-manager']);
});
