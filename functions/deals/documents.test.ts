import { expect, test } from 'vitest';
import { fillDocument } from './documents.ts';

const body = 'No {{number}}\n{{#items}}{{name}}: {{sum}}\n{{/items}}Total {{total}}, {{nothing}}';

test('a block is repeated for each line with the line’s values before the deal’s', () => {
  const text = fillDocument(
    body,
    { number: 'G-1', total: '3', name: 'the deal' },
    {
      items: [
        { name: 'Belt', sum: '1' },
        { name: 'Pulley', sum: '2' },
      ],
    },
  );

  expect(text).toBe('No G-1\nBelt: 1\nPulley: 2\nTotal 3, —');
});

test('a block without lines is nothing', () => {
  expect(fillDocument(body, { number: 'G-1' }, {})).toBe('No G-1\nTotal —, —');
});

test('a value is never read as a template', () => {
  const text = fillDocument(
    body,
    { number: '{{total}}', total: '3' },
    { items: [{ name: '{{total}}{{#items}}x{{/items}}', sum: '1' }] },
  );

  expect(text).toBe('No {{total}}\n{{total}}{{#items}}x{{/items}}: 1\nTotal 3, —');
});
