import { describe, expect } from 'vitest';
import { refusal } from '../../world/staff.ts';
import type { World } from '../../world.ts';
import { test } from './company.ts';

const trip = {
  traveller: 'artem',
  place: 'Ufa',
  from: '2026-02-05',
  to: '2026-02-07',
  purpose: 'Diagnostics',
  amount: 1_500_000,
};
const start = async (w: World, user = 'artem') => {
  const deal = await w.enter(
    'awaiting-visit',
    { company: 'plant', workExecutor: 'artem' },
    { pipeline: 'services' },
  );
  return w.as(user).start(deal, 'trip-approval');
};

/** A trip of Artem's whose data are in. */
const asked = async (w: World, fields: Partial<typeof trip> = {}) => {
  const id = await start(w);
  await w.as('artem').complete(id, 'fill-trip-data', { ...trip, ...fields });
  return id;
};

test.for([
  ['artem', 'semyon'],
  ['pavel', 'semyon'],
] as const)('started by %s, it knows who did and their head [IN-T-01.1]', async ([user, head], { w }) => {
  const id = await start(w, user);

  const { deal } = await w.card(id);
  expect([deal.initiator, (await w.task(id, 'fill-trip-data')).creator]).toEqual([user, head]);
});

describe('the data of the trip', () => {
  test('are asked of who started it [IN-T-01.2]', async ({ w }) => {
    const id = await start(w);

    expect(await w.open(id)).toEqual(['fill-trip-data artem 2026-02-03 09:00']);
  });

  test.for(Object.keys(trip))('are not handed in without %s [IN-T-01.2]', async (missing, { w }) => {
    const id = await start(w);

    const most = { ...trip, [missing]: null };
    expect(await refusal(w.as('artem').complete(id, 'fill-trip-data', most))).toMatch(
      /^422 fields\.\w+: Fill who goes, where, from and to when, what for and how much money is needed\.$/,
    );
    expect(await w.open(id)).toEqual(['fill-trip-data artem 2026-02-03 09:00']);
  });

  test('handed in, are decided about by the head of who started it [IN-T-01.3]', async ({ w }) => {
    const id = await asked(w);

    expect(await w.open(id)).toEqual(['approve-trip semyon 2026-02-03 09:00']);
    const { deal } = await w.as('semyon').get(`/v1/deals/${id}`);
    expect(deal.fields).toEqual({ company: 'plant', ...trip });
  });

  test('are decided about by the person an administrator chose [IN-T-01.3]', async ({ w }) => {
    await w.as('admin').ask('PUT', '/v1/settings/industrial/tripApprover', { value: 'galina' });

    const id = await asked(w);

    expect(await w.open(id)).toEqual(['approve-trip galina 2026-02-03 09:00']);
  });
});

describe('a refusal', () => {
  test.for([
    ['without a reason', undefined],
    ['with a blank reason', ' '],
  ] as const)('%s is refused [IN-T-01.4]', async ([, comment], { w }) => {
    const id = await asked(w);

    expect(await refusal(w.as('semyon').decide(id, 'approve-trip', 'rejected', comment))).toBe(
      '422 comment: Say why you reject it',
    );
    expect(await w.open(id)).toEqual(['approve-trip semyon 2026-02-03 09:00']);
  });

  test('ends the process, and who started it is told why [IN-T-01.5]', async ({ w }) => {
    const id = await asked(w);
    await w.advanceTo('2026-02-02 11:00');

    await w.as('semyon').decide(id, 'approve-trip', 'rejected', 'use rail');

    const { deal } = await w.card(id);
    expect([deal.stage, deal.outcome]).toEqual(['refused', 'lost']);
    expect(await w.open(id)).toEqual([]);
    expect(w.runs(id)).toEqual([]);
    expect(await w.inbox('artem')).toEqual(['2026-02-02 11:00 trip-refused']);
    const [told] = await w.told('artem');
    expect(told?.body).toContain('use rail');
    expect(await w.inbox('rita')).toEqual([]);
  });

  test.for([
    ['artem', 'artem', 'semyon'],
    ['pavel', 'artem', 'semyon'],
    ['semyon', 'semyon', 'galina'],
  ] as const)(
    'or an approval is not for %s where %s asks [IN-T-01.3]',
    async ([user, initiator, approver], { w }) => {
      const deal = await w.enter(
        'awaiting-visit',
        { workExecutor: 'artem' },
        { pipeline: 'services', ...(initiator === 'semyon' && { responsible: 'semyon' }) },
      );
      const id = await w.as(initiator).start(deal, 'trip-approval');
      await w.as(initiator).complete(id, 'fill-trip-data', trip);

      expect(await refusal(w.as(user).decide(id, 'approve-trip', 'approved'))).toMatch(/^403 /);
      expect(await w.open(id)).toEqual([`approve-trip ${approver} 2026-02-03 09:00`]);
    },
  );
});

describe('an approval', () => {
  test('is a task of the accountant: hand out the money [IN-T-01.6]', async ({ w }) => {
    const id = await asked(w);

    await w.as('semyon').decide(id, 'approve-trip', 'approved');

    expect(await w.open(id)).toEqual(['issue-trip-cash rita 2026-02-03 09:00']);
    const cash = await w.task(id, 'issue-trip-cash');
    expect([cash.title.ru, cash.assignee]).toEqual(['Выдать ДС для командировки', 'rita']);
  });

  test('is told of to who started it, and so is the money [IN-T-01.7]', async ({ w }) => {
    const id = await asked(w);
    await w.advanceTo('2026-02-02 12:00');
    await w.as('semyon').decide(id, 'approve-trip', 'approved');
    expect(await w.inbox('artem')).toEqual(['2026-02-02 12:00 trip-approved']);

    await w.advanceTo('2026-02-02 15:00');
    await w.as('rita').complete(id, 'issue-trip-cash');

    expect(await w.inbox('artem')).toEqual([
      '2026-02-02 12:00 trip-approved',
      '2026-02-02 15:00 trip-cash-issued',
    ]);
    expect(w.runs(id)).toEqual([]);
  });
});

test('a trip withdrawn asks for nobody’s decision any more [IN-T-01.3]', async ({ w }) => {
  const id = await asked(w);

  await w.as('artem').move(id, 'withdrawn');

  expect(await w.endsOf(id, 'approve-trip')).toEqual(['stage left by artem']);
  expect((await w.as('semyon').get('/v1/desks/approvals')).items).toEqual([]);
});

test('the register of trips has every trip with its decision, by its first day; who decided, when and why is in its history [IN-T-01.8]', async ({
  w,
}) => {
  const later = await asked(w, { from: '2026-03-05', to: '2026-03-07' });
  const sooner = await asked(w);
  const open = await asked(w, { from: '2026-03-20', to: '2026-03-21' });
  await w.as('semyon').decide(later, 'approve-trip', 'approved');
  await w.as('semyon').decide(sooner, 'approve-trip', 'rejected', 'use rail');

  const { items } = await w.as('semyon').get('/v1/desks/trips');
  const rows = items.map(({ deal, stage, traveller, from, amount }: Record<string, unknown>) => [
    deal,
    stage,
    traveller,
    from,
    amount,
  ]);
  expect(rows).toEqual([
    [sooner, 'refused', 'artem', '2026-02-05', 1_500_000],
    [later, 'approved', 'artem', '2026-03-05', 1_500_000],
    [open, 'agreement', 'artem', '2026-03-20', 1_500_000],
  ]);
  const feed = await w.as('galina').get(`/v1/deals/${sooner}/feed`);
  expect(feed.items.find(({ kind }: { kind: string }) => kind === 'decision')).toMatchObject({
    at: '2026-02-02T06:00:00.000Z',
    by: { user: 'semyon' },
    data: { outcome: 'rejected', comment: 'use rail' },
  });
});
