import jsonata from 'jsonata';
import { expect, test } from 'vitest';
import { both, overState, wholly } from './condition.ts';

test.each([
  ['paid < amount', '$states.input.facts.paid < $states.input.facts.amount'],
  ["quote.answer = 'yes'", "$states.input.facts.quote.answer = 'yes'"],
  [
    "delivery != 'delivery' and $exists(track)",
    "$states.input.facts.delivery != 'delivery' and $exists($states.input.facts.track)",
  ],
  ['"paid < amount" = note', '"paid < amount" = $states.input.facts.note'],
  ['a in [b, "a", c.a]', '$states.input.facts.a in [$states.input.facts.b, "a", $states.input.facts.c.a]'],
  ['a ? (b) : -c', '$states.input.facts.a ? ($states.input.facts.b) : -$states.input.facts.c'],
  ['`a`.b[0].c = 1', '$states.input.facts.`a`.b[0].c = 1'],
  [
    "decision = 'rejected' or outcome = 'moved'",
    "$states.input.decision = 'rejected' or $states.input.outcome = 'moved'",
  ],
  ['a.decision = true', '$states.input.facts.a.decision = true'],
  ['$not(aa)  and/* a */ a', '$not($states.input.facts.aa)  and/* a */ $states.input.facts.a'],
])('%s is read from the state of the run', (given, text) => {
  expect(overState(given).text).toBe(text);
});

test('a condition knows the facts and the words of the run it reads, each once', () => {
  expect(overState("b.x = a and a = 'c' and $exists(b.y) and decision = 'approved'")).toMatchObject({
    facts: ['a', 'b'],
    words: ['decision'],
  });
});

test('of two conditions each keeps its own meaning', () => {
  const a = { text: 'a or b', facts: ['b', 'a'], words: [] };
  const b = { text: 'c ? d : e', facts: ['a', 'c'], words: ['decision'] as const };

  expect(both(a, b)).toEqual({
    text: '(a or b) and (c ? d : e)',
    facts: ['a', 'b', 'c'],
    words: ['decision'],
  });
});

test.each([
  ['paid < amount', 'paid < amount ? true : false'],
  ['flag', 'flag ? true : false'],
  ['$not(flag)', '$not(flag) ? true : false'],
  ['a ? b : c', '(a ? b : c) ? true : false'],
  ['paid < amount and flag', 'paid < amount and flag'],
  ['a = b', 'a = b'],
  ['a ? b = 1 : false', 'a ? b = 1 : false'],
  ['($exists(a))', '($exists(a))'],
])('%s is true or false even without its facts', async (given, text) => {
  expect(wholly(given)).toBe(text);
  expect(await jsonata(text).evaluate({})).toBeTypeOf('boolean');
});
