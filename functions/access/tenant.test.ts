import { beforeEach, expect, test } from 'vitest';
import { Pack } from '../../schemas/pack.ts';
import { industrial } from '../../statemachines/packs/industrial/index.ts';
import { configKey } from '../shared/keys.ts';
import { useTable } from '../shared/ports.ts';
import { createMemoryTable } from '../shared/table/table-memory.ts';
import { as, office } from '../testing/api.ts';

/** A second company in the same deployment: the same processes, other names. */
const other = Pack.parse(
  JSON.parse(
    JSON.stringify({ ...industrial, id: 'other' })
      .replaceAll('"pack":"industrial"', '"pack":"other"')
      .replaceAll('"pipeline":"goods"', '"pipeline":"other-goods"')
      .replaceAll('"id":"goods"', '"id":"other-goods"'),
  ),
  // one pipeline and two roles are enough
);
const neighbour: Pack = {
  ...other,
  pipelines: other.pipelines.filter(({ id }) => id === 'other-goods'),
  desks: [],
  documents: [],
  directories: [{ id: 'other-reasons', title: { ru: 'Причины', en: 'Reasons' }, entries: [] }],
  lastResort: ['other-admin'],
  roles: other.roles
    .filter(({ id }) => id === 'admin' || id === 'manager')
    .map((role) => ({ ...role, id: `other-${role.id}` as never })),
  people: [],
};

const olena = as('olena');
let at: Awaited<ReturnType<typeof office>>;
beforeEach(async () => {
  const table = createMemoryTable({ now: () => new Date('2026-10-01T09:00:00Z') });
  at = await office(table);
  useTable(table, [industrial, neighbour]);
  const put = (id: string, roles: string[]) =>
    table.write({ put: { ...configKey('user', id), row: 'user', id, name: id, roles } });
  await put('olena', ['other-admin']);
  await put('petro', ['other-manager']);
});

const deal = async (who: typeof olena, pipeline: string): Promise<string> =>
  (await who.post('/v1/deals', { pipeline, title: 'x' })).body.id;

test('an administrator of one company sees no deal, setting, directory or task of another', async () => {
  const [ours, theirs] = [await deal(at.pavel, 'goods'), await deal(olena, 'other-goods')];
  const answers = [
    await olena.get(`/v1/deals/${ours}`),
    await at.admin.get(`/v1/deals/${theirs}`),
    await olena.get('/v1/deals?pipeline=goods'),
    await olena.get('/v1/boards/goods'),
    await olena.post('/v1/deals', { pipeline: 'goods', title: 'x' }),
    await olena.get('/v1/reports/board?pipeline=goods'),
    await olena.get('/v1/tasks?assignee=pavel'),
    await olena.get('/v1/directories/loss-reasons'),
    await olena.put('/v1/settings/industrial/contractApprover', { value: 'olena' }),
    await olena.put('/v1/pipelines/goods/card', { fields: ['dealTotal'], required: {} }),
  ];
  const own = [
    await olena.get(`/v1/deals/${theirs}`),
    await olena.get('/v1/boards/other-goods'),
    await olena.get('/v1/tasks?assignee=petro'),
    await olena.get('/v1/directories/other-reasons'),
  ];

  expect(answers.map(({ status }) => status)).toEqual([404, 404, 403, 403, 403, 403, 403, 404, 404, 403]);
  expect(own.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  const settings = (await olena.get('/v1/settings')).body.items;
  expect(new Set(settings.map(({ pack }: { pack: string }) => pack))).toEqual(new Set(['other']));
});

test('roles of another company are not given, taken or changed, and a new role reaches its own company alone', async () => {
  const person = { name: 'Ines' };
  const answers = [
    await olena.put('/v1/users/ines', { ...person, roles: ['manager'] }),
    await olena.put('/v1/users/pavel', { ...person, roles: ['other-manager'] }),
    await olena.put('/v1/roles/manager', { title: { ru: 'М', en: 'M' }, grants: [] }),
    await olena.put('/v1/roles/spy', {
      title: { ru: 'М', en: 'M' },
      grants: [{ entity: 'deal', pipeline: 'goods', actions: ['view'] }],
    }),
    await olena.put('/v1/users/olena', { ...person, roles: ['other-manager'] }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403, 422]);

  await olena.put('/v1/roles/looker', {
    title: { ru: 'М', en: 'M' },
    grants: [{ entity: 'deal', actions: ['view'] }],
  });
  await olena.put('/v1/users/ines', { ...person, roles: ['looker'] });
  const seen = await Promise.all(
    ['other-goods', 'goods'].map((id) => as('ines').get(`/v1/deals?pipeline=${id}`)),
  );
  expect(seen.map(({ status }) => status)).toEqual([200, 403]);
});
