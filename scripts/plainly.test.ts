import { parseArgs } from 'node:util';
import { expect, test } from 'vitest';
import { PacksRefused } from '../statemachines/machines.ts';
import { demos, namedPacks } from './demo/index.ts';
import { plainly } from './plainly.ts';

test('a taken port is named with the mend', () => {
  const taken = Object.assign(new Error('listen EADDRINUSE'), { code: 'EADDRINUSE', port: 4000 });

  expect(plainly(taken)).toBe(
    'port 4000 is taken; stop what listens there, or choose others: npm start -- --port 5000',
  );
});

test('a folder that cannot be is named with the mend', () => {
  const refused = Object.assign(new Error('ENOTDIR: not a directory'), {
    code: 'ENOTDIR',
    path: '/notes/state',
  });

  expect(plainly(refused)).toBe(
    '/notes/state: no folder can be kept there (ENOTDIR); choose another: npm start -- --dir <folder>',
  );
});

test('a company that there is not is named, with those that there are', () => {
  let said: string | undefined;
  try {
    namedPacks('coffee,nosuch');
  } catch (error) {
    said = plainly(error);
  }

  expect(said).toBe(`--pack nosuch: no demo data; there is some of ${Object.keys(demos).join(', ')}`);
});

test('findings of the linter are told as they are', () => {
  expect(plainly(new PacksRefused('1 finding(s) in the packs'))).toBe('1 finding(s) in the packs');
});

test('a misspelled option is named, and where all of them are', () => {
  const misspelled = (): unknown => parseArgs({ args: ['--stge'], allowPositionals: true, options: {} });

  let said: string | undefined;
  try {
    misspelled();
  } catch (error) {
    said = plainly(error);
  }

  expect(said).toBe("Unknown option '--stge'; --help says what there is");
});

test('a fault keeps its stack', () => {
  expect(plainly(new TypeError('x is undefined'))).toBeUndefined();
});
