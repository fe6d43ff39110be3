import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import * as z from 'zod';

const root = join(import.meta.dirname, '..', '..');
const binaries = join(root, 'node_modules', '.bin');

/** Outputs of a stack by the names of the constructs that say them: `ApiUrl`, `AccessIssuer`, `AccessClientId`. */
export type Outputs = Readonly<Record<string, string>>;

export type Cli = {
  /** `cdklocal` speaks to an emulator at `AWS_ENDPOINT_URL`; what the environment asks for where absent */
  readonly cli?: 'cdk' | 'cdklocal';
  /** over the environment of this process */
  readonly env?: Readonly<Record<string, string>>;
  /** takes what the CLI prints, instead of the terminal */
  readonly onText?: (text: string) => void;
};

/** The CDK's command line did not do what it was asked to. */
export class CdkFailed extends Error {
  override readonly name = 'CdkFailed';
}

/** A construct's outputs end with a hash of its path, which nobody wants to read or type. */
export const withoutHash = (outputs: Readonly<Record<string, string>>): Outputs =>
  Object.fromEntries(
    Object.entries(outputs).map(([name, value]) => [name.replace(/(?<=[a-z])[0-9A-F]{8}$/, ''), value]),
  );

const OutputsFile = z.record(z.string(), z.record(z.string(), z.string()));

const outputsIn = async (file: string): Promise<Outputs> => {
  const stacks = OutputsFile.parse(JSON.parse(await readFile(file, 'utf8')));
  return withoutHash(Object.assign({}, ...Object.values(stacks)));
};

/** The CDK's own, or where the environment names an emulator the one that speaks to it. */
const usualCli = (): 'cdk' | 'cdklocal' => (process.env.AWS_ENDPOINT_URL === undefined ? 'cdk' : 'cdklocal');

/** The command line as a person would type it. */
export const typed = (args: readonly string[], cli: 'cdk' | 'cdklocal' = usualCli()): string =>
  ['npx', cli, ...args].map((word) => (/^[\w./:=@,+-]+$/.test(word) ? word : `'${word}'`)).join(' ');

const ended = (args: readonly string[], { cli = usualCli(), env = {}, onText }: Cli): Promise<void> =>
  new Promise((done, failed) => {
    const child = spawn(join(binaries, cli), [...args], {
      cwd: root,
      // The app is run by the Node that the functions run on, whichever one runs this.
      env: {
        // cdklocal hides the region from the CDK unless it is told to leave it.
        ...(cli === 'cdklocal' ? { AWS_ENVAR_ALLOWLIST: 'AWS_REGION,AWS_DEFAULT_REGION' } : {}),
        ...process.env,
        ...env,
        PATH: [binaries, process.env.PATH].join(delimiter),
      },
      stdio: onText === undefined ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    });
    child.stdout?.on('data', (text) => onText?.(String(text)));
    child.stderr?.on('data', (text) => onText?.(String(text)));
    child.once('error', failed);
    child.once('close', (code) =>
      code === 0
        ? done()
        : failed(new CdkFailed(`${typed(args, cli)} ended with ${code}; its output says why`)),
    );
  });

/**
 * Runs the CDK's command line for this app.
 *
 * @returns the stack's outputs after `deploy`, nothing after other commands
 * @throws {CdkFailed}
 */
export const cdk = async (args: readonly string[], options: Cli = {}): Promise<Outputs> => {
  if (args[0] !== 'deploy') {
    await ended(args, options);
    return {};
  }
  const folder = await mkdtemp(join(tmpdir(), 'voronka-outputs-'));
  const file = join(folder, 'outputs.json');
  try {
    await ended([...args, '--outputs-file', file], options);
    return await outputsIn(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
