import { expect } from 'vitest';
import { test } from './company.ts';
import { aNamedLead } from './leads.ts';

test('a person known at one company who comes from another is one contact of both, and each deal is of its own company [CO-00.2, CO-03.1]', async ({
  w,
}) => {
  w.between.deliver = (batch) => [batch, batch];
  const first = (await w.as('yana').ask('POST', '/v1/companies', { name: 'Demo Cafe 1' })).id;
  const person = await w
    .as('yana')
    .ask('POST', '/v1/contacts', { name: 'Ирина', phone: '+79161234567', company: first });
  const lead = await aNamedLead(w);

  await w.as('denis').move(lead, 'lead-processing');
  await w.as('denis').move(lead, 'lead-converted', { requestKind: 'order', companyName: 'Demo Cafe 2' });

  const { processes } = await w.card(lead);
  const { deal } = await w.card(processes[0]?.deal ?? '');
  const second = String(deal.fields.company);
  const contact = await w.as('yana').get(`/v1/contacts/${person.id}`);
  expect(deal.fields.contact).toBe(person.id);
  expect((await w.as('yana').get(`/v1/companies/${second}`)).name).toBe('Demo Cafe 2');
  expect([contact.company, contact.companies, contact.version]).toEqual([first, [second], 2]);
  for (const company of [first, second])
    expect((await w.as('yana').get(`/v1/contacts?company=${company}`)).items).toMatchObject([
      { id: person.id },
    ]);
  const dealsOf = async (company: string) =>
    (await w.as('yana').get(`/v1/deals?pipeline=coffee-deals&company=${company}`)).items.length;
  expect([await dealsOf(first), await dealsOf(second)]).toEqual([0, 0]); // Denis's, not Yana's
  expect((await w.as('lev').get(`/v1/deals?pipeline=coffee-deals&company=${second}`)).items).toHaveLength(1);
});
