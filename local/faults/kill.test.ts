import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { synthesize } from '../../infra/synthesize.ts';
import { chanceFrom } from './chance.ts';
import { momentsFrom, play } from './play.ts';

const folder = mkdtempSync(join(tmpdir(), 'voronka-kills-'));
const templates = join(folder, 'templates.json');

beforeAll(async () => {
  const { templates: made } = await synthesize({ bundle: false, nag: false });
  writeFileSync(templates, JSON.stringify(made));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a runtime killed again and again leaves the history of one that was not', {
  timeout: 300_000,
}, async () => {
  const [undisturbed, killed] = await Promise.all([
    play(templates),
    play(templates, momentsFrom(chanceFrom(91), 3)),
  ]);

  expect([undisturbed.failed, killed.failed]).toEqual([undefined, undefined]);
  expect(killed.kills).toHaveLength(3);
  expect(killed.history).toEqual(undisturbed.history);
  // Who told one person the same thing twice would do so undisturbed as well: a history has to be right, not only the same.
  const { notification = [], ledger = [] } = killed.history.rows;
  expect(new Set(notification.map(said)).size).toBe(notification.length);
  expect(ledger).toHaveLength(2);
  expect(killed.history.letters.filter((letter) => letter.includes('anna@'))).toHaveLength(3);
  expect(killed.history.runs.filter((run) => run.includes('RUNNING'))).toEqual([]);
});

/** What a notification says to whom about what; of a cycle that repeats, each time is another. */
const said = (row: string): string => {
  const { user, deal, text, task, at } = JSON.parse(row) as Record<string, unknown>;
  return JSON.stringify([user, deal, text, task, at]);
};
