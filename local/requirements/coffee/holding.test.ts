import { describe, expect } from 'vitest';
import { refusal } from '../../world/staff.ts';
import type { World } from '../../world.ts';
import { aCompany, test } from './company.ts';

const cafes = (w: World, count: number): Promise<string[]> =>
  Promise.all(Array.from({ length: count }, (_, n) => aCompany(w, `Demo Cafe ${n + 1}`)));

const link = (w: World, company: string, ...companies: string[]) =>
  w.as('denis').ask('POST', `/v1/companies/${company}/links`, { companies });
const unlink = (w: World, company: string, other: string) =>
  w.as('denis').ask('DELETE', `/v1/companies/${company}/links/${other}`);

type Linked = { name: string; holdingRole?: string };
const linkedTo = async (w: World, company: string): Promise<string[]> =>
  ((await w.as('yana').get(`/v1/companies/${company}`)).linkedCompanies ?? []).map(
    ({ name, holdingRole }: Linked) => name.slice(-1) + (holdingRole ? ` ${holdingRole}` : ''),
  );
const all = (w: World, companies: readonly string[]) =>
  Promise.all(companies.map((company) => linkedTo(w, company)));

describe('companies named in one card', () => {
  test('show in the cards of all others of the holding [CO-54.1]', async ({ w }) => {
    const [one = '', two = '', three = ''] = await cafes(w, 3);

    const answer = await link(w, one, two, three);

    expect(answer.linkedCompanies.map(({ name }: Linked) => name)).toEqual(['Demo Cafe 2', 'Demo Cafe 3']);
    expect(await all(w, [one, two, three])).toEqual([
      ['2', '3'],
      ['1', '3'],
      ['1', '2'],
    ]);
  });

  test('are written only where a link is missing, and none is linked with itself [CO-54.2]', async ({
    w,
  }) => {
    const [one = '', two = ''] = await cafes(w, 2);
    await link(w, one, two);
    const before = w.table.calls.writes + w.table.calls.transactions;

    await link(w, two, one, two);
    await link(w, one, one);

    expect(w.table.calls.writes + w.table.calls.transactions).toBe(before);
    expect(await all(w, [one, two])).toEqual([['2'], ['1']]);
    expect(await refusal(link(w, one, 'nowhere'))).toMatch(/^400 companies: no company "nowhere"/);
  });

  test('of another holding join both holdings into one [CO-54.2]', async ({ w }) => {
    const [one = '', two = '', three = '', four = ''] = await cafes(w, 4);
    await link(w, one, two);
    await link(w, three, four);

    await link(w, two, three);

    expect(await all(w, [one, four])).toEqual([
      ['2', '3', '4'],
      ['1', '2', '3'],
    ]);
  });
});

test('a company taken out in one card is out of all, its mark with it; the last two part [CO-54.3]', async ({
  w,
}) => {
  const [one = '', two = '', three = ''] = await cafes(w, 3);
  await link(w, one, two, three);
  await w.as('denis').ask('PATCH', `/v1/companies/${two}`, { holdingRole: 'head' });

  await unlink(w, one, two);
  await unlink(w, one, two);

  expect(await all(w, [one, two, three])).toEqual([['3'], [], ['1']]);
  expect((await w.as('yana').get(`/v1/companies/${two}`)).holdingRole).toBeUndefined();
  await unlink(w, three, one);
  expect(await all(w, [one, two, three])).toEqual([[], [], []]);
});

test('head and subsidiary are marked in all cards [CO-54.4]', async ({ w }) => {
  const [one = '', two = '', three = ''] = await cafes(w, 3);
  await link(w, one, two, three);

  await w.as('denis').ask('PATCH', `/v1/companies/${one}`, { holdingRole: 'head' });
  await w.as('denis').ask('PATCH', `/v1/companies/${two}`, { holdingRole: 'subsidiary' });
  await w.as('denis').ask('PATCH', `/v1/companies/${three}`, { holdingRole: 'head' });
  await w.as('denis').ask('PATCH', `/v1/companies/${three}`, { holdingRole: null });

  expect(await all(w, [one, two, three])).toEqual([
    ['2 subsidiary', '3'],
    ['1 head', '3'],
    ['1 head', '2 subsidiary'],
  ]);
});

test('cards of one holding written at the same instant all count [CO-54.2, CO-54.3]', async ({ w }) => {
  const [one = '', two = '', three = '', four = '', five = ''] = await cafes(w, 5);

  await Promise.all([link(w, one, two), link(w, three, two), link(w, four, five), link(w, five, one)]);
  expect(await linkedTo(w, one)).toEqual(['2', '3', '4', '5']);

  await Promise.all([unlink(w, one, two), link(w, three, four), unlink(w, five, four)]);
  const left = await all(w, [one, three, five]);
  expect(left.every((names) => !names.includes('2'))).toBe(true);
  // Every card says the same of every other, whoever was first.
  const cards = await all(w, [one, two, three, four, five]);
  for (const [at, names] of cards.entries())
    for (const name of names) expect(cards[Number(name) - 1]).toContain(`${at + 1}`);
});

test('a contact shows any number of companies it is connected with, and is found at each [CO-00.2]', async ({
  w,
}) => {
  const [one = '', two = '', three = ''] = await cafes(w, 3);
  const { id } = await w
    .as('yana')
    .ask('POST', '/v1/contacts', { name: 'Вера Лунёва', company: one, companies: [two, three] });

  expect((await w.as('yana').get(`/v1/contacts/${id}`)).companies).toEqual([two, three]);
  for (const company of [one, two, three])
    expect((await w.as('yana').get(`/v1/contacts?company=${company}`)).items).toMatchObject([{ id }]);
});
