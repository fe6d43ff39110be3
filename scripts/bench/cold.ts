import { spawn } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { transformSync } from 'esbuild';
import { type Bundle, bundle } from '../../infra/constructs/bundle.ts';
import { handlers } from '../../infra/constructs/code.ts';
import { type Figure, figure, interleaved, median } from './figure.ts';

const root = join(import.meta.dirname, '..', '..');

/**
 * The functions as plain JavaScript, file by file beside the project's packages: what would be deployed without a bundler.
 * The sources themselves would be unfair, since Node has to take their types off at each start.
 */
const unbundled = (folder: string): void => {
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  const sources = ['functions', 'schemas', 'statemachines'].flatMap((part) =>
    globSync(`${part}/**/*.ts`, { cwd: root, exclude: (name) => name.endsWith('.test.ts') }),
  );
  for (const source of sources) {
    const { code } = transformSync(readFileSync(join(root, source), 'utf8'), {
      loader: 'ts',
      target: 'node24',
    });
    const file = join(folder, source.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, code.replace(/((?:from|import)\s*\(?\s*)"(\.[^"]*)\.ts"/g, '$1"$2.js"'));
  }
};

/** The smallest event that a function answers without asking anybody: no such route, no change, or one it refuses. */
const smallestEvent = (entry: string): object => {
  if (entry.endsWith('/api.handler.ts')) return { version: '2.0', routeKey: 'GET /v1/nowhere', headers: {} };
  return entry.endsWith('/stream.handler.ts') ? { Records: [] } : {};
};

const lines = `const [, file, event] = process.argv;
const { handler } = await import(file);
const answer = await handler(JSON.parse(event), {}).catch(({ name }) => name);
const { user, system } = process.cpuUsage();
console.log(typeof answer === 'string' ? answer : 'answered', (user + system) / 1000);`;

/** Milliseconds from starting a process to its function's first answer, and how many of them a processor worked. */
type Took = { readonly ms: number; readonly cpu: number };

const firstAnswer = (file: string, entry: string): Promise<Took> =>
  new Promise((resolve, reject) => {
    const since = performance.now();
    const given = ['--input-type=module', '-e', lines, file, JSON.stringify(smallestEvent(entry))];
    const child = spawn(process.execPath, given, {
      env: { LOG_LEVEL: 'silent', AWS_REGION: 'eu-central-1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    child.stdout.on('data', (part) => {
      const ms = performance.now() - since;
      const cpu = /^(?:answered|ZodError|BadInput) ([\d.]+)\n/.exec(String(part))?.[1];
      if (cpu === undefined) said += part;
      else resolve({ ms, cpu: Number(cpu) });
    });
    child.stderr.on('data', (part) => {
      said += part;
    });
    child.once('close', () => reject(new Error(`${entry}: no answer but ${said.slice(0, 2000)}`)));
  });

const measured = async ({ entry, folder, bytes }: Bundle, plain: string): Promise<Figure> => {
  const pairs = await interleaved(
    () => firstAnswer(join(folder, 'index.mjs'), entry),
    () => firstAnswer(join(plain, entry.replace(/\.ts$/, '.js')), entry),
  );
  const took = (side: 'ours' | 'theirs', what: keyof Took) =>
    median(pairs.map((pair) => pair[side][what])).toFixed(0);
  return figure(
    `${entry.replace(/^functions\//, '').replace(/\.handler\.ts$/, '')}: first answer, bundled against not`,
    pairs.map(({ ours, theirs }) => ours.ms / theirs.ms),
    'x',
    'at most 0.65',
    `${(bytes / 1000).toFixed(0)} kB; ${took('ours', 'ms')} ms against ${took('theirs', 'ms')} ms, ` +
      `of the processor ${took('ours', 'cpu')} ms against ${took('theirs', 'cpu')} ms`,
  );
};

/** From starting a process of Node to the first answer of each function, and how large the functions are. */
export const benchCold = async (): Promise<Figure[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'voronka-cold-'));
  const plain = join(folder, 'plain');
  try {
    mkdirSync(plain);
    unbundled(plain);
    const bundles = await bundle({ entries: handlers(), outdir: join(folder, 'bundles') });
    const figures: Figure[] = [];
    for (const one of bundles) figures.push(await measured(one, plain));
    const largest = Math.max(...bundles.map(({ bytes }) => bytes / 1000));
    return [...figures, figure('the largest bundle', [largest], 'kB', 'under 560')];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
