import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { send } from '../../functions/testing/api.ts';
import { deploy, yard } from '../../local/migration/yard.ts';
import { type World, world } from '../../local/world.ts';

const first = yard({ tasks: [['weigh'], ['seal', 8]] });
const renamed = yard({ between: 'weighbridge', tasks: [['weigh', 3]], required: 'weight' });

let w: World;
let server: Server;
let folder: string;
let plan: string;

beforeEach(async () => {
  w = await world({ at: '2026-02-02 09:00', packs: [first] });
  folder = mkdtempSync(join(tmpdir(), 'voronka-plan-'));
  plan = join(folder, 'plan.json');
  // The API's handlers over HTTP; a token is the name of who has it.
  server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const user = String(request.headers.authorization).replace('Bearer ', '');
    const { status, body } = await send(
      user,
      String(request.method),
      String(request.url),
      text === '' ? {} : { body: JSON.parse(text) },
    );
    await w.clock.settle();
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
  rmSync(folder, { recursive: true });
  await w.stop();
});

const migrate = (...args: string[]): Promise<{ code: number; lines: string[]; errors: string }> =>
  new Promise((ended) => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const command = ['scripts/migrate.ts', '--url', url, '--token', 'admin', ...args];
    const child = execFile('node', command, { cwd: join(import.meta.dirname, '../..') }, (_, out, errors) =>
      ended({ code: child.exitCode ?? -1, lines: out.trim().split('\n'), errors }),
    );
  });

const load = async (weight?: number): Promise<void> => {
  const pavel = w.as('pavel');
  const fields = weight === undefined ? {} : { weight };
  const deal = await pavel.create(fields, { pipeline: 'loads', responsible: 'pavel' });
  await pavel.move(deal, 'yard');
};

test('deals are listed, a plan is looked at, carried out and taken back', async () => {
  await load(12);
  await load();
  expect((await migrate('list', '--pipeline', 'loads')).lines).toEqual([
    'every deal of loads is on the deployed definition',
  ]);

  await deploy(w, renamed);
  expect((await migrate('list', '--pipeline', 'loads')).lines).toEqual([
    'L-1       yard                        since 2026-02-02T06:00  its stage is gone',
    'L-2       yard                        since 2026-02-02T06:00  its stage is gone',
    '     2  yard, its stage is gone',
  ]);

  writeFileSync(
    plan,
    JSON.stringify({ id: 'spring', pipeline: 'loads', stages: { yard: { to: 'weighbridge' } } }),
  );
  expect(await migrate('preview', plan)).toMatchObject({
    code: 1,
    lines: [
      '→ L-1       yard → weighbridge, timers kept',
      '    kept: weigh (due 2026-02-02T10:00)',
      '✗ L-2       yard → weighbridge, refused',
      '    fields.weight: Fill in “Weight”',
      '    kept: weigh (due 2026-02-02T10:00)',
      '1 would-migrate, 1 refused',
    ],
  });

  expect((await migrate('apply', plan)).lines.at(-1)).toBe('1 migrated, 1 refused');
  expect((await migrate('apply', plan)).lines.at(-1)).toBe('1 refused');
  expect((await migrate('list', '--pipeline', 'loads')).lines.at(-1)).toBe('     1  yard, its stage is gone');

  await deploy(w, first);
  expect(await migrate('undo', 'spring')).toMatchObject({
    code: 0,
    lines: ['↩ L-1       weighbridge → yard, undone', '    kept: weigh (due 2026-02-02T10:00)', '1 undone'],
  });
});

test('a mistake is answered with what would do, and code 2', async () => {
  writeFileSync(plan, '{"id":"spring"}');

  for (const [args, said] of [
    [['list'], /which pipeline\?/],
    [['list', '--pipeline', 'load'], /400 pipeline: no pipeline "load"; pipelines are loads/],
    [['preview'], /which plan\?/],
    [['preview', join(folder, 'none.json')], /cannot be read/],
    [['apply', plan], /is no plan:[\s\S]*pipeline/],
    [['undo', 'never'], /404 no migration "never" was ever applied/],
    [['migrate'], /no command "migrate"; commands are list, preview, apply, undo/],
    [['list', '--pipeline', 'loads', '--token', 'pavel'], /403/],
  ] as const) {
    const { code, errors } = await migrate(...args);
    expect([code, errors]).toEqual([2, expect.stringMatching(said)]);
  }
});

test.each([
  [['list', '--pipeline', 'loads', '--before', 'yesterday'], '--before yesterday: give an instant such as'],
  [['list', '--pipelne', 'loads'], "Unknown option '--pipelne'; --help says what there is"],
])('%j is answered in one line', async (args, line) => {
  const { code, errors } = await migrate(...args);

  expect(code).toBe(2);
  expect(errors.trim().split('\n')).toEqual([expect.stringContaining(line)]);
});

test('a plan whose stage is misspelled says what it spoke of, and where to look', async () => {
  await load();
  const stages = { yrd: { to: 'yard', timers: 'keep' } };
  writeFileSync(plan, JSON.stringify({ id: 'typo', pipeline: 'loads', reason: 'typo', stages }));

  const { lines } = await migrate('preview', plan);

  expect(lines.at(-1)).toContain('it speaks of deals on yrd; npm run migrate -- list --pipeline loads');
});
