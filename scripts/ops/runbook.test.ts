import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commandOf } from './command.ts';

const runbook = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'runbook.md'), 'utf8');
const commands = [
  ...new Set([...runbook.matchAll(/npm run ops -- ([^`\n]+)/g)].map(([, words = '']) => words.trim())),
];

test('the runbook shows every command', () => {
  const shown = commands.map((words) => words.split(' ')[0]);

  expect([...new Set(shown)].sort()).toEqual(['queues', 'recount', 'redrive', 'restart', 'runs']);
});

test.each(commands)('npm run ops -- %s is understood as the runbook writes it', (words) => {
  expect(commandOf(words.split(' ')).command.do).toBe(words.split(' ')[0]);
});

test('every page that the runbook points to is in it', () => {
  const slugs = new Set(
    [...runbook.matchAll(/^#{2,3} (.+)$/gm)].map(([, title = '']) =>
      title.toLowerCase().replaceAll(' ', '-'),
    ),
  );

  const lost = [...runbook.matchAll(/\]\(#([^)]+)\)/g)].filter(([, slug = '']) => !slugs.has(slug));
  expect(lost).toEqual([]);
});
