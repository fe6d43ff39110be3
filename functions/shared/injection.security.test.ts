import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { world } from '../../local/world.ts';
import { DealId, EntityId, FieldId, Slug, TaskId, UserId } from '../../schemas/ids.ts';
import { fillDocument } from '../deals/documents.ts';
import { letterOf, oneLine, paragraphs } from '../notify/letter.ts';
import { evaluate } from './expression.ts';
import { log, useLogSink } from './log.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const sources = globSync(['functions/**/*.ts', 'statemachines/**/*.ts'], { cwd: root }).filter(
  (file) => !/\.test\.ts$|testing|-for-tests|suite\.ts$/.test(file),
);
const read = (file: string): string => readFileSync(`${root}${file}`, 'utf8');

/** What people might write who have read a manual. */
const hostile = fc.oneof(
  fc.constantFrom(
    '{% $states.context.Execution.Input %}',
    '{% 6 * 7 %}',
    '$eval("6 * 7")',
    '" & $string(6 * 7) & "',
    '$$.dealTotal',
    '{{dealTotal}}',
    '{{#items}}{{price}}{{/items}}',
    '__proto__',
    '=HYPERLINK("http://evil.example")',
  ),
  fc.string({ maxLength: 60, unit: 'grapheme' }),
);

test('a condition takes what people wrote for a text, whatever they wrote', async () => {
  await fc.assert(
    fc.asyncProperty(hostile, async (text) => {
      const facts = { text, dealTotal: 42 };

      expect(await evaluate('text', facts)).toBe(text);
      expect(await evaluate("text & ''", facts)).toBe(text);
      expect(await evaluate('$exists(text)', facts)).toBe(true);
      expect(await evaluate('text = dealTotal', facts)).toBe(false);
    }),
  );
});

test('no expression can make an expression of a text', async () => {
  await expect(evaluate('$eval(text)', { text: '6 * 7' })).rejects.toMatchObject({ code: 'T1006' });
});

test('expressions are parsed in one module of the functions, and none is put together from values', () => {
  const parsing = sources.filter((file) => /from 'jsonata'/.test(read(file)));
  const composing = sources.filter(
    (file) =>
      file.startsWith('functions/') &&
      /\b(?:evaluate|holds)\(\s*(?:`|'[^']*'\s*\+|[\w.]+\s*\+)/.test(read(file)),
  );

  expect(parsing.sort()).toEqual([
    'functions/shared/expression.ts',
    'statemachines/compile/syntax.ts',
    'statemachines/compile/walk.ts',
  ]);
  expect(composing).toEqual([]);
});

test('code is never made of a text', () => {
  const making = sources.filter((file) => /\beval\(|new Function\(|node:vm|child_process/.test(read(file)));

  expect(making).toEqual([]);
});

test('no address that somebody gave is called: the bucket is, by an address of our own, and what the clients of AWS call', () => {
  const calling = sources.filter((file) =>
    /\bfetch\(|node:https?'|node:net'|\baxios\b|undici/.test(read(file)),
  );

  // `outside` is how providers are called, and follows nobody elsewhere either.
  expect(calling.sort()).toEqual([
    'functions/deals/file-store.ts',
    'functions/shared/outside.ts',
    'functions/webhooks/address.ts',
  ]);
  // The last looks addresses up, and refuses those of our own; whoever calls an address of a webhook asks it first.
  expect(read('functions/webhooks/deliver.ts')).toMatch(
    /const url = mustBeReachable\(webhook\.url\);[\s\S]*outside\(url\.href,[\s\S]*lookup: lookupFor\(url\)/,
  );
  // The first calls the bucket, at an address it has signed itself, and follows nobody elsewhere.
  const store = read('functions/deals/file-store.ts');
  expect(store.match(/fetch\(\w*/g)).toEqual(['fetch(address']);
  expect(store).toContain('const address = await signed(');
  expect(store).toContain("redirect: 'error'");
});

let stop: () => Promise<void> = async () => {};
afterEach(() => stop());

test('what looks like an expression of a state machine goes through a run as the text it is', async () => {
  const w = await world({ at: '2026-02-02 09:00' });
  stop = w.stop;
  const text = '{% $states.context.Execution.Id %}';
  const deal = await w.enter('shipment', { contact: 'anna', dealTotal: 100 }, { title: text, paid: 1 });

  await w.as('pavel').complete(deal, 'arrange-shipment', { trackNumber: '{% 6 * 7 %}{{dealTotal}}' });

  const { items } = await w.as('pavel').get(`/v1/deals/${deal}/messages`);
  expect(items[0].body).toContain('{% 6 * 7 %}{{dealTotal}}');
  const [task] = await w.tasks(deal);
  expect(task?.dealTitle).toBe(text);
});

test('a document prints a value as it is and reads no template in it', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      expect(
        fillDocument('{{a}}|{{#items}}{{name}}{{/items}}', { a: text, b: 'x' }, { items: [{ name: text }] }),
      ).toBe(`${text}|${text}`);
    }),
  );
});

const message = (subject: string, body: string) =>
  ({ subject, body, language: 'ru', user: undefined }) as unknown as Parameters<typeof letterOf>[0];

test('a letter has the headers it was given and the tags of its frame, whatever its texts are', () => {
  // Addresses of web pages become links, whole ones and of this form alone.
  const link = /<a href="https?:\/\/[^"<>]*" style="[^"<>]*">[^<>]*<\/a>/g;
  const tagsOf = (html: string): number => (html.replace(link, '').match(/<[a-z!/]/gi) ?? []).length;
  const frame = tagsOf(letterOf(message('x', 'x'), 'x').html);
  const nasty = fc
    .tuple(
      hostile,
      fc.constantFrom('<script>', '\r\nBcc: all@evil.example', '"><img src=x onerror=', '\u2028'),
    )
    .map((parts) => parts.join(''));

  fc.assert(
    fc.property(nasty, nasty, (subject, word) => {
      const body = `x${word.replace(/\s+/g, ' ')}`;
      const letter = letterOf(message(subject, body), body);

      // biome-ignore lint/suspicious/noControlCharactersInRegex: what must not be there
      expect(letter.subject).not.toMatch(/[\u0000-\u001f\u007f\u0085\u2028\u2029]/);
      expect(tagsOf(letter.html)).toBe(frame);
      expect(tagsOf(paragraphs(body))).toBe(2);
      expect(oneLine(letter.subject)).toBe(letter.subject);
    }),
  );
});

test('no id that is taken from outside can reach into another partition or order', () => {
  const shapes = [DealId, EntityId, TaskId, UserId, Slug, FieldId];

  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 30, unit: 'grapheme' }), fc.nat(29), (text, at) => {
      const pierced = `${text.slice(0, at)}#${text.slice(at)}`;
      for (const shape of shapes) expect(shape.safeParse(pierced).success).toBe(false);
    }),
  );
});

test('a line of the log stays one line, whatever it tells of', () => {
  const lines: string[] = [];
  useLogSink((line) => void lines.push(line));
  const { level } = log;
  log.level = 'info';
  try {
    log.info({ deal: 'x\n{"level":"error","msg":"made up"}' }, 'seen\r\n{"level":"error"}');
  } finally {
    useLogSink();
    log.level = level;
  }

  const written = lines.join('').trimEnd();
  expect(written).not.toMatch(/[\r\n]/);
  expect(JSON.parse(written)).toMatchObject({ level: 'info' });
});

test('nothing is exported as a table that a spreadsheet would calculate', () => {
  const writing = sources.filter((file) => /text\/csv|spreadsheetml/.test(read(file)));

  // Files that people upload may be tables; the product itself makes none.
  expect(writing).toEqual(['functions/deals/file-names.ts']);
});
