import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Figure, figure, rounds } from './figure.ts';

const idleMs = 1500;

/** A port with three free ones behind it. */
const freePort = async (): Promise<number> => {
  const isFree = (port: number) =>
    new Promise<boolean>((resolve) => {
      const server = createServer();
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
    });
  for (let port = 42_000; port < 60_000; port += 10) {
    const four = await Promise.all([0, 1, 2, 3].map((more) => isFree(port + more)));
    if (!four.includes(false)) return port;
  }
  throw new Error('no four free ports beside each other between 42000 and 60000');
};

const megabytes = (pid: number): number =>
  Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024;

/** Starts it, waits until it is ready, looks at it when it has nothing to do, and ends it. */
const start = async (dir: string, more: readonly string[] = []) => {
  const script = join(import.meta.dirname, '..', 'start.ts');
  const port = await freePort();
  const since = performance.now();
  const child = spawn(process.execPath, [script, '--dir', dir, '--port', String(port), ...more], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => void child.once('exit', () => resolve()));
  let printed = '';
  const ready = new Promise<number>((resolve, reject) => {
    const look = (chunk: Buffer) => {
      printed += chunk.toString();
      if (/^ready$/m.test(printed)) resolve((performance.now() - since) / 1000);
    };
    child.stdout.on('data', look);
    child.stderr.on('data', look);
    child.once('exit', (code) => reject(new Error(`npm start ended with ${code}:\n${printed.slice(-2000)}`)));
  });
  const seconds = await ready;
  await pause(idleMs);
  const { table } = JSON.parse(readFileSync(join(dir, 'state', 'table', 'table.pid.json'), 'utf8')) as {
    table: number;
  };
  const memory = { node: child.pid === undefined ? 0 : megabytes(child.pid), table: megabytes(table) };
  child.kill('SIGINT');
  await ended;
  return { seconds, memory };
};

export const benchStartup = async (): Promise<Figure[]> => {
  const dir = mkdtempSync(join(tmpdir(), 'voronka-start-'));
  try {
    const first = await start(dir);
    const later = [];
    for (let round = 0; round < rounds; round += 1) later.push(await start(dir));
    const node = later.map(({ memory }) => memory.node);
    const table = later.map(({ memory }) => memory.table);
    return [
      figure(
        'npm start to ready',
        later.map(({ seconds }) => seconds),
        's',
        'under 10',
        `the very first one, which plays two weeks of the demo company: ${first.seconds.toFixed(1)} s`,
      ),
      figure('memory when idle', node, 'MB', 'report', 'without DynamoDB Local'),
      figure('memory of DynamoDB Local when idle', table, 'MB', 'report'),
    ];
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
};
