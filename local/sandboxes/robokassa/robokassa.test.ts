import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cancelHold, confirmHold } from '../../../functions/payments/robokassa/holding.ts';
import { createInvoice } from '../../../functions/payments/robokassa/invoice.ts';
import { verifyNotice } from '../../../functions/payments/robokassa/jws.ts';
import {
  type Order,
  type PaymentForm,
  paymentForm,
  paymentUrl,
} from '../../../functions/payments/robokassa/link.ts';
import type { Receipt } from '../../../functions/payments/robokassa/receipt.ts';
import { createRefund, refundState } from '../../../functions/payments/robokassa/refund.ts';
import {
  answerTo,
  readFail,
  verifyResult,
  verifySuccess,
} from '../../../functions/payments/robokassa/result.ts';
import { attachReceipt, receiptState } from '../../../functions/payments/robokassa/second-receipt.ts';
import { ShopKeys, shopFrom } from '../../../functions/payments/robokassa/shop.ts';
import { Algorithm } from '../../../functions/payments/robokassa/sign.ts';
import { askState } from '../../../functions/payments/robokassa/state.ts';
import { useOutsidePatience } from '../../../functions/shared/outside.ts';
import { createClock } from '../../clock.ts';
import { openState } from '../../state/state.ts';
import { demoSecrets } from '../demo-secrets.ts';
import { hostSandboxes, sandboxEnvironment } from '../host.ts';

/** A shop of one pack: a server that believes by our modules what the sandbox tells it, and keeps what it heard. */
const opened = async (algorithm: Algorithm = 'sha256', state = openState(undefined)) => {
  const clock = createClock({ now: '2026-02-02T06:00:00Z' });
  const secret = demoSecrets('test', [{ id: 'coffee' }])['test/robokassa'] as Record<string, object>;
  const entry = { ...secret.coffee, algorithm };
  const keys = ShopKeys.parse(entry);
  const shop = shopFrom(keys, false);
  const heard: string[] = [];
  let url = '';
  let away = 0;
  const host = hostSandboxes({
    clock,
    state,
    secret: () => ({ coffee: entry }),
    publicUrl: () => url,
    url: () => `${url}/sandboxes`,
  });
  const server = createServer(async (request, response) => {
    const [, path = ''] = /^\/v1\/webhooks\/robokassa\/coffee\/(.*)$/.exec(request.url ?? '') ?? [];
    if (path === '') {
      request.url = request.url?.replace('/sandboxes', '');
      host.listener(request, response);
      return;
    }
    if (away > 0) {
      away -= 1;
      response.writeHead(503).end('OK');
      return;
    }
    let body = '';
    for await (const chunk of request) body += chunk;
    const isTest = body.includes('IsTest=1');
    const said = path === 'result' ? verifyResult(body, shopFrom(keys, isTest)) : verifyNotice(body, shop);
    heard.push(
      said.ok
        ? `${path} ${said.invoice} ${'state' in said ? `${said.state} ${said.at.toISOString()}` : said.kopecks}`
        : `${path} ${said.why}`,
    );
    response.writeHead(said.ok ? 200 : 400).end(said.ok ? answerTo(said.invoice) : 'no');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  clock.onSettle(host.drain);
  const before = { ...process.env };
  Object.assign(process.env, sandboxEnvironment(`${url}/sandboxes`));
  const post = (action: string, fields: Readonly<Record<string, string>>) =>
    fetch(action, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
  const { robokassa } = host.sandboxes;
  return {
    clock,
    state,
    keys,
    shop,
    heard,
    robokassa,
    /** the page of a payment, as a browser gets it */
    open: async ({ action, fields }: PaymentForm) => {
      const answer = await post(action, fields);
      return { status: answer.status, text: await answer.text() };
    },
    /** presses the first button of a page, or the one so titled */
    press: async (page: string, title: string) => {
      const form = page.split('<form').find((part) => part.includes(`<button>${title}`)) ?? '';
      const fields = [...form.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [
        name,
        value,
      ]);
      const answer = await post(/action="([^"]*)"/.exec(form)?.[1] ?? '', Object.fromEntries(fields));
      return answer.headers.get('location') ?? '';
    },
    /** answers so many notifications by a 503 */
    away: (times: number) => {
      away = times;
    },
    pay: async (order: Order) => {
      const { action, fields } = paymentForm(shop, order);
      await (await post(action, fields)).text();
      return robokassa.pay('coffee', order.invoice ?? 0);
    },
    close: async () => {
      process.env = before;
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};

let on: Awaited<ReturnType<typeof opened>>;
beforeEach(async () => {
  on = await opened();
});
afterEach(async () => {
  useOutsidePatience(undefined);
  await on.close();
});

const receipt: Receipt = {
  sno: 'usn_income',
  lines: [
    {
      name: 'Кофе & «зёрна» 100%',
      quantity: 2,
      kopecks: 150_050,
      method: 'full_prepayment',
      object: 'commodity',
      tax: 'vat22',
    },
  ],
};
const order: Order = {
  invoice: 1001,
  kopecks: 150_050,
  description: 'Заказ №7 & "К"',
  language: 'ru',
  email: 'anna@plant-demo-1.example',
  receipt,
  shp: { Shp_pack: 'coffee', Shp_deal: 'd-42' },
};

test('a client opens the page, pays and comes back; the shop is told by both ways', async () => {
  const { shop, heard, open, press, robokassa } = on;
  expect(await askState(shop, 1001)).toEqual({ as: 'absent' });

  const page = await open(paymentForm(shop, order));
  expect(page).toMatchObject({ status: 200 });
  expect(page.text).toContain('Заказ №7 &amp; &quot;К&quot;');
  expect(page.text).toContain('Кофе &amp; «зёрна» 100%: 1500.50 ₽');
  expect(await askState(shop, 1001)).toMatchObject({ as: 'found', state: 'started', opKey: undefined });
  const failed = new URL(await press(page.text, 'Отказаться'));
  const back = new URL(await press(page.text, 'Оплатить'));

  expect(heard.sort()).toEqual(['result 1001 150050', 'result2 1001 paid 2026-02-02T06:00:00.000Z'].sort());
  expect([failed.pathname, readFail(failed.search.slice(1))]).toMatchObject([
    '/v1/pay/fail',
    { invoice: 1001, shp: order.shp },
  ]);
  expect(back.pathname).toBe('/v1/pay/success');
  expect(verifySuccess(back.search.slice(1), shop)).toMatchObject({
    ok: true,
    kopecks: 150_050,
    shp: order.shp,
  });
  expect(await askState(shop, 1001)).toMatchObject({
    as: 'found',
    state: 'done',
    kopecks: 150_050,
    method: 'BankCard',
    shp: order.shp,
  });
  expect(robokassa.operations()[0]).toMatchObject({ invoice: '1001', receipt: { sno: 'usn_income' } });
  expect((await open(paymentForm(shop, order))).text).toContain('Ошибка 40');
});

test.for(Algorithm.options)(
  'both sides agree by %s, of links, forms, invoices and tests of payments',
  async (algorithm) => {
    await on.close();
    on = await opened(algorithm);
    const { keys, shop, heard, open, robokassa } = on;
    const full: Order = {
      ...order,
      userIp: '203.0.113.7',
      noticeTo: 'https://crm.example/r2?a=b',
      success: { url: 'https://crm.example/ok', method: 'POST' },
      fail: { url: 'https://crm.example/fail', method: 'GET' },
      until: new Date('2026-02-02T07:00:00Z'),
    };

    expect((await open(paymentForm(shop, full))).status).toBe(200);
    expect((await fetch(paymentUrl(shop, { ...full, invoice: 1002 }))).status).toBe(200);
    const test = shopFrom(keys, true);
    expect((await open(paymentForm(test, { ...order, invoice: 1003 }))).text).toContain('Тестовый платёж');
    await robokassa.pay('coffee', 1003);
    const { shp = {} } = order;
    const made = await createInvoice(shop, {
      invoice: 1004,
      kopecks: 150_050,
      description: 'Заказ',
      lines: receipt.lines,
      shp,
    });
    const again = await createInvoice(shop, { invoice: 1004, kopecks: 1, description: 'Заказ' });

    expect(heard).toEqual(['result 1003 150050']); // of a test, no signed notification
    if (made.as === 'refused') throw new Error(made.reason);
    expect(await (await fetch(made.url)).text()).toContain('1500.50 ₽');
    expect(again).toMatchObject({ as: 'refused' });
    expect(await askState(shop, 1004)).toMatchObject({ as: 'found', state: 'started', shp });
  },
);

test.for<[string, string, (form: PaymentForm['fields']) => Record<string, string>]>([
  ['another sum', 'Ошибка 29', (fields) => ({ ...fields, OutSum: '1.00' })],
  [
    'a receipt that is encoded no more',
    'Ошибка 29',
    (fields) => ({ ...fields, Receipt: decodeURIComponent(fields.Receipt ?? '') }),
  ],
  ['a parameter left out', 'Ошибка 29', ({ Shp_deal: _, ...fields }) => fields],
  ['test mode of a payment that is none', 'Ошибка 29', (fields) => ({ ...fields, IsTest: '1' })],
  ['another shop', 'Ошибка 26', (fields) => ({ ...fields, MerchantLogin: 'nobody' })],
])('the page does not open for %s', async ([, error, change]) => {
  const { action, fields } = paymentForm(on.shop, order);

  const { status, text } = await on.open({ action, fields: change(fields) });

  expect(status).toBe(400);
  expect(text).toContain(error);
});

test('a link runs out', async () => {
  const form = paymentForm(on.shop, { ...order, until: new Date('2026-02-02T07:00:00Z') });
  const page = await on.open(form);

  await on.clock.advanceTo('2026-02-02T07:00:00Z');

  expect((await on.open(form)).text).toContain('Ошибка 33');
  expect(await on.press(page.text, 'Оплатить')).toBe('');
  expect(await askState(on.shop, 1001)).toMatchObject({ state: 'cancelled' });
  expect(on.heard).toEqual([]);
});

const minute = 60_000;
test.for<[string, number, string[]]>([
  [
    'twice',
    0,
    [
      'result 1001 150050',
      'result 1001 150050',
      'result2 1001 paid 2026-02-02T06:00:00.000Z',
      'result2 1001 paid 2026-02-02T06:00:00.000Z',
    ],
  ],
  ['late', 60 * minute, ['result 1001 150050', 'result2 1001 paid 2026-02-02T07:00:00.000Z']],
  ['never', 30 * 1440 * minute, []],
  [
    'wrong-signature',
    minute,
    ['result 1001 150050', 'result forged', 'result2 1001 paid 2026-02-02T06:01:00.000Z'],
  ],
  ['forged', 0, ['result 1001 150050', 'result forged', 'result2 1001 paid 2026-02-02T06:00:00.000Z']],
  [
    'replayed',
    1440 * minute,
    [
      'result 1001 150050',
      'result 1001 150050',
      'result2 1001 paid 2026-02-02T06:00:00.000Z',
      'result2 1001 paid 2026-02-02T06:00:00.000Z',
    ],
  ],
  ['clock-skew', 0, ['result 1001 150050', 'result2 1001 paid 2026-02-02T07:00:00.000Z']],
])('on command a notification comes %s', async ([fault, wait, wanted]) => {
  on.robokassa.command({ fault });

  await on.pay(order);
  await on.clock.advance(wait);

  expect([...on.heard].sort()).toEqual(wanted);
  expect(await askState(on.shop, 1001)).toMatchObject({ state: 'done' });
});

test('on command the browser is back before any notification, and the signed one comes first', async () => {
  on.robokassa.command({ fault: 'reordered' });

  const back = await on.pay(order);
  const heardAtFirst = [...on.heard];
  await on.clock.advance(minute + 1_000);

  expect(verifySuccess(new URL(back).search.slice(1), on.shop)).toMatchObject({ ok: true });
  expect(heardAtFirst).toEqual([]);
  expect(on.heard).toEqual(['result2 1001 paid 2026-02-02T06:01:00.000Z', 'result 1001 150050']);
});

test('a notification that is not taken comes again until it is, and a signed one five times more', async () => {
  on.away(3); // takes none of the first three
  await on.pay({ ...order, noticeTo: 'http://127.0.0.1:9/nobody' });
  await on.clock.advance(1440 * minute);

  const [operation] = on.robokassa.operations();
  const told = (of: string) => operation?.told.filter(({ what }) => what === of).map(({ status }) => status);
  expect(told('result')).toEqual([503, 503, 503, 200]);
  expect(told('notice')).toEqual([0, 0, 0, 0, 0, 0]);
  expect(on.heard).toEqual(['result 1001 150050']);
});

test('what the gateway holds, and has still to tell, outlives a restart', async () => {
  on.robokassa.command({ fault: 'late' });
  await on.pay(order);
  const before = await askState(on.shop, 1001);
  const { state } = on;
  await on.close();

  on = await opened('sha256', state);
  expect(await askState(on.shop, 1001)).toEqual(before);
  await on.clock.advance(60 * minute);

  expect([...on.heard].sort()).toEqual(['result 1001 150050', 'result2 1001 paid 2026-02-02T07:00:00.000Z']);
  expect(on.robokassa.operations()[0]?.due).toEqual([]);
});

test('money is held, taken in part, let go by the shop and by time', async () => {
  const { shop, heard, clock, pay } = on;
  for (const invoice of [1, 2, 3]) await pay({ ...order, invoice, hold: true });
  expect(heard.every((line) => line.startsWith('result2') && line.includes('held'))).toBe(true);
  expect(await askState(shop, 1)).toMatchObject({ state: 'held' });

  const [line] = receipt.lines;
  if (line === undefined) throw new Error('a receipt has a line');
  await confirmHold(shop, {
    invoice: 1,
    kopecks: 100_000,
    receipt: { lines: [{ ...line, kopecks: 100_000 }] },
  });
  await cancelHold(shop, 2);
  await clock.advance(7 * 1440 * minute);

  expect(heard.slice(3).sort()).toEqual(['result 1 100000', 'result2 1 paid 2026-02-02T06:00:00.000Z']);
  expect(await askState(shop, 1)).toMatchObject({ state: 'done', kopecks: 100_000 });
  expect(await askState(shop, 2)).toMatchObject({ state: 'cancelled' });
  expect(await askState(shop, 3)).toMatchObject({ state: 'cancelled' });
  await expect(confirmHold(shop, { invoice: 2, kopecks: 1 })).rejects.toThrow('answers 400');
});

test('a payment goes back in parts, no further than it came, and its final receipt is registered', async () => {
  const { shop, clock, pay, robokassa } = on;
  await pay(order);
  const found = await askState(shop, 1001);
  const opKey = found.as === 'found' ? (found.opKey ?? '') : '';

  const part = await createRefund(shop, {
    opKey,
    kopecks: 50_025,
    lines: [{ ...(receipt.lines[0] as Receipt['lines'][0]), quantity: 1, kopecks: 50_025 }],
  });
  const tooMuch = await createRefund(shop, { opKey, kopecks: 100_026 });
  robokassa.command({ fault: 'refund-cancelled' });
  const cancelled = await createRefund(shop, { opKey });
  const rest = await createRefund(shop, { opKey });
  const ids = [part, cancelled, rest].map((answer) => (answer.as === 'taken' ? answer.id : ''));
  const final = {
    number: 5001,
    invoice: 1001,
    url: 'https://crm.example/',
    email: 'anna@plant-demo-1.example',
    receipt: {
      sno: 'usn_income' as const,
      lines: receipt.lines.map((line) => ({ ...line, method: 'full_payment' as const })),
    },
  };
  const attached = await attachReceipt(shop, final);
  const before = [await refundState(ids[0] ?? ''), await receiptState(shop, 5001)];
  await clock.advance(60 * minute);

  expect(tooMuch).toEqual({ as: 'refused', reason: 'NotEnoughOperationFunds' });
  expect(before).toEqual([{ as: 'processing', kopecks: 50_025 }, { as: 'waiting' }]);
  expect(await Promise.all(ids.map(refundState))).toEqual([
    { as: 'finished', kopecks: 50_025 },
    { as: 'cancelled', kopecks: 100_025 },
    { as: 'finished', kopecks: 100_025 },
  ]);
  expect(await refundState('nobody')).toMatchObject({ as: 'unknown' });
  expect(attached).toEqual({ as: 'taken', opKey });
  expect(await receiptState(shop, 5001)).toMatchObject({
    as: 'registered',
    drive: '9289000100348548',
    document: '135771',
  });
  expect(await attachReceipt(shop, final)).toMatchObject({ as: 'refused', code: '1000' });
  expect(await receiptState(shop, 5002)).toMatchObject({ as: 'unknown' });
  expect(robokassa.receipts()).toHaveLength(1);
});

test.for<[string, string]>([
  ['down', 'Unreachable'],
  ['slow', 'Unreachable'],
  ['html', 'RobokassaUnclear'],
  ['malformed', 'RobokassaUnclear'],
  ['unauthorised', 'RobokassaRefused'],
])('services that are %s are told apart from an answer', async ([fault, name]) => {
  await on.pay(order);
  useOutsidePatience(200);
  on.robokassa.command({ fault, times: 3 });

  const asked = [askState(on.shop, 1001), createRefund(on.shop, { opKey: 'a' }), receiptState(on.shop, 1001)];

  for (const one of await Promise.allSettled(asked))
    expect(one).toMatchObject({ status: 'rejected', reason: { name } });
  expect(await askState(on.shop, 1001)).toMatchObject({ state: 'done' });
});

test('a state may be two payments, trouble, or of a shop with other passwords', async () => {
  await on.pay(order);
  on.robokassa.command({ fault: 'two-operations' });
  on.robokassa.command({ fault: 'trouble' });

  expect(await askState(on.shop, 1001)).toEqual({ as: 'several' });
  await expect(askState(on.shop, 1001)).rejects.toMatchObject({ name: 'RobokassaUnclear' });
  await expect(askState({ ...on.shop, password2: 'x' }, 1001)).rejects.toMatchObject({ code: '1' });
  await expect(askState({ ...on.shop, merchantLogin: 'nobody' }, 1001)).rejects.toMatchObject({ code: '2' });
  expect(
    await createRefund({ ...on.shop, password3: 'x' }, { opKey: on.robokassa.operations()[0]?.key ?? '' }),
  ).toEqual({
    as: 'refused',
    reason: 'InvalidSignature',
  });
});
