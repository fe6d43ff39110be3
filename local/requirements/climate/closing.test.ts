import { expect } from 'vitest';
import { refusal } from '../../world/staff.ts';
import { test } from './company.ts';

test('the deal is closed by its manager or heads alone; the logist hears of it and watches [CL-06.1, CL-06.2, CL-06.3]', async ({
  w,
}) => {
  const { deal } = await w.quoted();
  await w.as('olha').move(deal, 'client-deciding');
  expect(await refusal(w.as('lesia').move(deal, 'deal-closing'))).toMatch(/^404/);
  await w.as('olha').move(deal, 'deal-closing');

  expect(await w.told('lesia')).toEqual(['deal-closing']);
  expect((await w.deal(deal)).watchers).toEqual(['lesia']);
  expect((await w.as('lesia').get(`/v1/deals/${deal}`)).deal.id).toBe(deal);
});

test.for<[string, object, readonly string[], readonly string[]]>([
  ['the invoice', { invoiceIssued: true }, ['olha', 'nina-k', 'lesia', 'taras', 'vira'], ['yurii']],
  [
    'the contract',
    { contractState: 'not-required' },
    ['olha', 'yurii', 'taras', 'vira'],
    ['lesia', 'nina-k'],
  ],
  ['the payment', { paymentReceived: true }, ['nina-k', 'taras', 'vira'], ['olha', 'lesia', 'yurii']],
])(
  '%s is ticked by those it is for, and the history says who [CL-06.4, CL-06.5, CL-06.7]',
  async ([, fields, may, mayNot], { w }) => {
    const deal = await w.closing();
    for (const who of mayNot)
      expect(await refusal(w.as(who).change(deal, fields as never))).toMatch(/^40[34]/);
    const [id = ''] = Object.keys(fields);
    for (const who of may) {
      await w.as('vira').change(deal, { [id]: null });
      await w.as(who).change(deal, fields as never);
      expect((await w.card(deal)).deal.changedBy).toEqual({ user: who });
    }
  },
);

test('a contract that is ready has its file; one that is not required needs none [CL-06.6]', async ({
  w,
}) => {
  const deal = await w.closing();
  expect(await refusal(w.as('yurii').change(deal, { contractState: 'ready' }))).toContain(
    'attach the contract file',
  );
  const contractFile = await w.as('yurii').upload(deal, 'contractFile', 'contract.pdf');
  await w.as('yurii').change(deal, { contractState: 'ready', contractFile });
  expect(await refusal(w.as('yurii').change(deal, { contractFile: null }))).toContain(
    'attach the contract file',
  );
  await w.as('yurii').change(deal, { contractState: 'not-required', contractFile: null });
});

test('income counts at once in both currencies, and the manager and the logist hear of it [CL-06.8, CL-52.1, CL-52.2, CL-52.4, CL-07.7]', async ({
  w,
}) => {
  const deal = await w.closing();
  for (const who of ['olha', 'lesia', 'yurii'])
    expect(await refusal(w.income(deal, 1, {}, who))).toMatch(/^403/);
  await w.income(deal, 1_000_000);
  const totals = async () => {
    const { facts } = await w.deal(deal);
    return [facts.receivedUah, facts.receivedUsd];
  };
  expect(await totals()).toEqual([100_000_000, 2_409_639]);
  await w.income(deal, 100, { converted: { amount: 300, currency: 'USD' } }, 'taras'); // the rate may be overruled
  expect(await totals()).toEqual([100_010_000, 2_409_939]);

  await w.as('olha').move(deal, 'awaiting-shipment', w.papers);
  await w.income(deal, 415, {}, 'vira');
  const heard = async (who: string) =>
    (await w.told(who)).filter((text) => text === 'payment-arrived').length;
  expect([await heard('olha'), await heard('lesia')]).toEqual([3, 3]);
});

test('a wrong entry is taken back by another, and totals go down [CL-52.3]', async ({ w }) => {
  const deal = await w.closing();
  const { entry } = await w.income(deal, 830);
  await w.income(deal, 415, { corrects: entry.id });
  const { facts } = await w.deal(deal);
  expect([facts.receivedUah, facts.receivedUsd]).toEqual([41_500, 1_000]);
  const { items } = await w.as('nina-k').get(`/v1/deals/${deal}/ledger`);
  expect(items).toHaveLength(2);
});

test('a new day of payment is told the manager, and the logist is to order the goods; the history has both days [CL-06.9, CL-06.10, CL-06.11]', async ({
  w,
}) => {
  const deal = await w.closing();
  await w.as('nina-k').change(deal, { paymentReceivedAt: '2026-02-03' });
  expect([(await w.told('olha')).sort(), (await w.told('lesia')).sort()]).toEqual([
    ['payment-dated'],
    ['deal-closing', 'order-goods'],
  ]);
  const { items } = await w.as('lesia').get('/v1/inbox');
  expect(items.find(({ text }: { text: string }) => text === 'order-goods').body).toContain(
    'есть оплата и нужно заказать товар',
  );

  await w.as('nina-k').change(deal, { paymentReceivedAt: '2026-02-04' });
  expect((await w.told('lesia')).filter((text) => text === 'order-goods')).toHaveLength(2);
  const { items: feed } = await w.as('olha').get(`/v1/deals/${deal}/feed?limit=200`);
  const days = feed.flatMap(({ by, data }: { by: object; data: { paymentReceivedAt?: unknown } }) =>
    data.paymentReceivedAt === undefined ? [] : [[by, data.paymentReceivedAt]],
  );
  expect(days).toEqual([
    [{ user: 'nina-k' }, ['2026-02-03', '2026-02-04']],
    [{ user: 'nina-k' }, [null, '2026-02-03']],
  ]);
});

test('number and total of the order in 1C are the logist’s and the manager’s to enter, by hand [CL-06.12, CL-06.13]', async ({
  w,
}) => {
  const deal = await w.closing();
  expect(await refusal(w.as('nina-k').change(deal, { order1cNumber: '1' }))).toMatch(/^403/);
  await w.as('lesia').change(deal, { order1cNumber: '000123', dealTotalUsd: 4_860_000 });
  await w.as('olha').change(deal, { contractState: 'not-required' });
  await w.as('lesia').move(deal, 'awaiting-shipment');
  expect(await w.stageOf(deal)).toBe('awaiting-shipment');
});

test('what is missing to ship sends the deal back, and those who watch it and its manager read what [CL-07.1, CL-07.2, CL-07.3]', async ({
  w,
}) => {
  const deal = await w.closing({ contractState: 'not-required' });
  await w.as('olha').move(deal, 'awaiting-shipment');

  expect((await w.card(deal)).deal).toMatchObject({
    stage: 'deal-closing',
    cameFrom: 'awaiting-shipment',
    seq: 6,
  });
  expect([(await w.told('lesia')).sort(), await w.told('olha')]).toEqual([
    ['deal-closing', 'not-ready-to-ship'],
    ['not-ready-to-ship'],
  ]);
  const { items } = await w.as('lesia').get('/v1/inbox');
  expect(items.find(({ text }: { text: string }) => text === 'not-ready-to-ship').body).toContain(
    'Заполните поле «Сумма сделки $»; Заполните поле «Номер заказа в 1С»',
  );
  await w.as('olha').change(deal, { ...w.papers, dealTotalUsd: 0 });
  await w.as('olha').move(deal, 'awaiting-shipment');
  expect(await w.stageOf(deal)).toBe('deal-closing');
});

test('shipments are entered in parts by the logist or a head, each told the manager, beside what was received; too much is warned of [CL-07.4, CL-07.5, CL-07.6, CL-53.1, CL-53.2, CL-53.3]', async ({
  w,
}) => {
  const deal = await w.shipping();
  await w.income(deal, 1_000_000);
  for (const who of ['olha', 'nina-k']) expect(await refusal(w.ship(deal, 1, who))).toMatch(/^403/);
  await w.ship(deal, 20_000);
  await w.ship(deal, 10_000, 'taras');

  const { facts } = (await w.as('lesia').get(`/v1/deals/${deal}`)).deal;
  expect([facts.dealTotalUsd, facts.receivedUsd, facts.shippedUsd]).toEqual([
    4_860_000, 2_409_639, 3_000_000,
  ]);
  expect((await w.told('olha')).filter((text) => text === 'part-shipped')).toHaveLength(2);
  const over = await w.ship(deal, 20_000);
  expect(over.deal.warnings[0].en).toContain('which is more than the deal total');
});

test('shipments of one instant are told each [CL-07.6]', async ({ w }) => {
  const deal = await w.shipping();

  await Promise.all([w.ship(deal, 1_000), w.ship(deal, 2_000), w.ship(deal, 3_000)]);

  expect((await w.told('olha')).filter((text) => text === 'part-shipped')).toHaveLength(3);
});

test('serial numbers are asked for when all that was paid for has gone, again after it was not so, and no more once they are there [CL-07.8, CL-07.9]', async ({
  w,
}) => {
  const deal = await w.shipping();
  const asked = async () => (await w.told('nina-k')).filter((text) => text === 'serials-wanted').length;
  await w.income(deal, 1_000_000);
  expect(await asked()).toBe(0); // nothing has gone yet
  await w.ship(deal, 20_000);
  expect(await asked()).toBe(0);
  await w.ship(deal, 10_000);
  await w.ship(deal, 1);
  expect(await asked()).toBe(1);
  await w.income(deal, 1_016_900);
  await w.ship(deal, 18_599);
  expect(await asked()).toBe(2);
  expect((await w.told('lesia')).filter((text) => text === 'serials-wanted')).toHaveLength(2);
  expect((await w.told('olha')).filter((text) => text === 'serials-wanted')).toHaveLength(2);

  const serialNumbersFile = await w.as('lesia').upload(deal, 'serialNumbersFile', 'serials.pdf');
  await w.as('lesia').change(deal, { serialNumbersFile });
  await w.income(deal, 415);
  await w.ship(deal, 20);
  expect(await asked()).toBe(2);
});

test('all is shipped before the deal is completed [CL-07.10, CL-08.1]', async ({ w }) => {
  const deal = await w.shipping();
  await w.ship(deal, 30_000);
  expect(await refusal(w.as('lesia').move(deal, 'completed-success'))).toContain('18 600,00 $ remain');
  await w.ship(deal, 18_600);
  await w.as('lesia').move(deal, 'completed-success');
  expect(await w.stageOf(deal)).toBe('completed-success');
});

test('who earned it has a bonus, which the accountant pays; an unpaid one is only warned of [CL-08.2, CL-08.3, CL-08.8]', async ({
  w,
}) => {
  const deal = await w.completed({ warrantyStart: '2026-05-27', warrantyMonths: 36 });
  const serialNumbersFile = await w.as('lesia').upload(deal, 'serialNumbersFile', 'serials.pdf');
  const { accruals } = await w.as('nina-k').get(`/v1/deals/${deal}`);
  expect(accruals).toMatchObject([
    { employee: 'olha', percent: 1, amount: { amount: 48_600, currency: 'USD' }, state: 'accrued' },
  ]);
  const pay = (who: string) => w.as(who).ask('POST', `/v1/deals/${deal}/accruals/${accruals[0].id}/pay`, {});
  expect(await refusal(pay('olha'))).toMatch(/^403/);

  const { warnings } = await w.as('olha').move(deal, 'archive', { serialNumbersFile });
  expect(warnings.map(({ en }: { en: string }) => en)).toEqual(['Bonuses are not paid yet: 486,00 $.']);
  expect(await w.stageOf(deal)).toBe('archive');
  await w.as('vira').move(deal, 'completed-success');
  await pay('nina-k');
  expect((await w.as('nina-k').get(`/v1/deals/${deal}`)).accruals[0]).toMatchObject({
    state: 'paid',
    settled: { by: { user: 'nina-k' }, at: '2026-02-02T08:00:00.000Z' },
  });
  expect((await w.as('olha').move(deal, 'archive')).warnings).toBeUndefined();
});

test('the archive takes no deal without its warranty or its serial numbers, and each hears of what is theirs [CL-08.4, CL-08.5, CL-08.6, CL-08.7]', async ({
  w,
}) => {
  const deal = await w.completed();
  const heard = async () =>
    Object.fromEntries(
      await Promise.all(
        ['olha', 'taras', 'bohdan', 'lesia'].map(async (who) => [
          who,
          (await w.told(who)).filter((text) => text.endsWith('-missing')).sort(),
        ]),
      ),
    );
  expect(await heard()).toEqual({
    olha: [],
    taras: ['serials-missing'],
    bohdan: [],
    lesia: ['serials-missing'],
  });

  await w.as('olha').move(deal, 'archive');
  expect(await w.stageOf(deal)).toBe('completed-success');
  expect(await heard()).toEqual({
    olha: ['warranty-missing'],
    taras: ['serials-missing', 'serials-missing', 'warranty-missing'],
    bohdan: ['warranty-missing'],
    lesia: ['serials-missing', 'serials-missing'],
  });
});

test('the archive is closed to all but management, is read by the others, and knows when the warranty ends [CL-09.1, CL-09.2, CL-09.3]', async ({
  w,
}) => {
  const deal = await w.completed({ warrantyStart: '2026-05-27', warrantyMonths: 36 });
  const serialNumbersFile = await w.as('lesia').upload(deal, 'serialNumbersFile', 'serials.pdf');
  await w.as('olha').move(deal, 'archive', { serialNumbersFile });

  expect((await w.deal(deal)).facts.warrantyEnd).toBe('2029-05-27');
  for (const who of ['olha', 'taras', 'lesia', 'nina-k'])
    expect(await refusal(w.as(who).change(deal, { address: '1 Test Street' }))).toMatch(/^403/);
  expect(await refusal(w.as('olha').move(deal, 'completed-success'))).toMatch(/^403/);
  expect(await refusal(w.ship(deal, 1))).toMatch(/^403/);
  const stored = await w.as('olha').get('/v1/deals?pipeline=climate-sales&stage=archive');
  expect(stored.items.map(({ id }: { id: string }) => id)).toEqual([deal]);

  await w.as('vira').change(deal, { address: '1 Test Street' });
  await w.as('climate-admin').move(deal, 'completed-success');
  expect(await w.stageOf(deal)).toBe('completed-success');
});
