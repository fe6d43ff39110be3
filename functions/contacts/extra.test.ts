import { beforeEach, expect, test } from 'vitest';
import type { Pack } from '../../schemas/pack.ts';
import { lint } from '../../statemachines/lint/lint.ts';
import { industrial } from '../../statemachines/packs/industrial/index.ts';
import { field, t } from '../../statemachines/vocabulary/index.ts';
import { useTable } from '../shared/ports.ts';
import { createMemoryTable } from '../shared/table/table-memory.ts';
import { office } from '../testing/api.ts';

const branches = { cafe: t('Кафе', 'Cafe'), plant: t('Завод', 'Plant') };
const cards = {
  company: {
    branch: field.enumeration(t('Отрасль', 'Branch'), branches),
    likes: field.several(t('Что любят', 'Likes'), branches),
    since: field.date(t('Клиент с', 'Client since')),
    limit: field.money(t('Лимит', 'Limit'), 'RUB', { hiddenFrom: ['manager'] }),
    rank: field.number(t('Место', 'Rank'), { system: true }),
  },
  contact: { birthday: field.date(t('День рождения', 'Birthday')) },
} as Pack['cards'];
const pack: Pack = { ...industrial, cards };

let at: Awaited<ReturnType<typeof office>>;
beforeEach(async () => {
  const table = createMemoryTable({ now: () => new Date('2026-10-01T09:00:00Z') });
  at = await office(table);
  useTable(table, [pack]);
});

test('typed fields of a card are read by their type, and what is left out stays', async () => {
  const first = await at.admin.patch('/v1/companies/acme', {
    extra: { branch: 'cafe', likes: ['cafe', 'plant'], note: 'by the river' },
  });
  const second = await at.admin.patch('/v1/companies/acme', {
    extra: { since: '2026-02-11', branch: null, limit: 100 },
  });
  const anna = await at.pavel.post('/v1/contacts', { name: 'Анна', extra: { birthday: '1990-05-01' } });

  expect(first.body.extra).toEqual({ branch: 'cafe', likes: ['cafe', 'plant'], note: 'by the river' });
  expect(second.body.extra).toEqual({
    likes: ['cafe', 'plant'],
    note: 'by the river',
    since: '2026-02-11',
    limit: 100,
  });
  expect(anna.body.extra).toEqual({ birthday: '1990-05-01' });
});

test.for([
  [{ branch: 'bakery' }, 400, /extra\.branch: given "bakery"; would do: one of cafe, plant/],
  [{ since: 'spring' }, 400, /extra\.since: .* a day such as/],
  [{ rank: 3 }, 400, /extra\.rank: .* the system alone writes it/],
  [{ note: ['a', 'b'] }, 400, /extra\.note: .* a text, a number, true or false/],
] as const)('%j on a card is refused with what would do', async ([extra, status, detail]) => {
  const refused = await at.admin.patch('/v1/companies/acme', { extra });

  expect([refused.status, refused.body.detail]).toEqual([status, expect.stringMatching(detail)]);
  expect((await at.admin.get('/v1/companies/acme')).body.extra).toEqual({});
});

test('a field hidden from a role is neither seen nor written by it, in the card, the list or an answer', async () => {
  await at.admin.patch('/v1/companies/acme', { extra: { limit: 500, branch: 'plant' } });

  const written = await at.pavel.patch('/v1/companies/acme', { extra: { limit: 1 } });
  const changed = await at.pavel.patch('/v1/companies/acme', { extra: { branch: 'cafe' } });

  expect(written.status).toBe(403);
  expect(changed.body.extra).toEqual({ branch: 'cafe' });
  expect((await at.pavel.get('/v1/companies/acme')).body.extra).toEqual({ branch: 'cafe' });
  expect((await at.pavel.get('/v1/companies')).body.items[0].extra).toEqual({ branch: 'cafe' });
  expect((await at.admin.get('/v1/companies/acme')).body.extra).toEqual({ limit: 500, branch: 'cafe' });
});

test('a contact is found at each of its companies, and one that is not there is named', async () => {
  await at.pavel.post('/v1/companies', { name: 'Болт' }, { 'idempotency-key': 'bolt' });
  const { body: bolt } = await at.pavel.post(
    '/v1/companies',
    { name: 'Болт' },
    { 'idempotency-key': 'bolt' },
  );
  const { body: anna } = await at.pavel.post('/v1/contacts', {
    name: 'Анна',
    company: 'acme',
    companies: [bolt.id, 'acme', bolt.id],
  });
  const at_ = async (company: string) =>
    (await at.pavel.get(`/v1/contacts?company=${company}`)).body.items.map(
      ({ name }: { name: string }) => name,
    );

  expect(anna.companies).toEqual([bolt.id]);
  expect(await at_('acme')).toEqual(['Анна']);
  expect(await at_(bolt.id)).toEqual(['Анна']);
  const refused = await at.pavel.patch(`/v1/contacts/${anna.id}`, { companies: [bolt.id, 'nowhere'] });
  expect([refused.status, refused.body.detail]).toEqual([
    400,
    expect.stringMatching(/companies\.1: no company "nowhere"/),
  ]);
  await at.pavel.patch(`/v1/contacts/${anna.id}`, { companies: [] });
  expect(await at_(bolt.id)).toEqual([]);
});

test('a card has fields of plain types, and roles that are there', () => {
  const hidden = { company: { branch: { ...field.text(t('Отрасль', 'Branch')), hiddenFrom: ['nobody'] } } };

  const findings = lint({ ...pack, cards: hidden as Pack['cards'] });

  expect(findings.map(({ path, message }) => `${path}: ${message}`)).toEqual([
    expect.stringMatching(/cards company branch: "nobody" is no role/),
  ]);
});
