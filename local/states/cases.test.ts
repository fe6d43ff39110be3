import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Case, checkCase } from './case.ts';

const folder = new URL('./cases/', import.meta.url);

const cases = readdirSync(folder).flatMap((topic) =>
  readdirSync(new URL(`${topic}/`, folder)).map((file) => {
    const given = JSON.parse(readFileSync(new URL(`${topic}/${file}`, folder), 'utf8')) as Case;
    return [`${topic}/${file}`, given] as const;
  }),
);

test.each(cases)('%s', async (_, given) => {
  const { outcome, events } = await checkCase(given);

  expect([...outcome, ...events]).toEqual([]);
});
