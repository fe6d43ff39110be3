import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { python, pythonTool } from './python.ts';

const launcher = join(import.meta.dirname, 'cfn-lint', 'lint.py');

/**
 * What cfn-lint finds in templates, a line each: errors and warnings, with no rule left out. Empty when it finds nothing.
 *
 * @throws {PythonMissing} when cfn-lint is not there and cannot be installed; any other error when it did not run to its end
 */
export const cfnLint = async (templates: readonly string[]): Promise<string[]> => {
  await pythonTool('cfn-lint');
  // `parseable` is one line a finding; its exit status has a bit each for errors, warnings and remarks.
  const { status, stdout, stderr, error } = spawnSync(
    python(),
    [launcher, '--format', 'parseable', '--template', ...templates],
    { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' } },
  );
  const findings = stdout.split('\n').filter((line) => line !== '');
  // An exception of Python's ends with 1 and prints no finding; findings end with 2 and more.
  if (error === undefined && (status === 0 || findings.length > 0)) return findings;
  throw new Error(`cfn-lint did not run to its end: ${error?.message ?? stderr}`);
};
