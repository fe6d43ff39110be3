import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { receiptLines } from './receipt-lines.ts';
import { ReceiptLine } from './robokassa/receipt.ts';

const line = fc.record({
  name: fc.oneof(
    fc.string({ minLength: 1, maxLength: 200 }),
    fc.string({ unit: 'grapheme', minLength: 100, maxLength: 140 }),
    fc.constantFrom('a\ud83d', `${'a'.repeat(127)}🙂`),
  ),
  quantity: fc.oneof(fc.integer({ min: 1, max: 10_000_000 }), fc.constantFrom(0.5, 1.25, 0.333)),
  price: fc.integer({ min: 0, max: 50_000_000 }),
});

test('whatever is on the bill, its lines are such as the gateway takes, and come to the amount exactly', () => {
  fc.assert(
    fc.property(
      fc.array(line, { maxLength: 120 }),
      fc.integer({ min: 100, max: 9_999_999_999 }),
      (lines, amount) => {
        const made = receiptLines(lines, amount, 'vat22', 'Order');

        expect(made.reduce((sum, one) => sum + one.sum, 0)).toBe(amount);
        for (const { sum, ...each } of made)
          ReceiptLine.parse({ ...each, kopecks: sum, method: 'full_payment', object: 'commodity' });
      },
    ),
    { numRuns: 300 },
  );
});

test.for([
  ['paid in full each line is itself', 150_000, [99_999, 50_001]],
  [
    'paid in part each is paid in part, and the rest of the rounding goes to the last',
    100_000,
    [66_666, 33_334],
  ],
  ['a kopeck goes to the last line', 100, [66, 34]],
] as const)('%s', ([, amount, sums]) => {
  const lines = [
    { name: 'Bearing', quantity: 3, price: 33_333 },
    { name: 'Seal', quantity: 1, price: 50_001 },
  ];

  expect(receiptLines(lines, amount, 'none', 'Order').map(({ sum }) => sum)).toEqual(sums);
});

test('without lines, or with what is worth nothing, the bill is one line', () => {
  const one = [{ name: 'Order G-1', quantity: 1, sum: 500, tax: 'none' }];

  expect(receiptLines([], 500, 'none', 'Order G-1')).toEqual(one);
  expect(receiptLines([{ name: 'Gift', quantity: 1, price: 0 }], 500, 'none', 'Order G-1')).toEqual(one);
});
