import { mkdirSync, mkdtempSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type PythonMissing, python, pythonTool, pythonTools } from './python.ts';

const aHome = () => join(mkdtempSync(join(tmpdir(), 'voronka-python-')), 'python');

/** A system whose Python is of that version, and whose pip installs what it is asked for, unless it is offline. */
const system = (home: string, { version = 'Python 3.11.7', offline = false } = {}) => {
  const ran: string[] = [];
  const file = (name: string) => {
    mkdirSync(join(home, 'bin'), { recursive: true });
    writeFileSync(join(home, 'bin', name), '');
  };
  const run = async (_: string, args: readonly string[]): Promise<string> => {
    ran.push(args.slice(0, 3).join(' '));
    if (args[0] === '--version') return `${version}\n`;
    if (args[1] === 'venv') file('python');
    if (args[1] === 'pip' && offline) {
      throw Object.assign(new Error('Command failed'), {
        stderr: 'WARNING\nERROR: No matching distribution',
      });
    }
    if (args[1] === 'pip') file(args.at(-1)?.split('==')[0] ?? '');
    return '';
  };
  return { run, ran };
};

test('a tool is installed once, into one environment for all', async () => {
  const home = aHome();
  const { run, ran } = system(home);

  const first = await pythonTool('cfn-lint', { home, run });
  await pythonTool('ministack', { home, run });
  const again = await pythonTool('cfn-lint', { home, run });

  expect([first, again]).toEqual([join(home, 'bin', 'cfn-lint'), join(home, 'bin', 'cfn-lint')]);
  expect(python(home)).toBe(join(home, 'bin', 'python'));
  expect(ran).toEqual(['--version', '-m venv --clear', '-m pip install', '-m pip install']);
});

test('two who ask at once get one install', async () => {
  const home = aHome();
  const { run, ran } = system(home);

  await Promise.all([pythonTool('ministack', { home, run }), pythonTool('ministack', { home, run })]);

  expect(ran.filter((line) => line === '-m pip install')).toHaveLength(1);
});

test('another version than the pinned one is replaced', async () => {
  const home = aHome();
  const { run, ran } = system(home);
  await pythonTool('ministack', { home, run });
  writeFileSync(join(home, 'installed.json'), '{"ministack":"1.4.21"}');

  await pythonTool('ministack', { home, run });

  expect(ran.filter((line) => line === '-m pip install')).toHaveLength(2);
});

test('a lock that a killed process left behind holds nobody up', async () => {
  const home = aHome();
  const { run } = system(home);
  mkdirSync(`${home}.lock`);
  utimesSync(`${home}.lock`, new Date(0), new Date(0));

  expect(await pythonTool('ministack', { home, run })).toBe(join(home, 'bin', 'ministack'));
});

test.each([
  ['3.10', 'Python 3.10.0', undefined],
  [
    '3.9',
    'Python 3.9.19',
    'Python 3.10 or later is needed as python3; found Python 3.9.19; install one and put it on PATH',
  ],
])('Python %s is judged by its number', async (_, version, refusal) => {
  const home = aHome();

  const said = await pythonTool('ministack', { home, ...system(home, { version }) }).then(
    () => undefined,
    (error: PythonMissing) => error.message,
  );

  expect(said).toBe(refusal);
});

test('offline, one line says what would mend it, and the next try begins anew', async () => {
  const home = aHome();
  const requirement = `ministack==${pythonTools.ministack}`;

  await expect(pythonTool('ministack', { home, ...system(home, { offline: true }) })).rejects.toThrow(
    `${requirement} could not be installed into ${home} (ERROR: No matching distribution); go online once, or install ` +
      `it yourself: ${join(home, 'bin', 'python')} -m pip install cryptography==50.0.2 ${requirement}`,
  );
  expect(await pythonTool('ministack', { home, ...system(home) })).toBe(join(home, 'bin', 'ministack'));
});
