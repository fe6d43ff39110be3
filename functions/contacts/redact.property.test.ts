import fc from 'fast-check';
import { expect, test } from 'vitest';
import { redactorOf } from './redact.ts';

const anna = { name: 'Анна Сомова', email: 'anna@plant.example', phone: '+79161234567' };

test.each([
  ['Звонила Анна Сомова.', 'Звонила [erased].'],
  ['АННА  СОМОВА', '[erased]'],
  ['Анна Сомовая и Неанна Сомова', 'Анна Сомовая и Неанна Сомова'],
  ['Anna@Plant.example, +7 (916) 123-45-67', '[erased], [erased]'],
  ['8-916-123-45-67', '[erased]'],
  ['89161234568', '89161234568'],
  ['anna@plantXexample', 'anna@plantXexample'],
])('%s becomes %s', (text, without) => {
  expect(redactorOf(anna)(text)).toBe(without);
});

test('a name that is a pattern is taken as it stands', () => {
  const redact = redactorOf({ name: '(a+)+$ [x' });

  expect(redact('says (a+)+$ [x here')).toBe('says [erased] here');
  expect(redact('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!')).toBe('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!');
});

test('whatever a person is called, a text that says it alone says nothing any more', () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 2, maxLength: 40, unit: 'grapheme' }).filter((name) => name.trim().length > 1),
      (name) => {
        const redact = redactorOf({ name });
        expect(redact(`: ${name.trim()} .`)).toBe(': [erased] .');
        expect(redact(redact(name))).toBe(redact(name));
      },
    ),
  );
});
