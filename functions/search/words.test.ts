import { expect, test } from 'vitest';
import { isWanted, wantedIn, wordsOf } from './words.ts';

test.for<[string, string]>([
  ['12 подшипников 6205', 'подшип'],
  ['12 подшипников 6205', 'ПОДШИПНИКОВ 62'],
  ['Счёт Ёлкиной', 'елкин'],
  ['G-123', 'g-123'],
  ['G-123', '123'],
  ['Счёт № 77/2026', '77/20'],
  ['Кафе Plant Demo-1', 'plant-demo-1'],
  ['+7 916 123-45-67', '89161234567'],
  ['+7 916 123-45-67', '8 (916) 123-45-67'],
  ['+7 916 123-45-67', '916 123 45 67'],
  ['Звонить 8(916)1234567 днём', '+79161234567'],
  ['anna@plant-demo-1.example', 'anna@plant'],
  ['ул. Ленина, д. 5, кв. 12', 'ленина 5'],
  ['Alina Guțu', 'gutu'],
  ['Alina Guţu', 'Guțu'],
  ['Ecaterina Sirbu', 'sîrbu'],
  ['Андрей Їжак', 'андрей їжак'],
])('“%s” is found by “%s”', ([text, question]) => {
  expect(wantedIn(question).every((wanted) => isWanted(wanted, wordsOf(text)))).toBe(true);
});

test.for<[string, string]>([
  ['G-123', '23'],
  ['12 подшипников', 'шип'],
  ['Майка', 'маика'],
  ['12 подшипников', 'подшипник ремень'],
  ['+7 916 123-45-67', '+7 916 123-45-68'],
])('“%s” is not found by “%s”', ([text, question]) => {
  expect(wantedIn(question).every((wanted) => isWanted(wanted, wordsOf(text)))).toBe(false);
});

test('nothing is asked for by signs alone', () => {
  expect(wantedIn(' — … # ')).toEqual([]);
});
