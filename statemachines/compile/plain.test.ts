import jsonata from 'jsonata';
import { expect, test } from 'vitest';
import { isPlain } from './plain.ts';

test.each([
  'paid < amount',
  "delivery in ['pickup', 'carrier'] and ($exists(track) or $not(urgent))",
  'lines[0].price >= -1 + total - 2',
  "'No. ' & number",
  'a = null ? true : b.c != 1.5',
  "$merge([a, {'b': c}])",
])('%s is plain', (expression) => {
  expect(isPlain(expression)).toBeUndefined();
});

test.each([
  ['$sum(lines.price) > 0', 'it calls $sum'],
  ['amount * 2 > paid', 'it uses the operator *'],
  ['lines[price > 1].name', 'it filters a list, where only an index is plain'],
  ['lines.(price)', 'its path goes through a block'],
  ['lines[]', 'it uses keepSingletonArray on a path'],
  ['lines{name: price}', 'it uses group on a path'],
  ['[1..3]', 'it uses the operator ..'],
  ['(a; b)', 'it is a sequence of expressions'],
  ['function($x){$x}', 'it uses a lambda'],
  ['(a).b', 'its path begins with a block'],
  ['a ~> $f', 'it uses a apply "~>"'],
  ['*', 'it uses a wildcard "*"'],
  ['$states.input.facts.paid', 'it reads the variable $states'],
  ['paid <', 'it is no JSONata: Unexpected end of expression'],
])('%s is not: %s', (expression, why) => {
  expect(isPlain(expression)).toContain(why);
});

test('a machine reads its own state, and nothing else', () => {
  expect(isPlain('$states.input.timers.`send-quote`[$states.input.rung]', ['states'])).toBeUndefined();
  expect(isPlain('$other.input', ['states'])).toContain('it reads the variable $other');
});

test('a timer is taken by its rung, from a single one too', async () => {
  const timer = jsonata('$states.input.timers.`send-quote`[$states.input.rung]');
  const at = (rung: number, seconds: number[]) =>
    timer.evaluate({}, { states: { input: { rung, timers: { 'send-quote': seconds } } } });

  expect([await at(0, [60, 90]), await at(1, [60, 90]), await at(0, [60])]).toEqual([60, 90, 60]);
});
