import { expect } from 'vitest';
import { lossReasons } from '../../../statemachines/packs/coffee/loss-reasons.ts';
import { refusal } from '../../world/staff.ts';
import type { World } from '../../world.ts';
import { test } from './company.ts';
import { aLeadByLetter, aLeadByPhone, aNamedLead } from './leads.ts';

/** The deal that a lead which is being processed becomes. */
const converted = async (w: World, lead: string, fields: Record<string, unknown> = {}) => {
  await w.as('denis').move(lead, 'lead-converted', { requestKind: 'order', ...fields });
  const { processes } = await w.card(lead);
  return (await w.card(processes[0]?.deal ?? '')).deal;
};
/** A lead that Denis processes. */
const aLeadInWork = async (w: World) => {
  const lead = await aNamedLead(w);
  await w.as('denis').move(lead, 'lead-processing');
  return lead;
};
const contactsBy = async (w: World, query: string) => (await w.as('yana').get(`/v1/contacts?${query}`)).items;

test('a converted lead is a deal by the same number with the same data, its client a contact, theirs a company [CO-03.1, CO-01.7, CO-00.3]', async ({
  w,
}) => {
  const lead = await aLeadByLetter(w);
  await w.as('svetlana').assign(lead, 'denis');
  await w.as('denis').move(lead, 'lead-processing');
  expect(await refusal(w.as('denis').move(lead, 'lead-converted'))).toContain('Kind of request');

  const made = await converted(w, lead, { companyName: 'Кафе Демо 1' });

  const [contact] = await contactsBy(w, 'email=oleg@cafe-demo-1.example');
  const company = await w.as('yana').get(`/v1/companies/${made.fields.company}`);
  expect(made).toMatchObject({
    pipeline: 'coffee-deals',
    stage: 'deal-new',
    number: '1',
    responsible: 'denis',
    title: 'Две кофемашины',
    fields: { contact: contact.id, requestKind: 'order', text: expect.stringContaining('две машины') },
  });
  expect(contact).toMatchObject({ name: 'Олег Зернов', company: company.id });
  expect(company.name).toBe('Кафе Демо 1');
  expect((await w.card(lead)).deal).toMatchObject({
    stage: 'lead-converted',
    outcome: 'done',
    fields: { contact: contact.id },
  });
  const next = await w
    .as('denis')
    .create({}, { pipeline: 'coffee-deals', title: 'По звонку', responsible: 'denis' });
  expect((await w.card(next)).deal.number).toBe('2');
});

test('a client and a company who are known are not made anew [CO-03.1]', async ({ w }) => {
  const company = (await w.as('yana').ask('POST', '/v1/companies', { name: 'Кафе «Зерно»' })).id;
  const known = (await w.as('yana').ask('POST', '/v1/contacts', { name: 'Ирина', phone: '+79161234567' })).id;
  const [one, other] = [await aLeadInWork(w), await aLeadInWork(w)];

  const deal = await converted(w, one, { companyName: 'КАФЕ «Зерно»' });
  const second = await converted(w, other);

  expect([deal.fields.contact, deal.fields.company, second.fields.contact]).toEqual([known, company, known]);
  expect(await contactsBy(w, 'phone=%2B79161234567')).toHaveLength(1);
});

test('a rejected lead has a reason; only the client head brings it back [CO-04.1]', async ({ w }) => {
  const lead = await aNamedLead(w);
  expect(await refusal(w.as('denis').move(lead, 'lead-rejected'))).toBe(
    '422 fields.spamReason: Fill in “Reason”',
  );

  await w.as('denis').move(lead, 'lead-rejected', { spamReason: 'spam' });

  expect(await refusal(w.as('denis').move(lead, 'new-lead'))).toContain('422');
  await w.as('svetlana').move(lead, 'new-lead');
  expect(await w.stageOf(lead)).toBe('new-lead');
});

test('whoever answers a caller finds the lead or the deal by its number, and where it stands [CO-00.3, CO-00.6]', async ({
  w,
}) => {
  const found = async (who: string, question: string) =>
    (await w.as(who).get(`/v1/search?q=${encodeURIComponent(question)}`)).items.map(
      ({ pipeline, number, stageTitle }: { pipeline: string; number: string; stageTitle: { ru: string } }) =>
        `${pipeline} ${number} ${stageTitle.ru}`,
    );
  const one = await aLeadByPhone(w, { companyName: 'Кафе Демо 1' });
  for (let n = 2; n <= 11; n += 1)
    await aLeadByPhone(w, { phone: `+7916000000${n % 10}`, clientName: 'Другой' });
  expect(await found('denis', '11')).toEqual(['coffee-leads 11 Новая заявка']);

  await w.as('svetlana').assign(one, 'denis');
  await w.as('denis').move(one, 'lead-processing');
  const deal = await converted(w, one);
  await w.as('denis').move(deal.id, 'lost', { lossReason: Object.keys(lossReasons)[0] });

  expect((await found('arkadi', '1')).slice(0, 2).sort()).toEqual([
    'coffee-deals 1 Закрыта неуспешно',
    'coffee-leads 1 Сконвертирован',
  ]);
  for (const question of ['Кафе Демо 1', '8 (916) 123-45-67', 'Ирина демина'])
    expect((await found('svetlana', question)).sort()).toEqual([
      'coffee-deals 1 Закрыта неуспешно',
      'coffee-leads 1 Сконвертирован',
    ]);
  expect(await found('yana', 'Ирина Демина')).toEqual([]); // neither hers nor nobody's
});
