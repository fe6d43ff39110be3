import { expect } from 'vitest';
import { type Company, test } from './company.ts';

const on = async (w: Company, who: string, desk: string, query = '') =>
  (await w.as(who).get(`/v1/desks/${desk}${query}`)).items
    .map(({ number }: { number: string }) => number)
    .sort();

test('a manager’s board has their own deals from the request to completion, the head’s has all [CL-60.1]', async ({
  w,
}) => {
  await w.begin();
  await w.as('vira').assign(await w.begin(), 'maryna');
  const board = async (who: string) => {
    const { items } = await w.as(who).get('/v1/desks/climate-sales-board');
    const { columns } = await w.as(who).get(items[0].board);
    return columns.map(({ stage, deals }: { stage: string; deals: unknown[] }) => `${stage} ${deals.length}`);
  };
  const rest = [
    'selection-needed 0',
    'reselection 0',
    'send-quote 0',
    'client-deciding 0',
    'deal-closing 0',
    'awaiting-shipment 0',
    'completed-success 0',
  ];

  expect(await board('olha')).toEqual(['new-request 1', ...rest]);
  expect(await board('taras')).toEqual(['new-request 2', ...rest]);
});

test('logistics sees what is paid and not ordered, and what is to be shipped [CL-60.4]', async ({ w }) => {
  const paid = await w.closing();
  await w.closing();
  await w.shipping();
  await w.as('nina-k').change(paid, { paymentReceivedAt: '2026-02-02' });
  expect(await on(w, 'lesia', 'climate-logistics')).toEqual(['CL-1', 'CL-3']);

  await w.as('lesia').change(paid, { order1cNumber: '7' });
  expect(await on(w, 'lesia', 'climate-logistics')).toEqual(['CL-3']);
});

test('accounting sees what is owed, and bonuses to pay; what is paid leaves the list [CL-60.5]', async ({
  w,
}) => {
  await w.closing();
  const completed = await w.completed();
  expect(await on(w, 'nina-k', 'climate-accounting')).toEqual(['CL-1', 'CL-2']);

  const { accruals } = await w.as('nina-k').get(`/v1/deals/${completed}`);
  await w.as('nina-k').ask('POST', `/v1/deals/${completed}/accruals/${accruals[0].id}/pay`, {});
  expect(await on(w, 'nina-k', 'climate-accounting')).toEqual(['CL-1']);
});

test('the service sees warranties by the day they end, those of the archive too, and nothing of the money [CL-60.6]', async ({
  w,
}) => {
  const deal = await w.completed({ warrantyStart: '2026-02-10', warrantyMonths: 1 });
  await w.completed({ warrantyStart: '2026-02-10', warrantyMonths: 36 });
  const serialNumbersFile = await w.as('lesia').upload(deal, 'serialNumbersFile', 's.pdf');
  await w.as('olha').move(deal, 'archive', { serialNumbersFile });

  const { items } = await w.as('bohdan').get('/v1/desks/climate-warranties?from=2026-02-02&to=2026-03-14');
  expect(items).toMatchObject([{ number: 'CL-1', date: '2026-03-10', person: 'olha' }]);
  expect(JSON.stringify(await w.as('bohdan').get(`/v1/deals/${deal}`))).not.toMatch(/dealTotalUsd|4860000/);
});

test('what is put aside has views of its own: on hold, archived, refused without a reason', async ({ w }) => {
  const { deal } = await w.quoted();
  await w.as('olha').move(deal, 'on-hold', { unfreezeOn: '2026-05-11' });
  const bare = await w.begin();
  await w.as('olha').move(bare, 'refused');
  expect([
    await on(w, 'olha', 'climate-on-hold'),
    await on(w, 'olha', 'climate-refused-without-reason'),
  ]).toEqual([['CL-1'], ['CL-2']]);

  await w.as('olha').change(bare, { refusalReason: 'other', refusalNote: 'x' });
  expect(await on(w, 'olha', 'climate-refused-without-reason')).toEqual([]);
  expect(await on(w, 'olha', 'climate-archive')).toEqual([]);
});

test('a deal that leaves the selection otherwise than by its result takes nothing from it [CL-00.12]', async ({
  w,
}) => {
  const deal = await w.begin();
  await w.as('olha').move(deal, 'selection-needed');
  const { processes } = await w.as('olha').get(`/v1/deals/${deal}`);
  const calculation = processes[0].deal;
  await w.as('danylo').assign(calculation, 'ihor');

  await w.as('olha').move(deal, 'refused', { refusalReason: 'other', refusalNote: 'x' });

  expect(await w.stageOf(calculation)).toBe('cancelled');
  await w.advanceTo('2026-02-10 12:00');
  expect(await w.told('ihor')).toEqual(['climate-calculation-yours']); // no rung of its ladder
  expect((await w.deal(deal)).fields.capacityKw).toBeUndefined();
});

test('what reports of deals will count is kept: stage and since when, manager, total, reason and day of a refusal', async ({
  w,
}) => {
  const deal = await w.completed();
  expect(await w.deal(deal)).toMatchObject({
    stage: 'completed-success',
    stageSince: '2026-02-02T08:00:00.000Z',
    responsible: 'olha',
    outcome: 'won',
    fields: { dealTotalUsd: 4_860_000 },
  });
  const refused = await w.begin();
  await w.as('olha').move(refused, 'refused', { refusalReason: 'expensive', refusalNote: 'x' });
  expect(await w.deal(refused)).toMatchObject({
    responsible: 'olha',
    fields: { refusalReason: 'expensive' },
    facts: { closedAt: '2026-02-02T08:00:00.000Z', outcome: 'lost' },
  });
});
