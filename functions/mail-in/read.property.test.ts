import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { limits } from './limits.ts';
import { readLetter } from './read.ts';

const letters = ['koi8', 'rfc2231', 'html', 'bounce', 'away'].map((name) =>
  readFileSync(join(import.meta.dirname, 'letters', `${name}.eml`)),
);

const shown = new Set(['p', 'br', 'a', 'img', 'div', 'b', 'i', 'u', 's', 'em', 'hr', 'h1', 'pre', 'span']);
const allowed = ['href', 'title', 'rel', 'target', 'src', 'alt', 'width', 'height'];

/** A letter that was broken on its way: bytes lost, doubled or turned into others. */
const broken = fc
  .record({
    letter: fc.constantFrom(...letters),
    cuts: fc.array(
      fc.record({ at: fc.nat(2000), length: fc.nat(80), bytes: fc.uint8Array({ maxLength: 12 }) }),
      {
        maxLength: 8,
      },
    ),
    times: fc.integer({ min: 1, max: 3 }),
  })
  .map(({ letter, cuts, times }) => {
    const torn = cuts.reduce(
      (left, { at, length, bytes }) =>
        Buffer.concat([
          left.subarray(0, at % (left.length + 1)),
          bytes,
          left.subarray((at % (left.length + 1)) + length),
        ]),
      letter,
    );
    return Buffer.concat(Array.from({ length: times }, () => torn));
  });

test('whatever came of a letter on its way, it is read, within its limits and without a sign that does not belong there', async () => {
  await fc.assert(
    fc.asyncProperty(broken, async (raw) => {
      const { from, subject, text, html = '', files, references } = await readLetter(raw);

      expect(text.length).toBeLessThanOrEqual(limits.textCharacters);
      expect(files.length).toBeLessThanOrEqual(limits.files);
      expect(references.length).toBeLessThanOrEqual(limits.references);
      expect([from.name, from.email, subject, ...files.map(({ name }) => name)].join('')).not.toMatch(
        /\p{Cc}/u,
      );
      // What is no tag is escaped, so each of these is one.
      expect([...html.matchAll(/<\/?(\w*)/g)].filter(([, tag]) => !shown.has(String(tag)))).toEqual([]);
      for (const [, attributes = ''] of html.matchAll(/<\w+([^>]*)>/g))
        for (const [, name, value = ''] of attributes.matchAll(/ ([\w-]+)="([^"]*)"/g)) {
          expect(allowed).toContain(name);
          if (name === 'src') expect(value).toMatch(/^cid:/i);
          if (name === 'href') expect(value).not.toMatch(/^\s*(javascript|data|vbscript):/i);
        }
    }),
    { numRuns: 150 },
  );
});
