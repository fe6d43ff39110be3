import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onBus } from '../../scripts/walkthroughs/on-bus.ts';
import type { Answer, Driver } from '../../scripts/walkthroughs/scenario.ts';
import { commandedAt, visited } from '../../scripts/walkthroughs/visit.ts';
import { type Ports, portsOf } from './ports.ts';

/** A moment to kill: so many calls after a line of the walk-through began, and then so many milliseconds. */
export type Moment = { readonly line: number; readonly call: number; readonly afterMs: number };

/** What was under way when a kill came. */
export type Kill = { readonly line: number; readonly during: string };

type Letter = { id: string; to: string[]; subject: string; text: string; at: string };
type Execution = { name: string; status: string; startedAt: number; stoppedAt?: number };

/** A runtime in a process of its own, killed at given moments, and who works with it all the same. */
export type Hunt = {
  /** Repeats, under the same Idempotency-Key, whatever got no answer. */
  driver: Driver;
  /** A line of the walk-through begins. */
  begin(line: number): void;
  readonly kills: readonly Kill[];
  readonly ports: Ports;
  letters(): Promise<Letter[]>;
  executions(): Promise<Execution[]>;
  stop(): Promise<void>;
};

const programme = join(import.meta.dirname, 'victim.ts');
const tooLongMs = 60_000;

/**
 * Starts the runtime over a folder of its own.
 *
 * @param options.templates - a file with the synthesized templates
 * @param options.moments - when it is killed; each once, then it is started again over the same folder
 */
export const startHunt = async (options: {
  templates: string;
  now: string;
  moments?: readonly Moment[];
}): Promise<Hunt> => {
  const dir = mkdtempSync(join(tmpdir(), 'voronka-hunt-'));
  const ports = await portsOf();
  const left = [...(options.moments ?? [])].sort((one, other) => one.line - other.line);
  const kills: Kill[] = [];
  let line = 0;
  let calls = 0;
  let stopped = false;
  let child: ChildProcess | undefined;
  let up: Promise<void> = Promise.resolve();

  const start = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const { control, ...others } = ports;
      const given = { dir, templates: options.templates, now: options.now, ports: others, control };
      const started = spawn(process.execPath, [programme, JSON.stringify(given)], {
        stdio: ['pipe', 'pipe', 'pipe'], // the first ends with us, and the runtime with it
        env: { ...process.env, LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent' },
      });
      child = started;
      let said = '';
      const hear = (text: string) => {
        said = (said + text).slice(-4000);
        if (process.env.HUNT_LOG !== undefined) process.stderr.write(`${text}\n`);
      };
      createInterface({ input: started.stdout }).on('line', (text) => {
        if (text === 'ready') resolve();
        else hear(text);
      });
      createInterface({ input: started.stderr }).on('line', (text) => hear(`${text}\n`));
      started.once('exit', (code, signal) => {
        if (signal !== 'SIGKILL') reject(new Error(`the runtime ended by itself (${code}): ${said}`));
        // Killed, as planned or while it was starting: it is started again.
        else if (!stopped) {
          up = start();
          up.catch(() => {}); // who calls next is told
        }
        resolve();
      });
    });
  up = start();
  await up;

  const kill = (during: string): void => {
    kills.push({ line, during });
    child?.kill('SIGKILL');
  };

  /** Arms the next kill if its moment has come. */
  const tempt = (during: string): void => {
    const next = left[0];
    if (next === undefined || next.line > line || (next.line === line && next.call > calls)) return;
    left.shift();
    setTimeout(() => kill(during), next.afterMs);
  };

  /** One call that is repeated until it is answered. */
  const until = async <T>(what: string, ask: () => Promise<T>): Promise<T> => {
    calls += 1;
    tempt(what);
    const since = Date.now();
    for (;;) {
      await up;
      try {
        return await ask();
      } catch (error) {
        if (!(error instanceof TypeError) || Date.now() - since > tooLongMs) throw error; // fetch's word for a connection that broke
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    }
  };

  const control = <T>(path: string): Promise<T> =>
    until(path, async () => {
      const response = await fetch(`http://127.0.0.1:${ports.control}${path}`);
      const text = await response.text();
      if (response.status !== 200) throw new Error(`${path}: ${text}`);
      return JSON.parse(text) as T;
    });

  const tokens = new Map<string, string>();
  const tokenOf = async (user: string): Promise<string> => {
    const token = tokens.get(user) ?? (await control<string>(`/token?user=${user}`));
    tokens.set(user, token);
    return token;
  };

  let commands = 0;
  const driver: Driver = {
    call: async (user, method, path, body, headers = {}): Promise<Answer> => {
      const token = await tokenOf(user);
      commands += 1;
      const key = `${line}:${commands}`;
      // All that came before has had its effect, so that two histories differ by what the kills did alone.
      await control('/settle');
      return until(`${method} ${path}`, async () => {
        const response = await fetch(`http://127.0.0.1:${ports.api}${path}`, {
          method,
          headers: {
            authorization: `Bearer ${token}`,
            'content-type': 'application/json',
            ...(method === 'GET' ? {} : { 'idempotency-key': key }),
            ...headers,
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
        const text = await response.text();
        return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
      });
    },
    advanceTo: (instant) => control(`/advance?to=${encodeURIComponent(instant)}`),
    put: (url, headers, content) =>
      until('upload', async () => {
        const { status } = await fetch(url, {
          method: 'PUT',
          headers,
          body: content,
        });
        return status;
      }),
    says: (adapter, event) =>
      until(event.type, () => onBus(`http://127.0.0.1:${ports.aws}`, 'voronka-dev', adapter, event)),
    letterComes: async (raw, to) => {
      const query = new URLSearchParams({ to, from: 'client@plant-demo-1.example' });
      await until(`a letter for ${to}`, async () => {
        const headers = { 'content-type': 'message/rfc822' };
        const answer = await fetch(`http://127.0.0.1:${ports.mail}/_in?${query}`, {
          method: 'POST',
          headers,
          body: raw,
        });
        if (!answer.ok) throw new Error(`a letter for ${to} was not taken: ${await answer.text()}`);
      });
      await control('/settle');
    },
    command: async (sandbox, given) => {
      const said = await until(`${sandbox} ${JSON.stringify(given)}`, () =>
        commandedAt(`http://127.0.0.1:${ports.sandboxes}`, sandbox, given),
      );
      await control('/settle');
      return said;
    },
    visit: async (address, form) => {
      const seen = await until(address, () => visited(`http://127.0.0.1:${ports.api}`, address, form));
      await control('/settle');
      return seen;
    },
    letters: async () => {
      // An attempt that a kill cut short is not known to have failed: the next one comes a minute or two later.
      if (kills.some((one) => one.line === line)) await control('/later');
      return (await control<Letter[]>('/letters')).map(({ to, subject, text, at }) => ({
        to: to.join(', '),
        subject,
        text,
        at,
      }));
    },
    openRuns: async () =>
      (await control<Execution[]>('/executions'))
        .filter(({ status }) => status === 'RUNNING')
        .map(({ name }) => name),
  };

  return {
    driver,
    begin: (next) => {
      line = next;
      calls = 0;
      commands = 0;
    },
    kills,
    ports,
    letters: () => control('/letters'),
    executions: () => control('/executions'),
    stop: async () => {
      stopped = true;
      await up;
      const ended = new Promise((resolve) => child?.once('exit', resolve));
      child?.kill('SIGKILL');
      await ended;
      rmSync(dir, { recursive: true, force: true });
    },
  };
};
