import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { EventRecord } from './frame.ts';
import { decode, encode } from './record-codec.ts';

const payloads = [null, 0, '', 'text', [], {}, { a: [1] }, [{ b: null }]];

const record = fc
  .record({
    t: fc.constantFrom('PassStateEntered', 'PassStateExited'),
    input: fc.nat(9),
    output: fc.nat(9),
    bare: fc.boolean(),
  })
  .map(({ t, input, output, bare }): EventRecord => {
    if (bare) return { t, p: 1, at: 2 };
    const d: NonNullable<EventRecord['d']> = { name: 'A' };
    const [left, right] = [payloads[input], payloads[output]];
    if (left !== undefined) d.input = left;
    if (right !== undefined) d.output = right;
    return { t, p: 1, at: 2, d };
  });

test('what is written is read back', () => {
  fc.assert(
    fc.property(fc.array(record, { maxLength: 12 }), (records) => {
      expect(decode(encode(records))).toEqual(records);
    }),
  );
});

test('a payload handed on is written once', () => {
  const input = { deal: 'x'.repeat(1000) };
  const records = ['PassStateEntered', 'PassStateExited', 'PassStateEntered'].map((t): EventRecord => {
    const payload = t.endsWith('Entered') ? { input } : { output: input };
    return { t, p: 1, at: 2, d: { name: 'A', ...payload } };
  });

  expect(encode(records).length).toBeLessThan(1300);
});
