import { expect } from 'vitest';
import { refusal } from '../../world/staff.ts';
import { aCompany, aDeal, test } from './company.ts';

test('an administrator adds and hides fields of deals, companies and contacts, and only those are shown [CO-00.1]', async ({
  w,
}) => {
  const gleb = w.as('gleb');
  const fields = ['company', 'contact', 'requestKind', 'items', 'amount'];
  await gleb.ask('PUT', '/v1/pipelines/coffee-deals/card', { fields, required: { quote: ['requestKind'] } });
  const added = { machines: { title: { ru: 'Машин в парке', en: 'Machines in use' }, type: 'number' } };
  expect((await w.as('yana').get('/v1/cards/company')).shown).toEqual(['category', 'discounts']);

  await gleb.ask('PUT', '/v1/cards/company', { fields: ['machines', 'category'], added });
  await gleb.ask('PUT', '/v1/cards/contact', {
    fields: ['birthday'],
    added: { birthday: { title: { ru: 'День рождения', en: 'Birthday' }, type: 'date' } },
  });

  const { items } = await w.as('yana').get('/v1/pipelines');
  expect(items.find(({ id }: { id: string }) => id === 'coffee-deals').card).toEqual(fields);
  const deal = await aDeal(w, { contact: 'anna' });
  expect(await refusal(w.as('yana').move(deal, 'quote'))).toMatch(/^422 fields\.requestKind/);
  const card = await w.as('yana').get('/v1/cards/company');
  expect(card.shown).toEqual(['machines', 'category']);
  expect(card.fields.machines).toEqual({ ...added.machines });
  expect((await w.as('yana').get('/v1/cards/contact')).shown).toEqual(['birthday']);
  const cafe = await aCompany(w, 'Demo Cafe 1', { machines: 4 });
  expect((await w.as('yana').get(`/v1/companies/${cafe}`)).extra.machines).toBe(4);
  expect(await refusal(aCompany(w, 'Demo Cafe 2', { machines: 'four' }))).toMatch(/^400 extra\.machines/);
});

test('fields are chosen by administrators alone, and from those there are [CO-00.1]', async ({ w }) => {
  const put = (user: string, body: unknown) => w.as(user).ask('PUT', '/v1/cards/company', body);

  expect(await refusal(put('yana', { fields: ['category'] }))).toMatch(/^403 /);
  expect(await refusal(put('gleb', { fields: ['colour'] }))).toMatch(/^400 fields: no field "colour"/);
  expect(
    await refusal(
      put('gleb', { fields: [], added: { category: { title: { ru: 'а', en: 'a' }, type: 'text' } } }),
    ),
  ).toMatch(/^400 added\.category/);
  expect((await w.as('yana').get('/v1/cards/company')).shown).toEqual(['category', 'discounts']);
});
