import { beforeEach, expect, test } from 'vitest';
import { createMemoryTable } from '../shared/table/table-memory.ts';
import { office } from '../testing/api.ts';

let at: Awaited<ReturnType<typeof office>>;
beforeEach(async () => {
  at = await office(createMemoryTable({ now: () => new Date('2026-10-01T09:00:00Z') }));
});

const names = (items: { name: string }[]) => items.map(({ name }) => name);
const add = (name: string, more: object = {}) => at.pavel.post('/v1/contacts', { name, ...more });

test('contacts are listed by name and found by phone, e-mail and company', async () => {
  await add('Яна', { phone: '+79160000001' });
  await add('Анна', { phone: '+79160000001', email: 'Anna@acme.example', company: 'acme' });
  const found = async (query: string) =>
    names((await at.pavel.get(`/v1/contacts?${query}`)).body.items).sort();

  expect(names((await at.pavel.get('/v1/contacts')).body.items)).toEqual(['Анна', 'Яна']);
  expect(await found('phone=+79160000001')).toEqual(['Анна', 'Яна']); // the plus arrives as a blank
  expect(await found('email=anna@ACME.example')).toEqual(['Анна']);
  expect(await found('company=acme')).toEqual(['Анна']);
  expect(await found('phone=%2B70000000000')).toEqual([]);
});

test('a changed phone leads to the contact, the old one no longer does, and what is left out stays', async () => {
  const { body: anna } = await add('Анна', { phone: '+79160000001', language: 'en', extra: { vip: true } });

  const changed = await at.pavel.patch(
    `/v1/contacts/${anna.id}`,
    { phone: '+79160000002' },
    { 'if-match': '1' },
  );

  expect(changed.body).toMatchObject({
    version: 2,
    language: 'en',
    extra: { vip: true },
    phone: '+79160000002',
  });
  expect((await at.pavel.get('/v1/contacts?phone=%2B79160000001')).body.items).toEqual([]);
  expect(names((await at.pavel.get('/v1/contacts?phone=%2B79160000002')).body.items)).toEqual(['Анна']);
});

test('a change of an old version is refused', async () => {
  const { body: anna } = await add('Анна');
  await at.pavel.patch(`/v1/contacts/${anna.id}`, { name: 'Анна Б.' });

  const stale = await at.pavel.patch(`/v1/contacts/${anna.id}`, { name: 'Аня' }, { 'if-match': '"1"' });

  expect([stale.status, stale.body.version]).toEqual([409, 2]);
});

test('two changes at the same instant: one is told to read again', async () => {
  const { body: anna } = await add('Анна');

  const answers = await Promise.all(
    ['А', 'Б'].map((name) => at.pavel.patch(`/v1/contacts/${anna.id}`, { name })),
  );

  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
});

test('a tax number and a guid of 1C are one company’s alone, a company keeps its own', async () => {
  const bolt = { name: 'Болт', taxNumber: '7701234567', guid1c: '0b7e8f6c-9d55-4a53-8a1f-1f2d3c4b5a69' };
  const { body: first } = await at.pavel.post('/v1/companies', bolt);

  const second = await at.pavel.post('/v1/companies', { ...bolt, name: 'Гайка' });
  const changed = await at.pavel.patch(`/v1/companies/${first.id}`, { ...bolt, name: 'Болт и Ко' });

  expect(second.status).toBe(422);
  expect(second.body.refusals.map(({ path }: { path: string }) => path)).toEqual(['taxNumber', 'guid1c']);
  expect([changed.status, changed.body.name]).toEqual([200, 'Болт и Ко']);
  expect(names((await at.pavel.get('/v1/companies?taxNumber=7701234567')).body.items)).toEqual(['Болт и Ко']);
});

test('a change leaves the debt alone that the reports keep, and who sees no money does not see it', async () => {
  const { body: bolt } = await at.pavel.post('/v1/companies', { name: 'Болт' });
  await at.table.write({ update: { pk: `COMPANY#${bolt.id}`, sk: 'COMPANY' }, set: { debtTotal: 700 } });

  await at.pavel.patch(`/v1/companies/${bolt.id}`, { name: 'Болт и Ко' });

  expect((await at.pavel.get(`/v1/companies/${bolt.id}`)).body).toMatchObject({
    name: 'Болт и Ко',
    debtTotal: 700,
  });
  expect((await at.artem.get(`/v1/companies/${bolt.id}`)).body.debtTotal).toBeUndefined();
});

test('the same POST twice with one key is one contact', async () => {
  const post = () => at.pavel.post('/v1/contacts', { name: 'Анна' }, { 'idempotency-key': 'c' });

  const [first, second] = [await post(), await post()];

  expect(second.body).toEqual(first.body);
  expect((await at.pavel.get('/v1/contacts')).body.items).toHaveLength(1);
});

test('rights are asked for each kind, and what points nowhere is refused', async () => {
  const article = { name: 'Ремень', price: 100, currency: 'RUB' };

  expect((await at.artem.post('/v1/contacts', { name: 'x' })).status).toBe(403);
  expect((await at.pavel.post('/v1/products', article)).status).toBe(403);
  expect((await at.nina.post('/v1/products', article)).body).toMatchObject({ unit: 'pcs', version: 1 });
  expect((await add('x', { company: 'none' })).status).toBe(400);
  expect((await add('x', { phone: '8 916' })).body.detail).toContain('international form');
  expect((await at.pavel.get('/v1/contacts/none')).status).toBe(404);
});
