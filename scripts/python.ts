import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';

/** What is used of Python's packages: exactly these versions, whose behaviour is measured and documented. */
export const pythonTools = { ministack: '1.5.33', 'cfn-lint': '1.58.0', awscli: '1.46.3' } as const;

export type PythonTool = keyof typeof pythonTools;

/** What a tool needs beside itself and does not ask for: without it the emulator can check no signature of a token. */
const beside: Readonly<Record<PythonTool, readonly string[]>> = {
  ministack: ['cryptography==50.0.2'],
  'cfn-lint': [],
  awscli: [],
};

/** How an install is remembered: another version of anything in it is another install. */
const wanted = (tool: PythonTool): string => [pythonTools[tool], ...beside[tool]].join(' ');

/** What a machine without a fitting Python, or without a network on the first use, has to be given. */
export class PythonMissing extends Error {
  override readonly name = 'PythonMissing';
}

/** Runs a program and returns what it printed; fails with its last line. */
type Run = (file: string, args: readonly string[]) => Promise<string>;

type Options = {
  /** The folder of the virtual environment. */
  readonly home?: string;
  readonly run?: Run;
};

const usual = join(import.meta.dirname, '..', '.voronka', 'python');
const windows = process.platform === 'win32';
const system = windows ? 'python' : 'python3';
const oldest = [3, 10] as const;

/** Under another name than its package. */
const called: Readonly<Record<string, string>> = { awscli: 'aws' };

const executable = (home: string, tool: string): string => {
  const name = called[tool] ?? tool;
  return windows ? join(home, 'Scripts', `${name}.exe`) : join(home, 'bin', name);
};

/** The interpreter of the virtual environment; it is there once {@link pythonTool} has answered. */
export const python = (home = usual): string => executable(home, 'python');

/**
 * The path of a tool's executable in a virtual environment of the project, which is made, and the tool installed in it
 * at its pinned version, where that has not been done. Callers of several processes wait for each other.
 *
 * @throws {PythonMissing} with the mend, when there is no Python 3.10 or the package cannot be fetched
 */
export const pythonTool = async (
  tool: PythonTool,
  { home = usual, run = printed }: Options = {},
): Promise<string> => {
  const path = executable(home, tool);
  if (isInstalled(tool, home)) return path;
  const release = await locked(`${home}.lock`);
  try {
    if (!isInstalled(tool, home)) await install(tool, home, run); // another process may have done it meanwhile
  } finally {
    release();
  }
  return path;
};

const install = async (tool: PythonTool, home: string, run: Run): Promise<void> => {
  const requirement = `${tool}==${pythonTools[tool]}`;
  if (!existsSync(python(home))) {
    await isNewEnough(run);
    await run(system, ['-m', 'venv', '--clear', home]).catch((cause: Error) => {
      throw new PythonMissing(
        `a virtual environment could not be made in ${home} (${lastLine(cause)}); install Python's venv module ` +
          '(Debian and Ubuntu: apt-get install python3-venv)',
        { cause },
      );
    });
  }
  const pip = [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    ...beside[tool],
    requirement,
  ];
  await run(python(home), pip).catch((cause: Error) => {
    throw new PythonMissing(
      `${requirement} could not be installed into ${home} (${lastLine(cause)}); go online once, or install it ` +
        `yourself: ${python(home)} -m pip install ${[...beside[tool], requirement].join(' ')}`,
      { cause },
    );
  });
  writeFileSync(listIn(home), `${JSON.stringify({ ...installedIn(home), [tool]: wanted(tool) })}\n`);
};

const isNewEnough = async (run: Run): Promise<void> => {
  const said = await run(system, ['--version']).catch(() => undefined);
  const [major = 0, minor = 0] =
    /(\d+)\.(\d+)/
      .exec(said ?? '')
      ?.slice(1)
      .map(Number) ?? [];
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return;
  throw new PythonMissing(
    `Python ${oldest.join('.')} or later is needed as ${system}; found ${said?.trim() ?? 'none'}; install one and put it on PATH`,
  );
};

/** Written after an install is whole, so that one that was interrupted is done again. */
const listIn = (home: string): string => join(home, 'installed.json');

const installedIn = (home: string): Record<string, string> =>
  existsSync(listIn(home)) ? (JSON.parse(readFileSync(listIn(home), 'utf8')) as Record<string, string>) : {};

/** Whether the tool is there already at its pinned version. */
export const isInstalled = (tool: PythonTool, home = usual): boolean =>
  installedIn(home)[tool] === wanted(tool) && existsSync(executable(home, tool));

/** Longer than any install takes; a lock that old was left by a process that was killed. */
const abandonedAfter = 10 * 60_000;

/** Waits until this process is the only one that holds `lock`; making a folder is atomic on every file system. */
const locked = async (lock: string): Promise<() => void> => {
  mkdirSync(join(lock, '..'), { recursive: true });
  for (;;) {
    try {
      mkdirSync(lock);
      return () => rmSync(lock, { recursive: true, force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const since = statSync(lock, { throwIfNoEntry: false })?.mtimeMs;
    if (since !== undefined && Date.now() - since > abandonedAfter)
      rmSync(lock, { recursive: true, force: true });
    else await wait(100);
  }
};

const printed: Run = async (file, args) => (await promisify(execFile)(file, [...args])).stdout;

const lastLine = (error: Error & { readonly stderr?: string }): string =>
  (error.stderr?.trim() || error.message).split('\n').at(-1) ?? '';
