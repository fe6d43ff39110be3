import { readFileSync } from 'node:fs';
import { createContext, runInContext } from 'node:vm';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { Field, Pipeline, Rung, Stage, Step, TaskStep } from '../../schemas/pipeline.ts';
import * as vocabulary from './index.ts';

const page = readFileSync(new URL('../../docs/add-a-stage.md', import.meta.url), 'utf8');

/** Rows of the tables under a heading: the word, and the example where there is one. */
const rowsUnder = (heading: string): { word: string; example: string }[] => {
  const [, after = ''] = page.split(`### ${heading}\n`);
  const [section = ''] = after.split(/^##/m);
  return [...section.matchAll(/^\| `([^`]+)` \| .*?(?: \| `([^`]+)`)? \|$/gm)].map(
    ([, word = '', example = '']) => ({ word, example }),
  );
};

const words = [...page.matchAll(/^### (.+)$/gm)]
  .map(([, heading = '']) => heading)
  .filter((heading) => !heading.startsWith('Keys of'))
  .flatMap(rowsUnder);

const { field, ...plain } = vocabulary;

test('the page lists every word of the vocabulary, each once', () => {
  expect(words.map(({ word }) => word).sort()).toEqual(
    [...Object.keys(plain), ...Object.keys(field).map((name) => `field.${name}`)].sort(),
  );
});

test.each([
  ['Keys of a pipeline', Pipeline],
  ['Keys of a stage', Stage],
  ['Keys of a task', TaskStep],
])('%s are all on the page, in their order', (heading, shape) => {
  expect(rowsUnder(heading).map(({ word }) => word)).toEqual(Object.keys(shape.shape));
});

/** What the value of an example has to be, where it can be told. */
const shapeOf = (value: unknown): z.ZodType => {
  if (typeof value !== 'object' || value === null) return z.string().min(1);
  if ('do' in value) return Step;
  if ('at' in value && 'needs' in value) return Rung;
  if ('type' in value) return Field;
  return z.looseObject({});
};

test.each(words)('the example of $word works', ({ word, example }) => {
  const value: unknown = structuredClone(runInContext(`(${example})`, createContext({ ...vocabulary })));

  expect(example).toContain(word);
  expect(shapeOf(value).safeParse(value)).toMatchObject({ success: true });
});
