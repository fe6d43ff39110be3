import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { describe as inWords } from '../statemachines/draw/describe.ts';
import { diagram } from '../statemachines/draw/diagram.ts';
import { packs } from '../statemachines/packs/index.ts';
import { architecture } from './draw-architecture.ts';
import { packPages } from './pack-pages.ts';
import { faultsOf } from './packs/faults.ts';
import { languagesOf } from './packs/languages.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

const pages = globSync(
  ['*.md', 'docs/*.md', 'docs/decisions/*.md', 'docs/integrations/*.md', 'docs/packs/*.md'],
  { cwd: root },
).sort();

test.each(pages)('%s links to what is there', (page) => {
  const targets = [...read(page).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)(?:#[^)]*)?\)/g)].map(
    ([, target = '']) => target,
  );

  expect(targets.filter((target) => !existsSync(join(root, dirname(page), target)))).toEqual([]);
});

test.each(pages)('%s names npm scripts that there are', (page) => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

  const named = [...read(page).matchAll(/npm run (?:--silent )?([\w-]+)/g)].map(([, name = '']) => name);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});

test('the files that the architecture names are there', () => {
  const named = [
    ...read('docs/architecture.md').matchAll(
      /`((?:functions|infra|local|schemas|scripts|statemachines)\/[\w./-]+)`/g,
    ),
  ].map(([, file = '']) => file);

  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((file) => !existsSync(join(root, file)))).toEqual([]);
});

test('the picture is the one that was last drawn', () => {
  expect(read('docs/architecture.svg')).toBe(architecture());
});

test('the index of the documentation lists every page', () => {
  const index = read('docs/README.md');

  const others = globSync('*.md', { cwd: join(root, 'docs') }).filter((page) => page !== 'README.md');
  expect(others.filter((page) => !index.includes(`(${page})`))).toEqual([]);
});

test('the pages of the packs are those that were last written', async () => {
  const pages = await packPages();

  // `npm run generate` writes them again
  for (const [name, page] of pages)
    expect(read(`docs/packs/${name}`) === page, `docs/packs/${name}`).toBe(true);
  expect(globSync('*', { cwd: join(root, 'docs/packs') }).sort()).toEqual([...pages.keys()].sort());
});

test('the tests that the pages name as proof are there', async () => {
  const sources = globSync('{functions,local,scripts,statemachines}/**/*.test.ts', { cwd: root }).map(read);
  const faults = (await Promise.all(packs.map(({ id }) => faultsOf(id)))).flat();

  expect(faults.filter(({ test }) => !sources.some((source) => source.includes(test)))).toEqual([]);
});

test('the pictures and descriptions of the pipelines are those that were last drawn', () => {
  // `npm run diagram -- --all` draws them again
  for (const pack of packs)
    for (const pipeline of pack.pipelines)
      for (const language of languagesOf(pack)) {
        const file = `docs/diagrams/${pack.id}-${pipeline.id}.${language}`;
        expect(read(`${file}.svg`) === diagram(pack, pipeline, language), `${file}.svg`).toBe(true);
        expect(read(`${file}.md`) === inWords(pack, pipeline, language), `${file}.md`).toBe(true);
      }
});
