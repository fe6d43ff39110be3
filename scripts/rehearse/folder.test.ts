import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ownFolder } from './folder.ts';

test('a rehearsal clears its own folder and those of the past, and leaves one that is under way alone', async () => {
  const home = mkdtempSync(join(tmpdir(), 'voronka-rehearsal-'));
  const other = spawn('cat', { stdio: ['pipe', 'ignore', 'ignore'] });
  const past = spawn('true');
  await new Promise((ended) => past.once('exit', ended));
  const names = [String(process.pid), String(past.pid), String(other.pid), 'state'];
  for (const name of names) {
    mkdirSync(join(home, name));
    writeFileSync(join(home, name, 'emulator.log'), '');
  }

  const folder = ownFolder(home);

  expect(folder).toBe(join(home, String(process.pid)));
  expect(names.map((name) => existsSync(join(home, name, 'emulator.log')))).toEqual([
    false,
    false,
    true,
    false,
  ]);
  other.stdin.end();
});
