import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { NotSeen } from '../walkthroughs/scenario.ts';
import type { Emulator } from './emulator.ts';

const root = join(import.meta.dirname, '..', '..');

type Name = 'deploy' | 'migrate' | 'ops' | 'restore' | 'smoke';

/** Runs a command of the project as an operator types it, against the emulator. */
export const command = (
  { environment }: Emulator,
  name: Name,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ code: number; text: string }> =>
  new Promise((done, failed) => {
    const child = spawn(process.execPath, [join(root, 'scripts', `${name}.ts`), ...args], {
      cwd: root,
      env: { ...process.env, ...environment, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let text = '';
    const hear = (part: unknown): void => {
      text += String(part);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('error', failed);
    child.once('close', (code) => done({ code: code ?? 1, text }));
  });

/** The same, which has to succeed. @returns what it printed */
export const commanded = async (...given: Parameters<typeof command>): Promise<string> => {
  const { code, text } = await command(...given);
  if (code === 0) return text;
  throw new NotSeen(`npm run ${given[1]} -- ${given[2].join(' ')}: ended with ${code}: ${text.slice(-3000)}`);
};

/** The last line of what was printed. */
export const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';
