import { expect, test } from 'vitest';
import { commented, named, titleOf } from './names.ts';

test('a step is called by its id, in words', () => {
  expect(titleOf('send-quote')).toBe('Send quote');
  expect(named('send-quote', 'is it needed?')).toBe('Send quote: is it needed?');
});

test('the longest id still makes a name that the service takes', () => {
  expect(named('a'.repeat(48), 'look at the deal again').length).toBeLessThanOrEqual(80);
});

test('a comment says the requirements after its text', () => {
  expect(commented({ ru: 'КП', en: 'Send the quote' }, ['IN-G-03', 'IN-X-01'])).toBe(
    'Send the quote (IN-G-03, IN-X-01)',
  );
  expect(commented('Waits', [])).toBe('Waits');
});
