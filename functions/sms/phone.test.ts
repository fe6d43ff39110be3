import { expect, test } from 'vitest';
import { readPhone } from './phone.ts';

test.for([
  ['8 (912) 345-67-89', 'RU', '+79123456789', 'RU', true],
  ['9123456789', 'RU', '+79123456789', 'RU', true],
  ['7 912 345 6789', 'RU', '+79123456789', 'RU', true],
  ['+7 912 345 67 89', 'RU', '+79123456789', 'RU', true],
  ['8-800-555-35-35', 'RU', '+78005553535', 'RU', false],
  ['+7 495 123-45-67', 'RU', '+74951234567', 'RU', false],
  ['8 777 123 45 67', 'RU', '+77771234567', 'KZ', true],
  ['+7 701 234 56 78', 'RU', '+77012345678', 'KZ', true],
  ['8 10 380 67 1234567', 'RU', '+380671234567', 'UA', true],
  ['067 123 45 67', 'UA', '+380671234567', 'UA', true],
  ['380671234567', 'UA', '+380671234567', 'UA', true],
  ['80671234567', 'UA', '+380671234567', 'UA', true],
  ['069123456', 'MD', '+37369123456', 'MD', true],
  ['0 69 123 456', 'MD', '+37369123456', 'MD', true],
  ['37369123456', 'MD', '+37369123456', 'MD', true],
  ['0777 12345', 'MD', '+37377712345', 'MD', true],
  ['022 123456', 'MD', '+37322123456', 'MD', false],
] as const)('%s, written in %s', ([given, home, number, country, takesSms]) => {
  expect(readPhone(given, home)).toEqual({ number, country, takesSms });
});

test('an extension is kept apart', () => {
  expect(readPhone('+79123456789 доб. 12', 'RU')).toEqual({
    number: '+79123456789',
    country: 'RU',
    takesSms: true,
    extension: '12',
  });
});

test.for(['12345', '', 'позвоните мне', '+7 000 000 00 00', `+7${'9'.repeat(500)}`])(
  '"%s" is no number',
  (given) => {
    expect(readPhone(given, 'RU')).toBeUndefined();
  },
);

test('a number without its country is not guessed where the country is unknown', () => {
  expect(readPhone('067 123 45 67', '')).toBeUndefined();
  expect(readPhone('+380 67 123 45 67', '')).toMatchObject({ number: '+380671234567' });
});
