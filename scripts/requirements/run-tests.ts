import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import * as z from 'zod';
import { idsOfTitle } from './ids.ts';
import type { Proof } from './judge.ts';

const Report = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), title: z.string(), status: z.string() })),
    }),
  ),
});

/** Reads the report of a run, as vitest's JSON reporter writes it; a test that names no requirement may be a seam. */
export const proofsOf = (report: unknown, root: string): Proof[] =>
  Report.parse(report).testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.flatMap(({ title, status }) => {
      const ids = idsOfTitle(title);
      return [
        {
          file: relative(root, name),
          title,
          ids,
          status: status === 'passed' || status === 'failed' ? status : ('skipped' as const),
        },
      ];
    }),
  );

const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');

/** Runs test files and answers how their tests ended. What went wrong goes to the terminal. */
export const runTests = async (files: readonly string[], root: string): Promise<Proof[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'requirements-'));
  const report = join(folder, 'report.json');
  try {
    const child = spawn(
      process.execPath,
      [vitest, 'run', ...files, '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`],
      { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] },
    );
    await new Promise<void>((ended, failed) => {
      child.once('error', failed);
      child.once('close', () => ended());
    });
    return proofsOf(JSON.parse(readFileSync(report, 'utf8')), root);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
