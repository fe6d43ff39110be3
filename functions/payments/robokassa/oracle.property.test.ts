import { createRequire } from 'node:module';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { paymentForm, paymentUrl } from './link.ts';
import { verifyResult } from './result.ts';
import { sampleShop } from './sample.ts';
import { Algorithm, digest, shpParts } from './sign.ts';
import { kopecksOf, sumOf } from './sum.ts';

type Library = typeof import('@dev-aces/robokassa');
const { Robokassa }: Library = createRequire(import.meta.url)('@dev-aces/robokassa');

const orders = fc.record(
  {
    invoice: fc.integer({ min: 1, max: 2_147_483_647 }),
    kopecks: fc.integer({ min: 1, max: 9_999_999_999 }),
    currency: fc.constantFrom('USD' as const, 'EUR' as const, 'KZT' as const),
    userIp: fc.ipV4(),
    shp: fc.dictionary(fc.stringMatching(/^Shp_[a-z][a-z0-9]{0,8}$/), fc.stringMatching(/^[\w.-]{1,20}$/), {
      maxKeys: 4,
      noNullPrototype: true,
    }),
  },
  { requiredKeys: ['invoice', 'kopecks'] },
);
const algorithms = fc.constantFrom(...Algorithm.options);

test('an independent library signs every order alike, and its links read the same', () => {
  fc.assert(
    fc.property(orders, algorithms, fc.boolean(), (order, algorithm, isTest) => {
      const shop = sampleShop({ algorithm, test: isTest });
      const { merchantLogin, password1, password2 } = shop;
      const library = new Robokassa({
        merchantLogin,
        password1,
        password2,
        hashAlgorithm: algorithm,
        isTest,
      });
      const theirs = library.generatePaymentUrl({
        description: 'An order',
        outSum: sumOf(order.kopecks),
        invId: order.invoice,
        ...(order.currency === undefined ? {} : { outSumCurrency: order.currency }),
        ...(order.userIp === undefined ? {} : { userIp: order.userIp }),
        encoding: 'utf-8',
        userParameters: { ...order.shp } as Record<`Shp_${string}`, string>,
      });
      const ours = paymentUrl(shop, { ...order, description: 'An order' });

      const sorted = (url: string) => [...new URL(url).searchParams].sort();
      expect(sorted(ours)).toEqual(sorted(theirs));
    }),
  );
});

test('an independent library believes the notifications that we believe, and no others', () => {
  fc.assert(
    fc.property(orders, algorithms, fc.boolean(), ({ invoice, kopecks, shp = {} }, algorithm, isForged) => {
      const shop = sampleShop({ algorithm });
      const { merchantLogin, password1, password2 } = shop;
      const OutSum = `${sumOf(kopecks)}0000`;
      const SignatureValue = digest(algorithm, [
        OutSum,
        String(invoice),
        isForged ? password1 : password2,
        ...shpParts(shp),
      ]).toUpperCase();
      const fields = { OutSum, InvId: String(invoice), SignatureValue, ...shp };
      const library = new Robokassa({ merchantLogin, password1, password2, hashAlgorithm: algorithm });

      const ours = verifyResult(new URLSearchParams(fields).toString(), shop);

      expect(
        library.checkPayment({ ...fields, InvId: invoice, Fee: '', PaymentMethod: '', IncCurrLabel: '' }),
      ).toBe(ours.ok);
      expect(ours).toMatchObject(isForged ? { why: 'forged' } : { ok: true, invoice, kopecks, shp });
    }),
  );
});

test('one changed character of what is signed is never believed', () => {
  const fields = { OutSum: '1500.000000', InvId: '1001', Shp_deal: 'D-42', Shp_pack: 'coffee' };
  const signature = digest('sha256', [
    '1500.000000',
    '1001',
    'Pass-Two_2',
    'Shp_deal=D-42',
    'Shp_pack=coffee',
  ]);
  const raw = new URLSearchParams({ ...fields, SignatureValue: signature }).toString();
  const shop = sampleShop({ algorithm: 'sha256' });
  expect(verifyResult(raw, shop).ok).toBe(true);

  fc.assert(
    fc.property(fc.nat(raw.length - 1), fc.stringMatching(/^[0-9A-Za-z.&=%+_-]$/), (place, sign) => {
      const changed = `${raw.slice(0, place)}${sign}${raw.slice(place + 1)}`;
      // The one thing that may be spelled otherwise is the case of the digest.
      const means = (text: string) =>
        [...new URLSearchParams(text)].map(([name, value]) => [
          name,
          name === 'SignatureValue' ? value.toLowerCase() : value,
        ]);
      fc.pre(JSON.stringify(means(changed)) !== JSON.stringify(means(raw)));

      expect(verifyResult(changed, shop).ok).toBe(false);
    }),
    { numRuns: 2_000 },
  );
});

test('a sum goes out and comes back to the kopeck', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9_999_999_999 }), (kopecks) => {
      const sum = sumOf(kopecks);

      expect([kopecksOf(sum), kopecksOf(`${sum}0000`)]).toEqual([kopecks, kopecks]);
      expect(kopecksOf(`${sum}0001`)).toBeUndefined();
    }),
  );
});

test('no two different orders are signed over one text', () => {
  fc.assert(
    fc.property(orders, orders, (one, other) => {
      fc.pre(JSON.stringify(one) !== JSON.stringify(other));
      const [first, second] = [one, other].map((order) => paymentForm(sampleShop(), order).fields);
      const { SignatureValue: a, ...restOfFirst } = first ?? {};
      const { SignatureValue: b, ...restOfSecond } = second ?? {};

      expect(a === b).toBe(
        JSON.stringify(Object.entries(restOfFirst).sort()) ===
          JSON.stringify(Object.entries(restOfSecond).sort()),
      );
    }),
  );
});
