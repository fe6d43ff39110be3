import { generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { CompactSign } from 'jose';
import { expect, test } from 'vitest';
import { verifyNotice } from './jws.ts';
import { descriptionOf, paymentForm } from './link.ts';
import { encodeReceipt, pricedLine, type ReceiptLine } from './receipt.ts';
import { readFail, readSaid, verifyResult } from './result.ts';
import { sampleShop } from './sample.ts';
import { secondReceiptBody } from './second-receipt.ts';
import { readState } from './state.ts';

const signature = 'f975948050932f4d8e04dc5414841b3e';

test.for<[string, string, string]>([
  ['a parameter twice', `OutSum=1500.00&OutSum=1.00&InvId=1001&SignatureValue=${signature}`, 'repeated'],
  [
    'a second spelling of it',
    `OutSum=1500.00&outsum=1.00&InvId=1001&SignatureValue=${signature}`,
    'repeated',
  ],
  [
    'a parameter of the shop twice',
    `OutSum=1.00&InvId=1&SignatureValue=${signature}&Shp_a=1&SHP_A=2`,
    'repeated',
  ],
  ['a fee twice', `OutSum=1.00&InvId=1&SignatureValue=${signature}&Fee=1.00&Fee=2.00`, 'repeated'],
  ['no digest', 'OutSum=1500.00&InvId=1001', 'incomplete'],
  ['an empty number', `OutSum=1500.00&InvId=&SignatureValue=${signature}`, 'incomplete'],
  ['parts of a kopeck', `OutSum=1500.005&InvId=1001&SignatureValue=${signature}`, 'malformed'],
  ['an exponent', `OutSum=15e2&InvId=1001&SignatureValue=${signature}`, 'malformed'],
  ['nothing to pay', `OutSum=0.00&InvId=1001&SignatureValue=${signature}`, 'malformed'],
  ['less than nothing', `OutSum=-1500.00&InvId=1001&SignatureValue=${signature}`, 'malformed'],
  ['a number beyond 31 bits', `OutSum=1500.00&InvId=2147483648&SignatureValue=${signature}`, 'malformed'],
  ['a digest that is none', 'OutSum=1500.00&InvId=1001&SignatureValue=OK', 'malformed'],
  ['a form of a megabyte', `OutSum=1500.00&InvId=1001&Shp_a=${'a'.repeat(1 << 20)}`, 'oversized'],
])('a notification with %s is refused, and none of its values is told', ([, raw, why]) => {
  const said = readSaid(raw);

  expect(said).toMatchObject({ ok: false, why });
  expect(JSON.stringify(said)).not.toContain('1500');
});

test('a payment one kopeck off, of another shop or of a test is not believed', () => {
  const raw = `OutSum=1500.00&InvId=1001&Shp_tenant=acme&Shp_deal=D-42&SignatureValue=${signature}`;
  expect(verifyResult(raw, sampleShop()).ok).toBe(true);

  expect(verifyResult(raw.replace('1500.00', '1500.01'), sampleShop())).toMatchObject({ why: 'forged' });
  expect(verifyResult(raw, sampleShop({ password2: 'another' }))).toMatchObject({ why: 'forged' });
  expect(verifyResult(raw, sampleShop({ algorithm: 'sha256' }))).toMatchObject({ why: 'forged' });
});

test('what a page of failure says is read, and is no more than that', () => {
  expect(readFail('OutSum=1500.00&InvId=1001&Culture=ru&Shp_deal=D-42')).toEqual({
    ok: true,
    invoice: 1001,
    shp: { Shp_deal: 'D-42' },
  });
  expect(readFail('OutSum=1500.00')).toMatchObject({ why: 'incomplete' });
  expect(readFail('InvId=-1')).toMatchObject({ why: 'malformed' });
});

const notice = {
  header: { type: 'PaymentStateNotification', version: '1.0.0', timestamp: '1691186412' },
  data: {
    shop: 'crm-demo',
    opKey: '14D2B521-4EAB-492A-9D91-00D12FF24D57-1NvHQWRwf',
    invId: '1001',
    paymentMethod: 'BankCard',
    incSum: '1500.00',
    state: 'OK',
  },
};

test('a signed notification is believed by RS256 and the key of the certificate alone', async () => {
  const ours = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const theirs = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const certificate = ours.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const shop = sampleShop({ certificate });
  const signed = (payload: object, key = ours.privateKey, alg = 'RS256') =>
    new CompactSign(Buffer.from(JSON.stringify(payload))).setProtectedHeader({ typ: 'JWT', alg }).sign(key);

  const token = await signed(notice);

  expect(verifyNotice(token, shop)).toEqual({
    ok: true,
    state: 'paid',
    invoice: 1001,
    paidKopecks: 150_000,
    opKey: notice.data.opKey,
    method: 'BankCard',
    at: new Date('2023-08-04T22:00:12.000Z'),
  });
  expect(verifyNotice(JSON.stringify(token), shop)).toMatchObject({ ok: true });
  const held = await signed({ ...notice, data: { ...notice.data, state: 'HOLD' } });
  expect(verifyNotice(held, shop)).toMatchObject({ ok: true, state: 'held' });

  const segment = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const unsigned = `${segment({ alg: 'none' })}.${segment(notice)}.${token.split('.')[2]}`;
  const claimed = `${segment({ alg: 'RS384' })}.${segment(notice)}`;
  const misnamed = `${claimed}.${sign('sha256', Buffer.from(claimed), ours.privateKey).toString('base64url')}`;
  // The certificate is public: as the key of an HMAC it would sign anything.
  const byHmac = await new CompactSign(Buffer.from(JSON.stringify(notice)))
    .setProtectedHeader({ alg: 'HS256' })
    .sign(Buffer.from(certificate));
  for (const [forged, why] of [
    [await signed(notice, theirs.privateKey), 'forged'],
    [await signed(notice, ours.privateKey, 'RS512'), 'forged'],
    [unsigned, 'forged'],
    [byHmac, 'forged'],
    [misnamed, 'forged'],
    [await signed({ ...notice, data: { ...notice.data, shop: 'another' } }), 'forged'],
    [await signed({ ...notice, data: { ...notice.data, state: 'MAYBE' } }), 'malformed'],
    [await signed({ ...notice, data: { ...notice.data, incSum: '1e3' } }), 'malformed'],
    ['{"state":"OK"}', 'malformed'],
    ['<html></html>', 'malformed'],
    ['a'.repeat(20_000), 'oversized'],
  ] as const)
    expect(verifyNotice(forged, shop)).toMatchObject({ ok: false, why });

  fc.assert(
    fc.property(fc.nat(token.length - 1), fc.stringMatching(/^[\w-]$/), (place, other) => {
      fc.pre(token[place] !== other);

      expect(verifyNotice(`${token.slice(0, place)}${other}${token.slice(place + 1)}`, shop).ok).toBe(false);
    }),
  );
  expect(() => verifyNotice(token, sampleShop())).toThrow('has no certificate');
  expect(() => verifyNotice(token, sampleShop({ certificate: '-----BEGIN nothing' }))).toThrow('is no PEM');
});

const stated = (code: string, rest = '') =>
  `<?xml version="1.0" encoding="utf-8"?>
<OperationStateResponse xmlns="http://merchant.roboxchange.com/WebService/">
  <Result><Code>${code}</Code></Result>${rest}
</OperationStateResponse>`;
const done = `
  <State><Code>100</Code><RequestDate>2026-04-24T00:30:00.1234567+03:00</RequestDate><StateDate>2026-04-23T21:29:59.9999999+00:00</StateDate></State>
  <Info><IncCurrLabel>BankCard</IncCurrLabel><IncSum>1500.00</IncSum><IncAccount>..</IncAccount><PaymentMethod><Code>BankCard</Code></PaymentMethod>
    <OutCurrLabel>RUB</OutCurrLabel><OutSum>1500.000000</OutSum><OpKey>14D2-a</OpKey></Info>
  <UserField><Field><Name>Shp_deal</Name><Value>D-42</Value></Field></UserField>`;

test('a state is read with its moments, its sum and the parameters of the shop', () => {
  expect(readState(stated('0', done))).toEqual({
    as: 'found',
    state: 'done',
    requestAt: new Date('2026-04-23T21:30:00.123Z'),
    stateAt: new Date('2026-04-23T21:29:59.999Z'),
    kopecks: 150_000,
    method: 'BankCard',
    opKey: '14D2-a',
    shp: { Shp_deal: 'D-42' },
  });
  expect(readState(stated('3'))).toEqual({ as: 'absent' });
  expect(readState(stated('4'))).toEqual({ as: 'several' });
});

test.for<[string, string, string]>([
  ['a wrong signature', stated('1'), 'RobokassaRefused'],
  ['an unknown shop', stated('2'), 'RobokassaRefused'],
  ['trouble inside', stated('1000'), 'RobokassaUnclear'],
  ['a state nobody knows', stated('0', done.replace('100', '77')), 'RobokassaUnclear'],
  ['two sums', stated('0', done.replace('<OpKey>', '<OutSum>1.00</OutSum><OpKey>')), 'RobokassaUnclear'],
  [
    'a sum with parts of a kopeck',
    stated('0', done.replace('1500.000000', '1500.001000')),
    'RobokassaUnclear',
  ],
  ['no moment', stated('0', done.replace('T00:30', ' 00:30')), 'RobokassaUnclear'],
  ['another namespace', stated('0', done).replace('merchant.', 'evil.'), 'RobokassaUnclear'],
  ['half an answer', stated('0', done).slice(0, 300), 'RobokassaUnclear'],
  ['a page of a proxy', '<html><body>502 Bad Gateway<br></body></html>', 'RobokassaUnclear'],
  ['nothing', '', 'RobokassaUnclear'],
  [
    'entities',
    `<!DOCTYPE a [<!ENTITY b "${'b'.repeat(50)}">]>${stated('0', done).replace(/<\?.*\?>\n/, '')}`,
    'RobokassaUnclear',
  ],
  ['a deep tree', `${'<a>'.repeat(50)}${'</a>'.repeat(50)}`, 'RobokassaUnclear'],
])('an answer with %s says nothing of a payment', ([, xml, name]) => {
  expect(() => readState(xml)).toThrow(expect.objectContaining({ name }));
});

const line: ReceiptLine = {
  name: 'Печать',
  quantity: 3,
  kopecks: 30_030,
  method: 'full_payment',
  object: 'job',
  tax: 'vat22',
};

test('receipts come to what is paid, tell VAT to the kopeck and prices of one that are whole', () => {
  const receipt = {
    sno: 'osn' as const,
    lines: [line, { ...line, kopecks: 1, quantity: 1, tax: 'vat105' as const }],
  };
  const shop = sampleShop();

  expect(JSON.parse(decodeURIComponent(encodeReceipt(receipt, 30_031))).items[0].sum).toBe(300.3);
  expect(() => encodeReceipt(receipt, 30_032)).toThrow('come to 30031 kopecks, and 30032 are paid');
  expect(pricedLine(line)).toMatchObject({ Quantity: 3, Cost: 100.1 });
  expect(() => pricedLine({ ...line, kopecks: 10_000 })).toThrow('split the line');
  expect(
    secondReceiptBody(shop, {
      number: 2,
      invoice: 1,
      receipt,
      url: 'https://crm.example/',
      email: 'a@b.example',
    }),
  ).toMatchObject({
    id: '2',
    originId: '1',
    total: 300.31,
    payments: [{ type: 2, sum: 300.31 }],
    vats: [
      { type: 'vat22', sum: 54.15 }, // 300.30 × 22 / 122
      { type: 'vat105', sum: 0 },
    ],
  });
  expect(() =>
    secondReceiptBody(shop, { number: 1, invoice: 1, receipt, url: 'https://crm.example/' }),
  ).toThrow('a number of its own');
});

test('an order that Robokassa would refuse is not signed', () => {
  const order = { invoice: 1, kopecks: 100 };
  const form = (asked: object) => () => paymentForm(sampleShop(), { ...order, ...asked });

  expect(form({ kopecks: 0 })).toThrow();
  expect(form({ kopecks: 1.5 })).toThrow();
  expect(form({ invoice: 2_147_483_648 })).toThrow();
  expect(form({ shp: { shp_deal: '1' } })).toThrow('Shp_ and small letters');
  expect(form({ shp: { Shp_deal: 'a:b' } })).toThrow('letters, digits');
  expect(form({ description: 'a\r\nb' })).toThrow('in one line');
  const described = descriptionOf('Сделка «D-42»\r\n<b>🪵</b>'.padEnd(150, 'ы'));
  expect(described).toMatch(/^Сделка «D-42» b \/b ы+$/);
  expect(form({ description: described })().fields.Description).toBe(described);
});
