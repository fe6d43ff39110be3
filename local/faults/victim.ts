import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import * as z from 'zod';
import { configKey } from '../../functions/shared/keys.ts';
import { packs } from '../../statemachines/packs/index.ts';
import { keptClock } from '../clock-kept.ts';
import { startRuntime } from '../runtime.ts';
import { openState } from '../state/state.ts';

/** What the program is given as its one argument, JSON. */
const Given = z.strictObject({
  /** where the runtime keeps everything */
  dir: z.string(),
  /** a file with the synthesized templates */
  templates: z.string(),
  /** where time begins, the first time */
  now: z.string(),
  ports: z.record(z.string(), z.int()),
  /** where it is told to let time go by, and asked what there is */
  control: z.int(),
});

/** The real runtime as a process of its own, made to be killed at any moment and started again over the same folder. */
process.stdin.once('end', () => process.exit()).resume();
const given = Given.parse(JSON.parse(process.argv[2] ?? '{}'));
const clock = keptClock({ now: given.now, state: openState(join(given.dir, 'clock.sqlite')) });
const runtime = await startRuntime({
  templates: JSON.parse(readFileSync(given.templates, 'utf8')) as unknown[],
  clock,
  dir: given.dir,
  ports: given.ports,
});
await runtime.table.batch(
  packs
    .flatMap(({ people }) => people)
    .map((user) => ({ put: { ...configKey('user', user.id), row: 'user', ...user } })),
);

const executions = () =>
  runtime.engine
    .listStateMachines()
    .flatMap(({ arn }) => runtime.engine.listExecutions({ stateMachineArn: arn }))
    .map(({ name, status, startedAt, stoppedAt }) => ({ name, status, startedAt, stoppedAt }));

const answers: Record<string, (query: URLSearchParams) => unknown> = {
  '/settle': () => clock.settle(),
  '/later': () => clock.advance(3 * 60_000),
  '/advance': (query) => clock.advanceTo(query.get('to') ?? ''),
  '/token': (query) => runtime.tokenFor(query.get('user') ?? ''),
  '/letters': () => runtime.mail.sent(),
  '/executions': executions,
  '/now': () => clock.now(),
};

createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  const answer = async () => answers[pathname]?.(searchParams) ?? null;
  answer().then(
    (value) => response.end(JSON.stringify(value ?? null)),
    (error: unknown) => {
      response.statusCode = 500;
      response.end(String(error instanceof Error ? error.stack : error));
    },
  );
}).listen(given.control, '127.0.0.1', () => console.log('ready'));
