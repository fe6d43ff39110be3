import { describe, expect } from 'vitest';
import { refusal } from '../../world/staff.ts';
import type { World } from '../../world.ts';
import { aCompany, aDeal, machines, test } from './company.ts';

const step = 'approve-discount';
const request = (rate: number, more: Record<string, unknown> = {}) => ({
  brand: 'brand-2',
  requestedRate: rate,
  justification: 'three cafes at once',
  ...more,
});
const begun = async (w: World) => {
  const company = await aCompany(w, 'Demo Cafe 1');
  return { company, deal: await aDeal(w, { company, items: machines }) };
};
const ofDeal = async (w: World, rate: number) => {
  const { company, deal } = await begun(w);
  return { company, deal, id: await w.as('yana').start(deal, 'coffee-discounts', request(rate)) };
};
const asked = async (w: World, id: string) => (await w.open(id)).map((line) => line.split(' ')[1]);

test.for([
  ['brand', { brand: undefined }],
  ['requestedRate', { requestedRate: undefined }],
  ['justification', { justification: undefined }],
] as const)('a request without %s is refused [CO-51.4, CO-06.2]', async ([field, more], { w }) => {
  const { deal } = await begun(w);

  expect(await refusal(w.as('yana').start(deal, 'coffee-discounts', request(12, more)))).toMatch(
    new RegExp(`^422 fields\\.${field}: `),
  );
});

test('it is asked for from a deal or from a company [CO-51.4, CO-06.2]', async ({ w }) => {
  const { company, id } = await ofDeal(w, 12);
  const alone = await w
    .as('yana')
    .create(request(4, { company }), { pipeline: 'coffee-discounts', title: 'For Demo Cafe 1' });

  expect((await w.card(id)).deal.parent?.deal).toBeDefined();
  expect(await asked(w, alone)).toEqual(['roman']);
  expect((await w.card(alone)).deal.responsible).toBe('yana');
  expect(
    await refusal(w.as('yana').create(request(400, { company }), { pipeline: 'coffee-discounts' })),
  ).toMatch(/^422 .*0 to 100/);
});

test.for([
  ['up to 5 %: the head of department', 5, ['roman']],
  ['above 5 to 15 %: then the executive director', 15, ['roman', 'arkadi']],
  ['above 15 %: then the director', 15.5, ['roman', 'arkadi', 'lev']],
] as const)('%s decides [CO-51.5]', async ([, rate, people], { w }) => {
  const { id } = await ofDeal(w, rate);

  const found: unknown[] = [];
  for (const person of people) {
    found.push(...(await asked(w, id)));
    await w.as(person).decide(id, step, 'approved');
  }

  expect(found).toEqual(people);
  expect(await w.stageOf(id)).toBe('approved');
});

test('an approver sees all of the request; a turn waits a working day, then reminds; a rejection needs a comment [CO-51.6]', async ({
  w,
}) => {
  const { id } = await ofDeal(w, 4);
  const task = await w.task(id, step);

  const { deal } = await w.as('roman').get(`/v1/deals/${id}`);
  expect(task.fields?.map((name) => deal.fields[name])).toEqual([
    expect.any(String),
    'brand-2',
    3,
    4,
    'three cafes at once',
    undefined,
  ]);
  await w.advanceTo('2026-02-03 09:00');
  expect(await w.inbox('roman')).toEqual(['2026-02-03 09:00 coffee-discount-waits']);
  expect(await refusal(w.as('roman').decide(id, step, 'rejected'))).toBe(
    '422 comment: Say why you reject it',
  );
  expect(await refusal(w.as('yana').change(id, { requestedRate: 50 }))).toMatch(/^422 .*being decided about/);
});

describe('approved by all', () => {
  test('it is written for the company, open deals are worked out anew, the manager is told [CO-51.7]', async ({
    w,
  }) => {
    w.between.deliver = (batch) => [batch, batch];
    const { company, deal, id } = await ofDeal(w, 12);
    const other = await aDeal(w, { company, items: machines });

    await w.as('roman').decide(id, step, 'approved');
    expect((await w.fact(deal, 'discounts')) as object).toMatchObject({ 'brand-2': 3 });
    await w.as('arkadi').decide(id, step, 'approved');

    for (const one of [deal, other]) expect(await w.fact(one, 'amount')).toBe(35_200_000);
    expect((await w.as('yana').get(`/v1/companies/${company}`)).extra.discounts['brand-2']).toBe(12);
    expect(await w.inbox('yana')).toEqual(['2026-02-02 09:00 coffee-discount-approved']);
    expect(await w.fact(id, 'currentRate')).toBe(3);
  });

  test('a deal goes to the approval of its invoice once no request is running [CO-06.2]', async ({ w }) => {
    const { deal, id } = await ofDeal(w, 4);
    await w.as('yana').move(deal, 'quote');

    expect(await refusal(w.as('yana').move(deal, 'invoice-approval'))).toMatch(/^422 .*still being decided/);
    await w.as('roman').decide(id, step, 'approved');
    await w.as('yana').move(deal, 'invoice-approval');
  });
});

test('rejected, nothing changes and the manager is told why [CO-51.8]', async ({ w }) => {
  const { company, deal, id } = await ofDeal(w, 12);

  await w.as('roman').decide(id, step, 'rejected', 'too much');

  expect(await w.stageOf(id)).toBe('rejected');
  expect(await w.fact(deal, 'amount')).toBe(38_800_000);
  expect((await w.as('yana').get(`/v1/companies/${company}`)).extra.discounts['brand-2']).toBe(3);
  expect((await w.told('yana')).map(({ body }) => body)).toEqual([expect.stringContaining('too much')]);
});

describe('the register', () => {
  type Line = Record<string, unknown> & { facts?: Record<string, unknown> };
  const lines = async (w: World, query = '', by = 'roman'): Promise<string[]> =>
    (await w.as(by).get(`/v1/registers/decisions?${query}`)).items.map(
      ({ purpose, result, person, approver, comment, was, is, facts }: Line) =>
        [
          purpose,
          result,
          person ?? '-',
          approver ?? 'system',
          comment ?? '-',
          was === undefined ? `${facts?.currentRate} to ${facts?.requestedRate}` : `${was} to ${is}`,
        ].join(' '),
    );

  test('has a line for whatever is decided or changed: who, when, for what, what it was, the result [CO-51.9, CO-70.1]', async ({
    w,
  }) => {
    const { company, id } = await ofDeal(w, 12);
    await w.as('roman').decide(id, step, 'approved', 'a good client');
    await w.advanceTo('2026-02-03 10:00');
    await w.as('arkadi').decide(id, step, 'approved');
    await w.as('gleb').ask('PATCH', `/v1/companies/${company}`, { extra: { discounts: { 'brand-1': 9 } } });
    await w.as('yana').ask('PATCH', `/v1/companies/${company}`, { extra: { discounts: { 'brand-3': 90 } } });

    expect(await lines(w, 'purpose=coffee-discounts')).toEqual([
      'coffee-discounts approved yana arkadi - 3 to 12',
      'coffee-discounts approved yana roman a good client 3 to 12',
    ]);
    expect((await lines(w, 'purpose=coffee-brands')).sort()).toEqual([
      'coffee-brands changed - gleb - 5 to 9',
      'coffee-brands changed - system - 3 to 12',
    ]);
  });

  test('is filtered by purpose, person, day, approver and result, a page at a time [CO-51.10, CO-70.1]', async ({
    w,
  }) => {
    const { company, id } = await ofDeal(w, 12);
    await w.as('roman').decide(id, step, 'approved');
    await w.advanceTo('2026-02-03 10:00');
    await w.as('arkadi').decide(id, step, 'rejected', 'no');
    const denis = await w
      .as('denis')
      .create(request(5, { company }), { pipeline: 'coffee-discounts', title: 'Again' });
    await w.as('roman').decide(denis, step, 'approved');

    const approved = 'coffee-discounts approved yana roman - 3 to 12';
    const rejected = 'coffee-discounts rejected yana arkadi no 3 to 12';
    const ofDenis = 'coffee-discounts approved denis roman - 3 to 5';
    const of = (query: string) => lines(w, `purpose=coffee-discounts&${query}`);
    expect((await of('')).sort()).toEqual([ofDenis, approved, rejected].sort());
    expect(await of('person=denis')).toEqual([ofDenis]);
    expect(await of('approver=arkadi')).toEqual([rejected]);
    expect(await of('result=rejected')).toEqual([rejected]);
    expect(await of('to=2026-02-02')).toEqual([approved]);
    expect((await of('from=2026-02-03')).sort()).toEqual([ofDenis, rejected].sort());
    expect(await lines(w, 'purpose=coffee-discounts', 'denis')).toEqual([ofDenis]);
    const page = await w.as('roman').get('/v1/registers/decisions?purpose=coffee-discounts&limit=2');
    const rest = await w
      .as('roman')
      .get(`/v1/registers/decisions?purpose=coffee-discounts&limit=2&cursor=${page.cursor}`);
    expect([page.items.length, rest.items.length]).toEqual([2, 1]);
    expect(await refusal(w.as('roman').get('/v1/registers/decisions?purpose=nothing'))).toMatch(
      /^400 purpose/,
    );
  });
});
