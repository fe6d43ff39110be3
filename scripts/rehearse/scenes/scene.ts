import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { DealView } from '../../../schemas/api/index.ts';
import { NotSeen, personOn } from '../../walkthroughs/scenario.ts';
import { callerOn } from '../caller.ts';
import type { Cloud } from '../cloud.ts';

/** Something tried on the deployed app. Answers what was seen; throws `NotSeen`. */
export type Scene = { readonly name: string; readonly play: (cloud: Cloud) => Promise<string> };

/** Looks until there is something to see. @throws {NotSeen} with the last reason it was not */
export const eventually = async <T>(
  what: string,
  look: () => Promise<T | undefined>,
  seconds = 30,
): Promise<T> => {
  const until = performance.now() + seconds * 1000;
  let reason = 'nothing was seen';
  for (;;) {
    try {
      const seen = await look();
      if (seen !== undefined) return seen;
    } catch (error) {
      if (!(error instanceof NotSeen)) throw error;
      reason = error.message;
    }
    if (performance.now() > until) throw new NotSeen(`${what}: not within ${seconds} s; ${reason}`);
    await pause(100);
  }
};

/** A person at work on the deployed app. */
export const person = (cloud: Cloud, user: string) => personOn({ call: callerOn(cloud) }, user);

/** A fresh deal of the goods pipeline, taken up by Pavel: its first task is open. */
export const takenUp = async (cloud: Cloud, title: string): Promise<string> => {
  const pavel = person(cloud, 'pavel');
  const { id } = await pavel.ok<DealView>('POST', '/v1/deals', {
    pipeline: 'goods',
    title,
    fields: { payerKind: 'legal' },
  });
  await pavel.move(id, 'express-identification');
  await eventually(`the first task of ${title}`, async () =>
    (await pavel.openTasks(id)).length > 0 ? true : undefined,
  );
  return id;
};

const root = join(import.meta.dirname, '..', '..', '..');

/** Runs a command of the project as an operator types it, against the emulator. */
export const command = (
  cloud: Cloud,
  name: 'ops' | 'migrate' | 'smoke',
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ code: number; text: string }> =>
  new Promise((done, failed) => {
    const child = spawn(process.execPath, [join(root, 'scripts', `${name}.ts`), ...args], {
      cwd: root,
      env: { ...process.env, ...cloud.emulator.environment, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let text = '';
    child.stdout.on('data', (part) => {
      text += String(part);
    });
    child.stderr.on('data', (part) => {
      text += String(part);
    });
    child.once('error', failed);
    child.once('close', (code) => done({ code: code ?? 1, text }));
  });

/** The same, which has to succeed. @returns what it printed */
export const commanded = async (...given: Parameters<typeof command>): Promise<string> => {
  const { code, text } = await command(...given);
  if (code !== 0)
    throw new NotSeen(`npm run ${given[1]} -- ${given[2].join(' ')}: ended with ${code}: ${text}`);
  return text;
};
