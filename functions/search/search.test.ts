import { test as base, expect } from 'vitest';
import { packOf } from '../../local/world/pack-of.ts';
import { type World, world } from '../../local/world.ts';
import type { Pack } from '../../schemas/pack.ts';
import { field, move, pipeline, t } from '../../statemachines/vocabulary/index.ts';

const title = t('Имя', 'Name');
const orders = pipeline({
  id: 'orders',
  kind: 'deal',
  title,
  prefix: '',
  start: 'open',
  fields: {
    company: field.company(title),
    contact: field.contact(title),
    street: field.text(title, { search: true }),
    secret: field.text(title, { search: true, hiddenFrom: ['manager'] }),
    note: field.text(title),
  },
  stages: {
    open: { title, aim: title, moves: [move('over', ['anyone'])] },
    over: { title, aim: title, outcome: 'done', moves: [] },
  },
});

/** Managers see their own deals and those of nobody, heads those below too, accountants all of them. */
const shop = (): Pack => {
  const pack = packOf('shop', [orders]);
  const scopes: Record<string, 'own' | 'subordinates'> = { manager: 'own', head: 'subordinates' };
  return {
    ...pack,
    roles: pack.roles.map((role) => ({
      ...role,
      grants: role.grants.map((grant) => ({ ...grant, scope: scopes[role.id] ?? grant.scope })),
    })),
  };
};

const test = base.extend<{ w: World }>({
  // biome-ignore lint/correctness/noEmptyPattern: the first argument names other fixtures, and there are none
  w: async ({}, use) => {
    const w = await world({ at: '2026-02-02 09:00', packs: [shop()] });
    await use(w);
    await w.stop();
  },
});

const finds = async (w: World, who: string, question: string): Promise<string[]> =>
  (await w.as(who).get(`/v1/search?q=${encodeURIComponent(question)}`)).items.map(
    ({ number, title: named }: { number: string; title: string }) => `${number} ${named}`,
  );
/** A client of a company of theirs. @returns what an order of them says */
const aClient = async (w: World) => {
  const galina = w.as('galina');
  const { id: company } = await galina.ask('POST', '/v1/companies', {
    name: 'Кафе Plant Demo-1',
    taxNumber: '7709000001',
  });
  const { id: contact } = await galina.ask('POST', '/v1/contacts', {
    name: 'Анна Сомова',
    email: 'anna@plant-demo-1.example',
    phone: '+79161234567',
    company,
  });
  return { company, contact };
};
const order = (w: World, named: string, fields: object = {}, responsible?: string) =>
  w.as('galina').create(
    { ...fields },
    {
      pipeline: 'orders',
      title: named,
      ...(responsible === undefined ? {} : { responsible }),
    },
  );

test('a deal is found by its number, by beginnings of its words, and by its client, all words of a question at once', async ({
  w,
}) => {
  await order(w, 'Кофемашина для кафе', { ...(await aClient(w)), street: 'ул. Лесная, 12' });
  await order(w, 'Кофемолка', { company: 'mill', note: 'лесная' });

  for (const question of [
    '1',
    'кофемаш',
    'КАФЕ кофе',
    'лесн 12',
    'plant demo-1',
    'сомова',
    'anna@plant',
    '7709000001',
    '8 916 123-45-67',
    'кофе plant',
    'сомова лесная',
  ])
    expect([question, await finds(w, 'galina', question)]).toEqual([question, ['1 Кофемашина для кафе']]);
  expect(await finds(w, 'galina', 'коф')).toEqual(['2 Кофемолка', '1 Кофемашина для кафе']);
  expect(await finds(w, 'galina', 'кофемолка plant')).toEqual([]);
});

test('what is found is what a deal says now, wherever it stands, whatever it and its client were called before', async ({
  w,
}) => {
  const { contact } = await aClient(w);
  const deal = await order(w, 'Кофемашина', { contact, street: 'Лесная' });

  await w.as('galina').change(deal, { street: 'Садовая' });
  await w.as('galina').ask('PATCH', `/v1/deals/${deal}`, { title: 'Чайник' });
  await w.as('galina').move(deal, 'over');
  await w.as('galina').ask('PATCH', `/v1/contacts/${contact}`, { name: 'Анна Берёзова' });

  expect(
    await Promise.all(['лесная', 'кофемашина', 'сомова'].map((word) => finds(w, 'galina', word))),
  ).toEqual([[], [], []]);
  expect(await w.as('galina').get('/v1/search?q=садовая+чайник+березова')).toMatchObject({
    items: [{ deal, stage: 'over', outcome: 'done', number: '1' }],
    more: false,
  });
});

test('nobody finds deals they may not see, nor anything by what is hidden from them', async ({ w }) => {
  await order(w, 'Чайник синий', { secret: 'наценка' }, 'pavel');
  await order(w, 'Чайник красный', { secret: 'наценка' }, 'semyon');
  await order(w, 'Чайник ничей');

  expect(await finds(w, 'pavel', 'чайник')).toEqual(['3 Чайник ничей', '1 Чайник синий']);
  expect(await finds(w, 'semyon', 'чайник')).toEqual([
    '3 Чайник ничей',
    '2 Чайник красный',
    '1 Чайник синий',
  ]);
  expect(await finds(w, 'pavel', 'наценка')).toEqual([]);
  expect(await finds(w, 'semyon', 'наценка')).toHaveLength(2);
});

test('a change that comes again behind a newer one is found by nothing it no longer says', async ({ w }) => {
  const held: Parameters<typeof w.deliver>[0][] = [];
  w.between.deliver = (batch) => {
    held.push(batch);
    return [batch, batch];
  };
  const deal = await order(w, 'Кофемашина', {}, 'pavel');
  await w.as('galina').ask('PATCH', `/v1/deals/${deal}`, { title: 'Чайник' });
  await w.as('galina').assign(deal, 'semyon');
  const rowsOf = async (pk: string) => (await w.table.query({ pk })).items.map(({ sk }) => sk);
  const now = await Promise.all(
    ['FIND#shop#ко', 'FIND#shop#ча', 'FIND#shop@pavel#ча', 'FIND#shop@semyon#ча'].map(rowsOf),
  );

  for (const batch of held) await w.deliver(batch);

  expect(now).toEqual([[], [`чайник#${deal}`], [], [`чайник#${deal}`]]);
  expect(
    await Promise.all(
      ['FIND#shop#ко', 'FIND#shop#ча', 'FIND#shop@pavel#ча', 'FIND#shop@semyon#ча'].map(rowsOf),
    ),
  ).toEqual(now);
});
