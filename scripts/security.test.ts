import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const docs = fileURLToPath(new URL('../docs/', import.meta.url));
const read = (page: string): string => readFileSync(join(docs, page), 'utf8');

const linksIn = (page: string): { text: string; file: string }[] =>
  [...read(page).matchAll(/\[([^\]]+)\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, text = '', target = '']) => ({
    text,
    file: join(docs, dirname(page), target),
  }));

test('every claim of the security page is proven by a test that is there under this title', () => {
  const proofs = linksIn('security.md').filter(({ file }) => file.endsWith('.test.ts'));

  const missing = proofs.filter(
    ({ text, file }) => !existsSync(file) || !readFileSync(file, 'utf8').includes(`'${text}'`),
  );
  expect(proofs.length).toBeGreaterThan(60);
  expect(missing.map(({ text, file }) => `${file}: ${text}`)).toEqual([]);
});

test('each claim has its proof', () => {
  const claims = read('security.md')
    .split('\n\n')
    .filter((block) => block.startsWith('| claim | proof |'))
    .flatMap((block) => block.split('\n').slice(2));

  expect(claims.length).toBeGreaterThan(50);
  expect(claims.filter((line) => !/\.test\.ts\)[^|]*\|$/.test(line))).toEqual([]);
});

test.each(['security/asvs.md', 'security/authorisation-industrial.md'])(
  '%s links to what is there',
  (page) => {
    expect(linksIn(page).filter(({ file }) => !existsSync(file))).toEqual([]);
  },
);

/** How many requirements of levels 1 and 2 each section of ASVS 5.0.0 has; they are its first ones. */
const sections: Readonly<Record<string, number>> = {
  '1.1': 2,
  '1.2': 9,
  '1.3': 11,
  '1.4': 3,
  '1.5': 2,
  '2.1': 3,
  '2.2': 3,
  '2.3': 4,
  '2.4': 1,
  '3.2': 2,
  '3.3': 4,
  '3.4': 6,
  '3.5': 5,
  '3.7': 2,
  '4.1': 3,
  '4.2': 1,
  '4.3': 2,
  '4.4': 4,
  '5.1': 1,
  '5.2': 3,
  '5.3': 2,
  '5.4': 3,
  '6.1': 3,
  '6.2': 12,
  '6.3': 4,
  '6.4': 4,
  '6.5': 5,
  '6.6': 3,
  '6.8': 4,
  '7.1': 3,
  '7.2': 4,
  '7.3': 2,
  '7.4': 5,
  '7.5': 2,
  '7.6': 2,
  '8.1': 2,
  '8.2': 3,
  '8.3': 1,
  '8.4': 1,
  '9.1': 3,
  '9.2': 4,
  '10.1': 2,
  '10.2': 2,
  '10.3': 4,
  '10.4': 11,
  '10.5': 5,
  '10.6': 2,
  '10.7': 3,
  '11.1': 2,
  '11.2': 3,
  '11.3': 3,
  '11.4': 4,
  '11.5': 1,
  '11.6': 1,
  '12.1': 3,
  '12.2': 2,
  '12.3': 4,
  '13.1': 1,
  '13.2': 5,
  '13.3': 2,
  '13.4': 5,
  '14.1': 2,
  '14.2': 4,
  '14.3': 3,
  '15.1': 3,
  '15.2': 3,
  '15.3': 7,
  '16.1': 1,
  '16.2': 5,
  '16.3': 4,
  '16.4': 3,
  '16.5': 3,
  '17.1': 1,
  '17.2': 4,
  '17.3': 2,
};

test('the table answers each requirement of ASVS 5.0.0 level 2 once, and counts its answers right', () => {
  const page = read('security/asvs.md');
  const answers = [...page.matchAll(/^\| ([\d., ]+) \| (yes|partly|no|n\/a) \| .+ \|$/gm)].flatMap(
    ([, ids = '', kept = '']) => ids.split(', ').map((id) => ({ id, kept })),
  );
  const wanted = Object.entries(sections).flatMap(([section, count]) =>
    Array.from({ length: count }, (_, at) => `${section}.${at + 1}`),
  );

  expect(wanted).toHaveLength(253);
  expect(answers.map(({ id }) => id).sort()).toEqual(wanted.sort());
  const counted = (kept: string) => answers.filter((answer) => answer.kept === kept).length;
  expect(page).toContain(
    `Counted: ${counted('yes')} yes, ${counted('partly')} partly, ${counted('no')} no, ${counted('n/a')} n/a.`,
  );
});
