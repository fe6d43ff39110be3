import fc from 'fast-check';
import { SegmentedMessage } from 'sms-segments-calculator';
import { split } from 'split-sms';
import { expect, test } from 'vitest';
import { plainWhereItSaves, segmentsOf } from './segments.ts';

const emoji = '\u{1F600}';

test.for([
  ['a × 160', 'a'.repeat(160), 'GSM-7', 1],
  ['a × 161', 'a'.repeat(161), 'GSM-7', 2],
  ['a × 306', 'a'.repeat(306), 'GSM-7', 2],
  ['a × 307', 'a'.repeat(307), 'GSM-7', 3],
  ['€ × 80', '€'.repeat(80), 'GSM-7', 1],
  ['€ × 81', '€'.repeat(81), 'GSM-7', 2],
  ['a pair that just fits', `${'a'.repeat(151)}€${'a'.repeat(153)}`, 'GSM-7', 2],
  ['a pair that moves, with room behind it', `${'a'.repeat(152)}€${'a'.repeat(151)}`, 'GSM-7', 2],
  ['a pair that moves, and what follows with it', `${'a'.repeat(152)}€${'a'.repeat(152)}`, 'GSM-7', 3],
  ['я × 70', 'я'.repeat(70), 'UCS-2', 1],
  ['я × 71', 'я'.repeat(71), 'UCS-2', 2],
  ['я × 134', 'я'.repeat(134), 'UCS-2', 2],
  ['я × 135', 'я'.repeat(135), 'UCS-2', 3],
  ['emoji × 35', emoji.repeat(35), 'UCS-2', 1],
  ['emoji × 36', emoji.repeat(36), 'UCS-2', 2],
  ['an emoji between two parts', `${'я'.repeat(66)}${emoji}${'я'.repeat(66)}`, 'UCS-2', 3],
  ['a text of a shop', 'Ваш заказ D-42 оплачен. Спасибо! https://crm.example/d/42', 'UCS-2', 1],
  ['Romanian', 'Comandă plătită', 'UCS-2', 1],
] as const)('%s: parts as the networks count them', ([, text, encoding, parts]) => {
  const counted = segmentsOf(text);

  expect(counted).toMatchObject({ encoding, parts });
  expect(split(text).parts).toHaveLength(parts);
  expect(new SegmentedMessage(text).segmentsCount).toBe(parts);
});

const signs = fc.constantFrom(...'aZ09 @£€^{}[]~|\\àñ§', 'я', 'Ж', 'ă', emoji, '漢');
const texts = fc.oneof(
  fc.array(fc.constantFrom(...'abc €^{}@£'), { maxLength: 480 }),
  fc.array(signs, { maxLength: 300 }),
);

test('two other counters agree on any text', () => {
  fc.assert(
    fc.property(texts, (given) => {
      const text = given.join('');
      fc.pre(text !== '');

      const { encoding, parts } = segmentsOf(text);

      const other = new SegmentedMessage(text);
      expect(other.segmentsCount).toBe(parts);
      expect(other.encodingName).toBe(encoding);
      expect(split(text).parts).toHaveLength(parts);
    }),
    { numRuns: 300 },
  );
});

test('what is left is what fits without one part more', () => {
  fc.assert(
    fc.property(texts, (given) => {
      const text = given.join('');
      fc.pre(text !== '');
      const { encoding, parts, left } = segmentsOf(text);
      const sign = encoding === 'GSM-7' ? 'a' : 'я';

      expect(segmentsOf(text + sign.repeat(left)).parts).toBe(parts);
      // A message that fills its 160 has less room once it is cut: then it may be two or more.
      expect(segmentsOf(text + sign.repeat(left + 1)).parts).toBeGreaterThan(parts);
    }),
    { numRuns: 200 },
  );
});

test('an empty text has no part', () => {
  expect(segmentsOf('')).toEqual({ encoding: 'GSM-7', parts: 0, units: 0, left: 160 });
});

test.for([
  ['curly quotes and a dash', 'Order “42” — ready', 'Order "42" - ready'],
  ['a space that does not break', 'Order\u00a042', 'Order 42'],
  ['Cyrillic, where it saves nothing', 'Заказ «42» — готов', 'Заказ «42» — готов'],
  ['one more sign that GSM-7 has not', 'Order “42” ☃', 'Order “42” ☃'],
  ['plain already', "Order '42' [ready]", "Order '42' [ready]"],
] as const)('%s', ([, given, said]) => {
  expect(plainWhereItSaves(given)).toBe(said);
});
