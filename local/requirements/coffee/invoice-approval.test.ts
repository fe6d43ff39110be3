import { describe, expect } from 'vitest';
import { handler as step } from '../../../functions/workflow/step.handler.ts';
import { refusal } from '../../world/staff.ts';
import type { World } from '../../world.ts';
import { aCompany, aDeal, machines, test } from './company.ts';

const thousand = 100_000;
const form = (amount: number, more: Record<string, unknown> = {}) => ({
  invoiceType: 'purchase',
  invoiceNumber: '55',
  amount: amount * thousand,
  ...more,
});

/** Yana's deal of a company on the stage of its invoice. */
const onInvoice = async (w: World, responsible = 'yana'): Promise<string> => {
  const deal = await aDeal(w, { company: await aCompany(w, 'Demo Cafe 1'), items: machines }, responsible);
  await w.as(responsible).move(deal, 'quote');
  await w.as(responsible).move(deal, 'invoice-approval');
  return deal;
};
const invoice = async (w: World, amount: number, more: Record<string, unknown> = {}, by = 'yana') => {
  const deal = await onInvoice(w, by);
  return { deal, id: await w.as(by).start(deal, 'coffee-invoices', form(amount, more)) };
};

const approving = 'approve-invoice';
type Line = { user: string; state: string; comment?: string; at?: string };
const sheets = async (w: World, id: string, by = 'yana'): Promise<string[][]> =>
  (await w.as(by).get(`/v1/deals/${id}/sheet`)).items.map(({ lines }: { lines: Line[] }) =>
    lines.map(({ user, state, comment }) => [user, state, ...(comment ? [comment] : [])].join(' ')),
  );
const asked = async (w: World, id: string): Promise<string[]> =>
  (await w.open(id)).map((line) => line.split(' ')[1] ?? '');

test.for([
  ['invoiceType', { invoiceType: undefined }],
  ['invoiceNumber', { invoiceNumber: undefined }],
  ['amount', { amount: undefined }],
] as const)(
  'a form without %s is refused, and nothing is started [CO-52.1]',
  async ([field, more], { w }) => {
    const deal = await onInvoice(w);

    expect(await refusal(w.as('yana').start(deal, 'coffee-invoices', form(250, more)))).toMatch(
      new RegExp(`^422 fields\\.${field}: `),
    );
    expect((await w.card(deal)).processes).toEqual([]);
  },
);

describe('who decides follows from the amount, the type and the author’s position', () => {
  test.for([
    ['100 thousand or less: nobody', 100, [], 'approved'],
    ['a kopeck more: the responsible manager, who is the author, and the head', 100.00001, ['roman']],
    ['up to a million: the same', 1000, ['roman']],
    ['above a million: the executive director after the head', 1000.00001, ['roman', 'arkadi']],
  ] as const)(
    '%s [CO-52.2, CO-52.3, CO-52.4, CO-52.5, CO-52.6, CO-52.7]',
    async ([, amount, people], { w }) => {
      const { id } = await invoice(w, amount);

      const found: string[] = [];
      for (const person of people) {
        found.push(...(await asked(w, id)));
        await w.as(person).decide(id, approving, 'approved');
      }
      expect(found).toEqual(people);
      expect(await w.stageOf(id)).toBe('approved');
    },
  );

  test('the responsible manager decides about what somebody else filled in [CO-52.4]', async ({ w }) => {
    const deal = await onInvoice(w);

    const id = await w.as('roman').start(deal, 'coffee-invoices', form(250));

    expect(await sheets(w, id)).toEqual([['yana asked', 'arkadi waiting']]);
  });

  test('limits for one type or one position are for those alone [CO-52.2]', async ({ w }) => {
    const limit = (entry: string, data: unknown) =>
      w.as('gleb').ask('PUT', `/v1/directories/coffee-invoice-limits/${entry}`, {
        title: { ru: entry, en: entry },
        data,
        active: true,
      });
    await limit('logistics', { place: 9, kinds: ['logistics'], approver: { who: 'user', user: 'svetlana' } });
    await limit('of-heads', {
      place: 8,
      positions: ['coffee-dept-head'],
      approver: { who: 'user', user: 'lev' },
    });

    const purchase = await invoice(w, 50);
    const logistics = await invoice(w, 50, { invoiceType: 'logistics' });

    expect(await w.stageOf(purchase.id)).toBe('approved');
    expect(await asked(w, logistics.id)).toEqual(['svetlana']);
    expect(await refusal(limit('broken', { place: 1, approver: { who: 'nobody' } }))).toMatch(
      /^400 data\.approver/,
    );
  });
});

describe('people whom the author adds', () => {
  test('come last, unless the author says another order; the author’s own turn is passed over [CO-52.8, CO-52.13]', async ({
    w,
  }) => {
    const last = await invoice(w, 250, { extraApprovers: ['gleb', 'svetlana'] });
    const first = await invoice(w, 250, {
      extraApprovers: ['gleb', 'svetlana'],
      approvalOrder: ['svetlana', 'roman'],
    });

    expect(await sheets(w, last.id)).toEqual([
      ['yana skipped', 'roman asked', 'gleb waiting', 'svetlana waiting'],
    ]);
    expect(await sheets(w, first.id)).toEqual([
      ['svetlana asked', 'roman waiting', 'yana skipped', 'gleb waiting'],
    ]);
  });

  test('are asked of small invoices as well, and once who is found twice [CO-52.7, CO-52.8]', async ({
    w,
  }) => {
    const small = await invoice(w, 10, { extraApprovers: ['gleb'] });
    const twice = await invoice(w, 250, { extraApprovers: ['roman'] });

    expect(await asked(w, small.id)).toEqual(['gleb']);
    await w.as('roman').decide(twice.id, approving, 'approved');
    expect(await w.stageOf(twice.id)).toBe('approved');
  });
});

test('they are asked strictly one after another, and each sees what was said before [CO-52.9]', async ({
  w,
}) => {
  const { id } = await invoice(w, 2000, { extraApprovers: ['gleb'] });
  expect(await asked(w, id)).toEqual(['roman']);
  expect(await refusal(w.as('arkadi').decide(id, approving, 'approved'))).toMatch(/^40[34] /);

  await w.as('roman').decide(id, approving, 'approved', 'take it from stock first');
  expect(await asked(w, id)).toEqual(['arkadi']);
  expect((await w.task(id, approving)).about).toBe('Роман Белых: take it from stock first');
  await w.as('arkadi').decide(id, approving, 'approved', 'agreed');
  expect((await w.task(id, approving)).about).toBe(
    'Роман Белых: take it from stock first\nАркадий Лебедев: agreed',
  );
  await w.as('gleb').decide(id, approving, 'approved');

  expect(await w.stageOf(id)).toBe('approved');
  expect(await sheets(w, id)).toEqual([
    ['yana skipped', 'roman approved take it from stock first', 'arkadi approved agreed', 'gleb approved'],
  ]);
  expect(w.runs(id)).toHaveLength(1); // the accountant's
});

test('a working day a turn: then whoever is asked is reminded, once [CO-52.9]', async ({ w }) => {
  await w.advanceTo('2026-02-06 11:00'); // a Friday
  const { id } = await invoice(w, 2000);
  await w.advanceTo('2026-02-09 10:59');
  expect(await w.inbox('roman')).toEqual([]);

  await w.advanceTo('2026-02-09 12:00');
  expect(await w.inbox('roman')).toEqual(['2026-02-09 11:00 coffee-invoice-waits']);
  await w.as('roman').decide(id, approving, 'approved');
  await w.advanceTo('2026-02-10 11:59');
  expect(await w.inbox('arkadi')).toEqual([]);
  await w.advanceTo('2026-02-11 12:00');
  expect(await w.inbox('arkadi')).toEqual(['2026-02-10 12:00 coffee-invoice-waits']);
  expect(await w.inbox('roman')).toHaveLength(1);
});

test('a call of the step that is made twice, and news told twice, ask nobody twice [CO-52.9]', async ({
  w,
}) => {
  w.between.deliver = (batch) => [batch, batch];
  w.between.afterStep = async (payload) => void (await step(payload));
  const { id } = await invoice(w, 2000);

  await w.as('roman').decide(id, approving, 'approved');
  await w.as('arkadi').decide(id, approving, 'approved');

  expect((await w.tasks(id)).map((task) => `${task.step} ${task.assignee} ${task.status}`)).toEqual([
    'approve-invoice roman done',
    'approve-invoice arkadi done',
    'pay-invoice tamara open',
  ]);
  expect(await sheets(w, id)).toHaveLength(1);
});

describe('a rejection', () => {
  test('needs a comment, stops the queue and is told of to the author; the deal stays [CO-52.10, CO-07.2]', async ({
    w,
  }) => {
    const { deal, id } = await invoice(w, 2000);

    expect(await refusal(w.as('roman').decide(id, approving, 'rejected'))).toBe(
      '422 comment: Say why you reject it',
    );
    await w.as('roman').decide(id, approving, 'rejected', 'wrong payee');

    expect(await w.stageOf(id)).toBe('returned');
    expect(await w.open(id)).toEqual([]);
    expect(await sheets(w, id)).toEqual([['yana skipped', 'roman rejected wrong payee', 'arkadi waiting']]);
    expect((await w.told('yana')).map(({ body }) => body)).toEqual([expect.stringContaining('wrong payee')]);
    expect(await w.stageOf(deal)).toBe('invoice-approval');
  });

  test('may be mended by the author, and the queue begins from its first [CO-52.10, CO-52.12]', async ({
    w,
  }) => {
    const { id } = await invoice(w, 2000);
    await w.as('roman').decide(id, approving, 'approved');
    await w.as('arkadi').decide(id, approving, 'rejected', 'split it');

    await w.as('yana').change(id, { amount: 900 * thousand });
    await w.as('yana').move(id, 'approval');

    expect(await sheets(w, id)).toEqual([
      ['yana skipped', 'roman asked'],
      ['yana skipped', 'roman approved', 'arkadi rejected split it'],
    ]);
    await w.as('roman').decide(id, approving, 'approved');
    expect(await w.stageOf(id)).toBe('approved');
  });
});

test('an approved invoice is paid by the accountant and moves its deal on, once [CO-52.11, CO-07.1, CO-07.2]', async ({
  w,
}) => {
  w.between.deliver = (batch) => [batch, batch];
  const { deal, id } = await invoice(w, 250);

  await w.as('roman').decide(id, approving, 'approved');

  expect(await w.open(id)).toEqual(['pay-invoice tamara 2026-02-03 09:00']);
  expect(await w.stageOf(deal)).toBe('awaiting-payment');
  expect((await w.card(deal)).deal.seq).toBe(4);
  await w.as('tamara').complete(id, 'pay-invoice');
  expect(await w.open(id)).toEqual([]);
});

describe('while it is being decided about', () => {
  test('what it says cannot be changed, and a table changed meanwhile is for the next start [CO-52.9]', async ({
    w,
  }) => {
    const { id } = await invoice(w, 2000);
    await w.as('gleb').ask('PUT', '/v1/directories/coffee-invoice-limits/exec-director', {
      title: { ru: 'Больше миллиона', en: 'Above a million' },
      data: { place: 3, above: 500_000_000, approver: { who: 'role', role: 'coffee-director' } },
      active: true,
    });

    expect(await refusal(w.as('yana').change(id, { amount: 100 }))).toMatch(/^422 .*being decided about/);
    await w.as('roman').decide(id, approving, 'approved');

    expect(await asked(w, id)).toEqual(['arkadi']);
    await w.as('arkadi').decide(id, approving, 'rejected', 'later');
    await w.as('yana').move(id, 'approval');
    expect(await sheets(w, id)).toContainEqual(['yana skipped', 'roman asked']);
  });

  test('approving twice is once; somebody else’s, or after a withdrawal, is refused [CO-52.9]', async ({
    w,
  }) => {
    const { id } = await invoice(w, 2000);
    const { id: task } = await w.task(id, approving);
    const approve = (user: string) =>
      w.as(user).ask('POST', `/v1/tasks/${task}/decide`, { decision: 'approved' });

    for (const other of ['yana', 'denis', 'arkadi', 'gleb'])
      expect(await refusal(approve(other))).toMatch(/^40[34] /);
    await Promise.all([approve('roman'), approve('roman')]);
    await approve('roman');
    expect(await asked(w, id)).toEqual(['arkadi']);

    const { id: next } = await w.task(id, approving);
    await w.as('yana').move(id, 'withdrawn');
    expect(
      await refusal(w.as('arkadi').ask('POST', `/v1/tasks/${next}/decide`, { decision: 'approved' })),
    ).toMatch(/^422 task: /);
    expect(await sheets(w, id)).toEqual([['yana skipped', 'roman approved', 'arkadi cancelled']]);
    expect(w.runs(id)).toEqual([]);
  });

  test('a turn that is given to somebody else is theirs, and so is its reminder [CO-52.9]', async ({ w }) => {
    const { id } = await invoice(w, 2000);
    const { id: task } = await w.task(id, approving);

    await w.as('roman').ask('POST', `/v1/tasks/${task}/reassign`, { assignee: 'svetlana' });

    await w.advanceTo('2026-02-03 09:00');
    expect([await w.inbox('roman'), await w.inbox('svetlana')]).toEqual([
      [],
      ['2026-02-03 09:00 coffee-invoice-waits'],
    ]);
    await w.as('svetlana').decide(id, approving, 'approved');
    const { items } = await w.as('yana').get(`/v1/deals/${id}/sheet`);
    expect(items[0].lines[1]).toMatchObject({ user: 'roman', by: 'svetlana', state: 'approved' });
    expect(await asked(w, id)).toEqual(['arkadi']);
  });

  test('someone who has left is stood in for by the head [CO-52.3]', async ({ w }) => {
    const roman = (await w.as('gleb').get('/v1/users')).items.find(
      ({ id }: { id: string }) => id === 'roman',
    );
    await w.as('gleb').ask('PUT', '/v1/users/roman', { ...roman, id: undefined, active: false });

    const { id } = await invoice(w, 250);

    expect(await asked(w, id)).toEqual(['arkadi']);
  });
});
