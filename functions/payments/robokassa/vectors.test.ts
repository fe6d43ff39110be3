import { expect, test } from 'vitest';
import { invoicePayload, invoiceToken } from './invoice.ts';
import { type Order, paymentForm, paymentUrl } from './link.ts';
import { refundToken } from './refund.ts';
import { verifyResult, verifySuccess } from './result.ts';
import { sampleShop } from './sample.ts';
import { sealed } from './second-receipt.ts';
import { type Algorithm, digest } from './sign.ts';

const encodedReceipt =
  '%7B%22sno%22%3A%22usn_income%22%2C%22items%22%3A%5B%7B%22name%22%3A%22%D0%9A%D0%BE%D0%BD%D1%81%D1%83%D0%BB%D1%8C%D1%82%D0%B0%D1%86%D0%B8%D1%8F%22%2C%22quantity%22%3A1%2C%22sum%22%3A1500%2C%22payment_method%22%3A%22full_prepayment%22%2C%22payment_object%22%3A%22service%22%2C%22tax%22%3A%22none%22%7D%5D%7D';

const order: Order = { invoice: 1001, kopecks: 150_000 };
const tagged: Order = { ...order, shp: { Shp_tenant: 'acme', Shp_deal: 'D-42' } };
const receipted: Order = {
  ...order,
  shp: { Shp_deal: 'D-42' },
  receipt: {
    sno: 'usn_income',
    lines: [
      {
        name: 'Консультация',
        quantity: 1,
        kopecks: 150_000,
        method: 'full_prepayment',
        object: 'service',
        tax: 'none',
      },
    ],
  },
};

test.for<[string, Order, Algorithm, string]>([
  ['P1: an order', order, 'md5', '495d5871969c3ad077c8b09ac52909ca'],
  ['P1b: the same by SHA-1', order, 'sha1', '924d893ebcc899178811352869c56d2c21da3ee6'],
  ['P1c: the same by RIPEMD-160', order, 'ripemd160', 'aa6f6e9d130948f4974fa531890df2e14ede99f6'],
  [
    'P1d: the same by SHA-384',
    order,
    'sha384',
    'b771bfce273e000f8fc5a5055d13ae91ddfff6d2ecc95ec43d83d20dc55ac9d5c4ca7bd4bd02402f8d40737f0b80b6e9',
  ],
  ['P2: parameters of the shop, sorted', tagged, 'md5', 'e3ecba1cca1a2fbcdf15fc86cca29e80'],
  [
    'P3: the same by SHA-256',
    tagged,
    'sha256',
    '77416550090475d5ac5dfc444178dc015a0bcb136e69f22cf7d2406fe9e8c8f6',
  ],
  ['P4: no number keeps its place', { kopecks: 150_000 }, 'md5', '894151fbd371b2ea41f52fc794ede957'],
  ['P5: a receipt, encoded once', receipted, 'md5', 'de20960fab3b9eba5c9b338f6c5b846c'],
  [
    'P6: the same by SHA-256',
    receipted,
    'sha256',
    'd722567cee1b21fce51f405df980ef4eb01b88017372a77e9207baf13b16eec4',
  ],
  [
    'P7: addresses, plain',
    {
      ...receipted,
      noticeTo: 'https://crm.example/pay/r2',
      success: { url: 'https://crm.example/pay/ok', method: 'GET' },
      fail: { url: 'https://crm.example/pay/fail', method: 'GET' },
    },
    'sha256',
    '3fee601c764442d66580aa4c43169bf9e19ad304b2d5120ab41d9d1d8510f067',
  ],
  [
    'P8: another currency, and where the client is',
    { invoice: 1001, kopecks: 2_000, currency: 'USD', userIp: '203.0.113.7' },
    'md5',
    '2dc88e8e60bb6fc23c447fda5f1dd53b',
  ],
  ['H1: a hold', { ...order, hold: true }, 'md5', '63902661663abfd4593a958d9d7bb553'],
])('an order is signed as in %s', ([, asked, algorithm, wanted]) => {
  const { fields } = paymentForm(sampleShop({ algorithm }), asked);

  expect(fields.SignatureValue).toBe(wanted);
});

test('a receipt is sent as it was signed, which a link encodes once more', () => {
  const { fields } = paymentForm(sampleShop(), receipted);
  expect(fields.Receipt).toBe(encodedReceipt);

  const url = new URL(paymentUrl(sampleShop({ test: true }), receipted));

  expect(url.href.startsWith('https://auth.robokassa.ru/Merchant/Index.aspx?MerchantLogin=crm-demo&')).toBe(
    true,
  );
  expect(url.search).toContain('Receipt=%257B%2522sno');
  expect(url.searchParams.get('Receipt')).toBe(encodedReceipt);
  expect(url.searchParams.get('IsTest')).toBe('1');
});

test.for<[string, readonly string[], string]>([
  ['H2: a hold let go', ['crm-demo', '', '1001', 'Pass-One_1'], '910dbc38d5d6eda4151330818f898df1'],
  ['O1: a question for the state', ['crm-demo', '1001', 'Pass-Two_2'], '6a7bb8b298abe9b0c481c90fe90e97f9'],
])('%s is signed as published', ([, parts, wanted]) => {
  expect(digest('md5', parts)).toBe(wanted);
});

test.for<[string, string, Algorithm]>([
  [
    'R1: six decimals',
    'OutSum=1500.000000&InvId=1001&SignatureValue=28CC9C65316961E1525F3BE27CCCF97F&Fee=52.500000&PaymentMethod=BankCard',
    'md5',
  ],
  [
    'R2: parameters of the shop',
    'OutSum=1500.00&InvId=1001&Shp_tenant=acme&Shp_deal=D-42&SignatureValue=F975948050932F4D8E04DC5414841B3E',
    'md5',
  ],
  [
    'R3: the same by SHA-256',
    'OutSum=1500.00&InvId=1001&Shp_tenant=acme&Shp_deal=D-42&SignatureValue=CD1A935F15131E59A5DC76DA4C3C579052E39A0758B97560472930380F9C81AF',
    'sha256',
  ],
])('a notification is believed as in %s', ([, raw, algorithm]) => {
  expect(verifyResult(raw, sampleShop({ algorithm }))).toMatchObject({
    ok: true,
    invoice: 1001,
    kopecks: 150_000,
  });
});

test('S1: a browser that comes back is believed by the first password alone', () => {
  const raw =
    'OutSum=1500.00&InvId=1001&SignatureValue=ddc5e3aac5db872db64b06918e3fa51f&Culture=ru&Shp_deal=D-42&Shp_tenant=acme';

  expect(verifySuccess(raw, sampleShop())).toMatchObject({ ok: true, invoice: 1001 });
  expect(verifyResult(raw, sampleShop())).toMatchObject({ ok: false, why: 'forged' });
});

test('a refund, an invoice and a final receipt are signed as published', () => {
  const shop = sampleShop();
  // The sample of the provider's own page, with its line break.
  const printed = Buffer.from(
    'eyJtZXJjaGFudElkIjogInJvYm9rYXNzYV9zZWxsIiwiaWQiOiAiMTQiLCJvcmlnaW5JZCI6ICIxMyIsIm9wZXJhdGlvbiI6ICJzZWxsIiwKInNubyI6ICJvc24iLCJ1cmwiOiAiaHR0cHM6Ly93d3cucm9ib2thc3NhLnJ1LyIsInRvdGFsIjogMTAwLCJpdGVtcyI6IFt7Im5hbWUiOiAi0KLQvtCy0LDRgCIsInF1YW50aXR5IjogMSwic3VtIjogMTAwLCJ0YXgiOiAibm9uZSIsInBheW1lbnRfbWV0aG9kIjogImZ1bGxfcGF5bWVudCIsInBheW1lbnRfb2JqZWN0IjogImNvbW1vZGl0eSJ9XSwiY2xpZW50IjogeyJlbWFpbCI6ICJ0ZXN0QHRlc3QucnUiLCJwaG9uZSI6ICI3MTIzNDU2Nzg5MCJ9LCJwYXltZW50cyI6IFt7InR5cGUiOiAyLCJzdW0iOiAxMDB9XSwidmF0cyI6IFt7InR5cGUiOiAibm9uZSIsInN1bSI6IDB9XX0',
    'base64url',
  );

  const refund = refundToken(shop, {
    opKey: '14D2B521-4EAB-492A-9D91-00D12FF24D57-1NvHQWRwf',
    kopecks: 50_000,
  });
  const invoice = invoiceToken(
    shop,
    invoicePayload(shop, { invoice: 1001, kopecks: 150_000, description: 'Deal D-42' }),
  );
  const receipt = sealed(printed.toString('utf8'), 'md5', 'robokassatest');

  expect(refund.split('.')[2]).toBe('-AL6elTbAb3tK0DQiXov2wUR2j0w8JGq3OVIcHUBtV4');
  expect(invoice.split('.')[2]).toBe('ngPy4yp9zDxW_FjDCqrJMg');
  expect(receipt).toBe(
    `${printed.toString('base64url')}.${Buffer.from('3001586201143da4232896c44244bdbb').toString('base64').replace(/=+$/, '')}`,
  );
  expect(receipt.endsWith('.MzAwMTU4NjIwMTE0M2RhNDIzMjg5NmM0NDI0NGJkYmI')).toBe(true);
});
