import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');
const tried = /```sh try\n([\s\S]*?)```\n\nprints\n\n```text\n([\s\S]*?)```/.exec(readme);
const commands = tried?.[1] ?? '';
const printed = tried?.[2] ?? '';

/** Instants and identities differ from run to run; the rest of what is printed does not. */
const steady = (text: string): string[] =>
  text
    .trim()
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<instant>')
    .replace(/\d\d\.\d\d\.\d{4}/g, '<day>')
    .replace(/на неделю|за неделю/g, '<period>')
    .split('\n')
    .map((line) => line.trim());

/** Six free ports in a row, as `npm start` takes them. */
const freePorts = async (): Promise<number> => {
  const takes = (port: number) =>
    new Promise<boolean>((answer) => {
      const server = createServer();
      server.once('error', () => answer(false));
      server.listen(port, '127.0.0.1', () => server.close(() => answer(true)));
    });
  const probe = createServer();
  await new Promise<void>((listening) => probe.listen(0, '127.0.0.1', () => listening()));
  const { port } = probe.address() as AddressInfo;
  await new Promise((closed) => probe.close(closed));
  const wanted = [port, port + 1, port + 2, port + 3, port + 4, port + 5];
  return (await Promise.all(wanted.map(takes))).every(Boolean) ? port : freePorts();
};

const dir = mkdtempSync(join(tmpdir(), 'voronka-readme-'));
let port = 0;
let started: ReturnType<typeof spawn>;

beforeAll(async () => {
  port = await freePorts();
  started = spawn(
    'node',
    ['scripts/start.ts', '--dir', dir, '--port', String(port), '--pack', 'industrial'],
    {
      cwd: join(import.meta.dirname, '..'),
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  await new Promise<void>((ready, failed) => {
    let seen = '';
    started.stdout?.on('data', (chunk) => {
      seen += String(chunk);
      if (/^ready$/m.test(seen)) ready();
    });
    started.once('exit', (code) => failed(new Error(`npm start ended with ${code}: ${seen}`)));
  });
}, 120_000);

afterAll(async () => {
  const ended = new Promise((gone) => started.once('exit', gone));
  started.kill('SIGTERM');
  await ended;
  rmSync(dir, { recursive: true, force: true });
}, 30_000);

test('the commands of the README print what the README says', async () => {
  const script = commands.replace(
    /localhost:400(\d)/g,
    (_, last: string) => `localhost:${port + Number(last)}`,
  );

  const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', script]);

  expect(steady(stdout)).toEqual(steady(printed));
}, 60_000);
