import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Grant } from '../schemas/people.ts';
import {
  accrue,
  all,
  anyWith,
  approval,
  became,
  entry,
  field,
  goto,
  headOf,
  move,
  notify,
  pipeline,
  reaches,
  responsible,
  role,
  share,
  t,
  tell,
  thread,
} from '../statemachines/vocabulary/index.ts';
import { packOf } from './world/pack-of.ts';
import { refusal } from './world/staff.ts';
import { type World, world } from './world.ts';

const title = (en: string) => t(en, en);

const everyLedger: Grant = { entity: 'ledger', pipeline: '*', actions: ['view', 'create'], scope: 'all' };

const everyPay: Grant = { entity: 'accrual', pipeline: '*', actions: ['view', 'edit'], scope: 'all' };

/** Money in two currencies; what a manager announces is money once the accountant has said so. */
const base = packOf('trade', [
  pipeline({
    id: 'trade',
    kind: 'deal',
    title: title('Trade'),
    prefix: 'T',
    start: 'talk',
    worth: 'price',
    settled: { kinds: ['payment'], by: [anyWith('accountant')] },
    fields: {
      price: field.money(title('Price'), 'USD'),
      paid: field.total(title('Paid'), 'USD', ['payment', 'refund']),
      paidRoubles: field.total(title('Paid in roubles'), 'RUB', ['payment', 'refund']),
      announced: field.total(title('Announced'), 'USD', ['payment'], { state: 'pending' }),
      byCard: field.total(title('By card'), 'USD', ['payment'], { accounts: ['card'] }),
      payments: field.total(title('Payments'), 'USD', ['payment'], { count: true }),
      shipped: field.total(title('Shipped'), 'USD', ['shipment']),
      left: field.computedMoney(title('Left'), 'USD', 'price - paid'),
      bought: field.date(title('Bought')),
      months: field.number(title('Months')),
      warranted: field.computed(title('Warranted until'), '$edate(bought, months)'),
      parcel: field.text(title('Parcel'), { search: true }),
      payDay: field.date(title('Pay day')),
      granted: field.accrued(title('Granted'), 'USD', 'all'),
      unpaid: field.accrued(title('Unpaid'), 'USD', 'unpaid'),
      approvedOn: field.date(title('Approved on')),
    },
    stages: {
      talk: {
        title: title('Talk'),
        aim: title('The price is agreed.'),
        moves: [move('check', ['responsible'])],
      },
      check: {
        title: title('Check'),
        aim: title('All of it is paid.'),
        enter: { conditions: [{ condition: 'announced > 0', refusal: title('Announce a payment first') }] },
        work: [
          approval('check-money', {
            title: title('Has the money come?'),
            who: role('accountant'),
            fields: ['price'],
            settles: true,
            guard: reaches('paid', 'price'),
            refusal: title('{{left}} would be left'),
            stamp: 'approvedOn',
          }),
          goto('talk', { when: "decision = 'rejected'" }),
          goto('ship'),
        ],
        moves: [move('talk', ['system']), move('ship', ['system'])],
      },
      ship: {
        title: title('Ship'),
        aim: title('What is paid is shipped.'),
        on: [
          thread('all-shipped', {
            title: title('All that is paid is shipped'),
            on: became(all(reaches('shipped', 'paid'), 'shipped > 0')),
            work: [notify('tell-shipped', tell([responsible], 'payment-missing'))],
          }),
          thread('money-came', {
            title: title('Money came'),
            on: entry('payment'),
            work: [notify('tell-money', tell([responsible], 'quote-late'))],
          }),
        ],
        moves: [move('over', ['responsible'])],
      },
      over: {
        title: title('Over'),
        aim: title('People have their pay.'),
        work: [
          accrue(
            'grant-pay',
            'paid',
            [
              share(responsible, 5, title('Manager')),
              share(headOf(responsible), { setting: 'headShare' }, title('Head')),
              share(role('accountant'), 0, title('Accountant')),
            ],
            { day: 'payDay' },
          ),
        ],
        outcome: 'won',
        moves: [move('ship', ['responsible'])],
      },
    },
  }),
]);

const trade = {
  ...base,
  settings: {
    ...base.settings,
    headShare: { type: 'number' as const, title: title('Share of the head'), value: 2 },
  },
  roles: base.roles.map((one) => ({
    ...one,
    grants: [
      ...one.grants,
      ...(one.id === 'manager' ? [everyLedger] : one.id === 'accountant' ? [everyPay] : []),
    ],
  })),
};

let w: World;
beforeEach(async () => {
  w = await world({ at: '2026-02-02 09:00', packs: [trade] });
});
afterEach(() => w.stop());

type Given = Record<string, unknown>;
const enter = (who: string, deal: string, kind: string, amount: number, more: Given = {}, currency = 'USD') =>
  w.as(who).ask('POST', `/v1/deals/${deal}/ledger`, { kind, amount: { amount, currency }, ...more });
const factsOf = async (deal: string) => (await w.as('rita').get(`/v1/deals/${deal}`)).deal.facts;

test('money at a rate counts in both currencies, and a correction takes it back in both', async () => {
  const deal = await w.enter('ship', { price: 4_860_000 }, { pipeline: 'trade' });

  const wrong = await enter('rita', deal, 'payment', 100_000_000, { rate: '41.50', account: 'card' }, 'RUB');
  await enter('rita', deal, 'payment', 101_690_000, { rate: '41.50' }, 'RUB');
  expect(wrong.entry.converted).toEqual({ amount: 2_409_639, currency: 'USD' });
  expect(await factsOf(deal)).toMatchObject({
    paidRoubles: 201_690_000,
    paid: 4_860_000,
    left: 0,
    byCard: 2_409_639,
    payments: 2,
  });

  const corrects = wrong.entry.id;
  await enter('rita', deal, 'payment', 40_000_000, { corrects }, 'RUB');
  expect(await factsOf(deal)).toMatchObject({ paidRoubles: 161_690_000, paid: 3_896_144, payments: 2 });

  expect(await refusal(enter('rita', deal, 'payment', 60_000_001, { corrects }, 'RUB'))).toContain(
    '600 000,00 ₽ is left of the entry',
  );
  expect(await refusal(enter('rita', deal, 'payment', 1, { corrects }))).toContain('payment in RUB');
  await enter('rita', deal, 'payment', 60_000_000, { corrects }, 'RUB');
  expect(await factsOf(deal)).toMatchObject({
    paidRoubles: 101_690_000,
    paid: 2_450_361,
    byCard: 0,
    payments: 1,
  });
});

test('what was converted may be said otherwise; a rate without another currency is refused', async () => {
  const deal = await w.enter('ship', {}, { pipeline: 'trade' });

  await enter('rita', deal, 'payment', 100, { rate: '3', converted: { amount: 30, currency: 'USD' } }, 'RUB');

  expect((await factsOf(deal)).paid).toBe(30);
  expect(await refusal(enter('rita', deal, 'shipment', 100, { rate: '3' }))).toContain('leave the rate out');
  expect(
    await refusal(enter('rita', deal, 'payment', 1, { converted: { amount: 1, currency: 'USD' } })),
  ).toContain('in another currency');
  expect(await refusal(enter('rita', deal, 'payment', 1, { rate: '0.00' }))).toContain('400');
});

test('what a manager announces is no money until it is approved, which is refused while some is left to pay', async () => {
  const deal = await w.enter('talk', { price: 1_600 }, { pipeline: 'trade' });
  expect(await refusal(w.as('pavel').move(deal, 'check'))).toContain('Announce a payment first');

  const { entry: first } = await enter('pavel', deal, 'payment', 480);
  expect(first.state).toBe('pending');
  expect(await factsOf(deal)).toMatchObject({ announced: 480, paid: 0, payments: 0 });
  await w.as('pavel').move(deal, 'check');
  expect(await refusal(w.as('rita').decide(deal, 'check-money', 'approved'))).toBe(
    '422 fields.paid: 11,20 $ would be left',
  );
  expect(await factsOf(deal)).toMatchObject({ announced: 480, paid: 0 });

  await w.as('rita').decide(deal, 'check-money', 'rejected', 'no money');
  expect(await w.stageOf(deal)).toBe('talk');
  expect(await factsOf(deal)).toMatchObject({ announced: 0, paid: 0 });
  expect((await factsOf(deal)).approvedOn).toBeUndefined();

  await enter('pavel', deal, 'payment', 1_000);
  await enter('pavel', deal, 'payment', 600, { account: 'card' });
  await w.as('pavel').move(deal, 'check');
  await w.as('rita').decide(deal, 'check-money', 'approved');

  expect(await w.stageOf(deal)).toBe('ship');
  expect(await factsOf(deal)).toMatchObject({
    announced: 0,
    paid: 1_600,
    byCard: 600,
    payments: 2,
    approvedOn: '2026-02-02',
  });
  const { ledger } = await w.as('rita').get(`/v1/deals/${deal}`);
  expect(ledger.map(({ state, decided }: Given) => [state, decided]).sort()).toEqual([
    ['approved', { at: '2026-02-02T06:00:00.000Z', by: { user: 'rita' } }],
    ['approved', { at: '2026-02-02T06:00:00.000Z', by: { user: 'rita' } }],
    ['returned', { at: '2026-02-02T06:00:00.000Z', by: { user: 'rita' }, comment: 'no money' }],
  ]);
  expect(await refusal(enter('rita', deal, 'payment', 480, { corrects: first.id }))).toContain(
    'an entry of this deal that counts',
  );
  const counted = ledger.find(({ state }: Given) => state === 'approved').id;
  expect(await refusal(enter('pavel', deal, 'payment', 1, { corrects: counted }))).toContain(
    'corrected by who confirms',
  );
  expect(await refusal(enter('rita', deal, 'shipment', 1, { state: 'pending' }))).toContain(
    'no shipment waits',
  );
});

test('a thread begins when its condition comes true, and again only after it has not been', async () => {
  const deal = await w.enter('ship', {}, { pipeline: 'trade' });
  const told = async () => (await w.inbox('pavel')).filter((line) => line.endsWith('payment-missing')).length;

  await enter('rita', deal, 'payment', 100);
  await enter('rita', deal, 'shipment', 60);
  expect(await told()).toBe(0);
  await enter('rita', deal, 'shipment', 40);
  expect(await told()).toBe(1);
  await enter('rita', deal, 'shipment', 5);
  expect(await told()).toBe(1);
  await enter('rita', deal, 'payment', 50);
  await enter('rita', deal, 'shipment', 45);
  expect(await told()).toBe(2);
});

test('an entry that waits begins no thread of payments; one that counts does', async () => {
  const deal = await w.enter('ship', {}, { pipeline: 'trade' });
  const told = async () => (await w.inbox('pavel')).filter((line) => line.endsWith('quote-late')).length;

  await enter('pavel', deal, 'payment', 100);
  expect(await told()).toBe(0);
  await enter('rita', deal, 'payment', 100);
  expect(await told()).toBe(1);
});

test('a date follows by months from another one', async () => {
  const deal = await w.enter('talk', { bought: '2026-01-31', months: 1 }, { pipeline: 'trade' });

  expect((await factsOf(deal)).warranted).toBe('2026-02-28');
  await w.as('pavel').change(deal, { months: null });
  expect((await factsOf(deal)).warranted).toBeUndefined();
});

const payOf = async (deal: string, who: string) =>
  (await w.as(who).get(`/v1/deals/${deal}`)).accruals.map(
    ({ employee, role, base, percent, amount, day, state }: Given) => [
      employee,
      (role as { en: string }).en,
      (base as { amount: number }).amount,
      percent,
      (amount as { amount: number }).amount,
      day,
      state,
    ],
  );

test('pay is granted once a deal and person, by the figure of the moment, and kept when the deal comes back', async () => {
  const deal = await w.enter('ship', { payDay: '2026-02-28' }, { pipeline: 'trade' });
  await enter('rita', deal, 'payment', 160_010);
  await w.as('admin').ask('PUT', '/v1/settings/trade/headShare', { value: 2.5 });

  await w.as('pavel').move(deal, 'over');
  const granted = [
    ['pavel', 'Manager', 160_010, 5, 8_001, '2026-02-28', 'accrued'],
    ['semyon', 'Head', 160_010, 2.5, 4_000, '2026-02-28', 'accrued'],
  ];
  expect((await payOf(deal, 'rita')).sort()).toEqual(granted);
  expect(await factsOf(deal)).toMatchObject({ granted: 12_001, unpaid: 12_001 });

  await w.as('pavel').move(deal, 'ship');
  await enter('rita', deal, 'payment', 100_000);
  await w.as('pavel').move(deal, 'over');
  expect((await payOf(deal, 'rita')).sort()).toEqual(granted);
});

test('pay is paid or reversed once, by who may; everybody else sees their own alone', async () => {
  const deal = await w.enter('ship', {}, { pipeline: 'trade' });
  await enter('rita', deal, 'payment', 100_000);
  await w.as('pavel').move(deal, 'over');
  const { accruals } = await w.as('rita').get(`/v1/deals/${deal}`);
  const idOf = (who: string) => accruals.find(({ employee }: Given) => employee === who).id;
  const settle = (who: string, whose: string, how: string, body?: Given) =>
    w.as(who).ask('POST', `/v1/deals/${deal}/accruals/${idOf(whose)}/${how}`, body);

  expect(await payOf(deal, 'pavel')).toEqual([
    ['pavel', 'Manager', 100_000, 5, 5_000, '2026-02-02', 'accrued'],
  ]);
  expect(await refusal(settle('pavel', 'pavel', 'pay'))).toContain('403');

  const paid = await settle('rita', 'pavel', 'pay');
  expect(paid.accrual.settled).toEqual({ at: '2026-02-02T06:00:00.000Z', by: { user: 'rita' } });
  await settle('rita', 'pavel', 'pay');
  expect(await refusal(settle('rita', 'pavel', 'reverse', { reason: 'by mistake' }))).toContain(
    'has been paid',
  );
  await settle('rita', 'semyon', 'reverse', { reason: 'no sale of his' });
  expect(await refusal(settle('rita', 'semyon', 'pay'))).toContain('has been reversed');

  expect(await factsOf(deal)).toMatchObject({ granted: 5_000, unpaid: 0 });

  await w.as('pavel').move(deal, 'ship');
  await w.as('pavel').move(deal, 'over'); // what was reversed may be granted anew, what was paid may not
  expect(
    (await payOf(deal, 'rita')).map(([who, , , , , , state]: unknown[]) => `${who} ${state}`).sort(),
  ).toEqual(['pavel paid', 'semyon accrued', 'semyon reversed']);
});

test('money is entered by what a searched field says, also by who does not see the deal, and once', async () => {
  const deal = await w.enter('ship', { parcel: 'MD 777' }, { pipeline: 'trade' });
  await w.enter('ship', { parcel: 'MD 778' }, { pipeline: 'trade' });
  const register = (value: string, more: Given = {}) =>
    w.as('rita').ask('POST', '/v1/ledger', {
      pipeline: 'trade',
      where: { field: 'parcel', value },
      kind: 'payment',
      amount: { amount: 1_120, currency: 'USD' },
      account: 'post-office',
      externalId: 'list-1',
      ...more,
    });

  const { entry: first, number } = await register('md 777');
  await register('MD 777');

  expect([number, first.deal, first.account]).toEqual(['D-1', deal, 'post-office']);
  expect((await factsOf(deal)).paid).toBe(1_120);
  expect(await refusal(register('MD 77'))).toContain('404');
  expect(await refusal(register('MD 777', { where: { field: 'left', value: '1' } }))).toContain(
    'it is by parcel',
  );
  await w.enter('ship', { parcel: 'MD 777' }, { pipeline: 'trade' });
  expect(await refusal(register('MD 777', { externalId: 'list-2' }))).toContain('several deals');
});

test('an approver fills fields with the decision, and its guard reads them', async () => {
  const deal = await w.enter('talk', { price: 900 }, { pipeline: 'trade' });
  await enter('pavel', deal, 'payment', 500);
  await w.as('pavel').move(deal, 'check');
  const { id } = await w.task(deal, 'check-money');
  const decide = (price: number) =>
    w.as('rita').ask('POST', `/v1/tasks/${id}/decide`, { decision: 'approved', fields: { price } });

  expect(await refusal(decide(800))).toContain('would be left');
  const other = { decision: 'approved', fields: { months: 1 } };
  expect(await refusal(w.as('rita').ask('POST', `/v1/tasks/${id}/decide`, other))).toContain(
    'it asks for price',
  );
  expect((await factsOf(deal)).price).toBe(900);
  await decide(500);

  expect(await w.stageOf(deal)).toBe('ship');
  expect(await factsOf(deal)).toMatchObject({ price: 500, paid: 500 });
});
