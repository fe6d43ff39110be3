import { createHash } from 'node:crypto';
import { describe, expect } from 'vitest';
import type { World } from '../../world.ts';
import { linkOf, openAtGateway, order, paymentsOf, test } from './shop.ts';

const secretOf = (w: World): Record<string, string> =>
  (w.secrets.read('world/robokassa') as { shop: Record<string, string> }).shop;

const asked = async (w: World, fields: Record<string, unknown> = order): Promise<string> => {
  const deal = await w.enter('order', fields);
  await w.as('pavel').move(deal, 'payment');
  return deal;
};

/** A notification as the gateway would sign it; each part may be another. */
const notification = async (
  w: World,
  deal: string,
  {
    sum,
    invoice,
    password,
    more = {},
  }: { sum?: string; invoice?: number; password?: string; more?: Record<string, string> } = {},
): Promise<string> => {
  const [payment] = await paymentsOf(w, deal);
  if (payment === undefined) throw new Error('nothing was asked for');
  const given = sum ?? '1500.000000';
  const number = String(invoice ?? payment.invoice);
  const shp = { Shp_deal: deal, Shp_payment: payment.id };
  const signed = [
    given,
    number,
    password ?? secretOf(w).password2,
    `Shp_deal=${deal}`,
    `Shp_payment=${payment.id}`,
  ];
  const signature = createHash('sha256').update(signed.join(':')).digest('hex').toUpperCase();
  return new URLSearchParams({
    OutSum: given,
    InvId: number,
    SignatureValue: signature,
    ...shp,
    ...more,
  }).toString();
};

const say = (w: World, body: string, path = '/v1/webhooks/robokassa/shop/result') =>
  w.ask(path, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body });

const received = async (w: World) => {
  const rows: Record<string, unknown>[] = [];
  for (const state of ['received', 'taken', 'refused', 'ignored'])
    for await (const row of w.table.all({ index: 'g1', pk: `OUTBOX#${state}` }))
      if (row.row === 'received') rows.push(row);
  return rows;
};

const paidOf = (w: World, deal: string) => w.fact(deal, 'paidTotal');
const titles = async (w: World, deal: string) =>
  (await w.tasks(deal)).map(({ title, assignee }) => `${assignee}: ${title.en}`);

test.for([
  ['twice', '2026-02-02 09:00'],
  ['wrong-signature', '2026-02-02 09:02'],
  ['forged', '2026-02-02 09:00'],
  ['late', '2026-02-02 10:01'],
  ['reordered', '2026-02-02 09:02'],
  ['clock-skew', '2026-02-02 09:00'],
  ['replayed', '2026-02-03 09:01'],
  ['never', '2026-02-02 09:11'],
] as const)(
  'whatever happens to the notification (%s), the money is entered once',
  async ([fault, until], { w }) => {
    const deal = await asked(w);
    await openAtGateway(w, await linkOf(w, deal));
    w.sandboxes.robokassa.faults.plan(fault);

    await w.sandboxes.robokassa.pay('shop', 1);
    await w.advanceTo(until);

    expect(await paidOf(w, deal)).toBe(150_000);
    expect((await w.card(deal)).ledger).toHaveLength(1);
    expect(await w.stageOf(deal)).toBe('picking');
    expect(await paymentsOf(w, deal)).toMatchObject([{ state: 'paid' }]);
    expect(await titles(w, deal)).toEqual([]);
  },
);

test.for([
  ['another amount than was signed', { sum: '1500.00', more: { OutSum: '1.00' } }],
  ['a password nobody has', { password: 'guessed' }],
  ['the password for what leaves', { password: 'password1' }],
  ['a test notification for a payment that is none', { more: { IsTest: '1' } }],
] as const)(
  '%s is not believed: nothing is kept, and nothing of it is answered',
  async ([, forging], { w }) => {
    const deal = await asked(w);
    const { password, ...rest } = { password: undefined, ...forging };
    const pass = password === 'password1' ? secretOf(w).password1 : password;

    const answer = await say(
      w,
      await notification(w, deal, { ...rest, ...(pass === undefined ? {} : { password: pass }) }),
    );

    expect([answer.status, answer.text]).toEqual([400, 'not believed']);
    expect(await received(w)).toEqual([]);
    expect(await paidOf(w, deal)).toBe(0);
  },
);

describe('what is no notification', () => {
  test('is refused by its form, by its size, and where it says a thing twice', async ({ w }) => {
    const deal = await asked(w);
    const good = await notification(w, deal);

    expect((await say(w, '')).status).toBe(400);
    expect((await say(w, `${good}&OutSum=1.00`)).status).toBe(400);
    expect((await say(w, `${good}&outsum=1.00`)).status).toBe(400);
    expect((await say(w, `${good}&x=${'y'.repeat(20_000)}`)).status).toBe(413);
    expect((await say(w, good, '/v1/webhooks/robokassa/nobody/result')).status).toBe(400);
    expect(await received(w)).toEqual([]);
  });

  test('leaves what is right alone: said again, and a day later, it is answered and nothing is written', async ({
    w,
  }) => {
    const deal = await asked(w);
    const good = await notification(w, deal, { more: { EMail: 'anna@plant-demo-1.example' } });

    const first = await say(w, good);
    const before = await w.card(deal);
    await w.advanceTo('2026-02-03 12:00');
    const rows = await received(w);
    expect(JSON.stringify(rows)).not.toContain('anna');
    const answers = await Promise.all([1, 2, 3].map(() => say(w, good)));

    expect([first.status, first.text]).toEqual([200, 'OK1']);
    expect(answers.map(({ text }) => text)).toEqual(['OK1', 'OK1', 'OK1']);
    expect(await received(w)).toEqual(rows);
    expect((await w.card(deal)).ledger).toEqual(before.ledger);
  });
});

test('a kopeck less is entered as it came; the process waits until the accountant takes it for enough', async ({
  w,
}) => {
  const deal = await asked(w);

  await say(w, await notification(w, deal, { sum: '1499.99' }));

  const [payment] = await paymentsOf(w, deal);
  expect(payment).toMatchObject({ state: 'paid', flags: ['amount'], paid: { amount: 149_999 } });
  expect(await paidOf(w, deal)).toBe(149_999);
  expect(await w.stageOf(deal)).toBe('payment');
  expect(await titles(w, deal)).toEqual(['rita: Payment of invoice 1: look at it']);

  await w.as('rita').ask('POST', `/v1/deals/${deal}/payments/${payment?.id}/accept`, { reason: 'a kopeck' });
  expect(await w.stageOf(deal)).toBe('picking');
});

test('a kopeck less is made good by a link for the rest, and the process goes on when that is paid', async ({
  w,
}) => {
  const deal = await asked(w);
  await say(w, await notification(w, deal, { sum: '1400.00' }));
  const [short] = await paymentsOf(w, deal);

  const { payment } = await w.as('rita').ask('POST', `/v1/deals/${deal}/payments`, {
    amount: { amount: 10_000, currency: 'RUB' },
    description: 'The rest',
    replaces: short?.id,
  });
  await openAtGateway(w, payment.link);
  await w.sandboxes.robokassa.pay('shop', 2);
  await w.clock.settle();

  expect(await paidOf(w, deal)).toBe(150_000);
  expect(await w.stageOf(deal)).toBe('picking');
});

test('more than was asked for is entered and told, and the accountant decides', async ({ w }) => {
  const deal = await asked(w);

  await say(w, await notification(w, deal, { sum: '2000.00' }));

  expect(await paidOf(w, deal)).toBe(200_000);
  expect(await titles(w, deal)).toEqual(['rita: Payment of invoice 1: look at it']);
});

test('another sum for what is paid already is told, and not entered a second time', async ({ w }) => {
  const deal = await asked(w);
  await say(w, await notification(w, deal));

  await say(w, await notification(w, deal, { sum: '900.00' }));

  expect(await paidOf(w, deal)).toBe(150_000);
  expect(await titles(w, deal)).toEqual(['rita: Invoice 1: the gateway says another sum']);
});

test('an invoice nobody knows, rightly signed, is answered, kept and told to the accountants', async ({
  w,
}) => {
  const deal = await asked(w);

  const answer = await say(w, await notification(w, deal, { invoice: 77 }));

  expect(answer.text).toBe('OK77');
  expect(await received(w)).toMatchObject([{ state: 'refused', problem: 'no invoice 77 of ours' }]);
  expect((await w.told('rita')).map(({ subject }) => subject)).toEqual([
    'Оплата, которую некуда внести: счёт 77',
  ]);
  expect(await paidOf(w, deal)).toBe(0);
});

test.for([
  ['refused', 'closed', 'cancelled'],
  ['archive', 'closed', undefined],
] as const)(
  'the money of a deal that was put on "%s" is entered, and a task for the accountant',
  async ([stage, flag, also], { w }) => {
    const deal = await asked(w);
    await w.as('pavel').move(deal, stage);

    await say(w, await notification(w, deal));

    expect(await paidOf(w, deal)).toBe(150_000);
    expect(await paymentsOf(w, deal)).toMatchObject([
      { state: 'paid', flags: also === undefined ? [flag] : [also, flag] },
    ]);
    expect(await titles(w, deal)).toContain('rita: Payment of invoice 1: look at it');
  },
);

test('the money of a client who was forgotten is entered all the same, and nothing personal is written', async ({
  w,
}) => {
  const deal = await asked(w);
  const good = await notification(w, deal);
  await w.as('admin').ask('POST', '/v1/contacts/anna/erase', { reason: 'asked', force: true });

  await say(w, good);

  expect(await paidOf(w, deal)).toBe(150_000);
  expect(JSON.stringify(await paymentsOf(w, deal))).not.toContain('anna');
});

test('a shop without keys says so to nobody outside, and takes the same notification later', async ({
  w,
}) => {
  const deal = await asked(w);
  const good = await notification(w, deal);
  const keys = w.secrets.read('world/robokassa');
  w.secrets.write('world/robokassa', '');

  const answer = await say(w, good).catch((error: unknown) => error);

  expect(String((answer as { text?: string }).text ?? answer)).not.toContain('password');
  w.secrets.write('world/robokassa', keys);
  expect((await say(w, good)).text).toBe('OK1');
  expect(await paidOf(w, deal)).toBe(150_000);
});
