import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import * as z from 'zod';
import { outside, useOutsidePatience } from '../../functions/shared/outside.ts';
import { secretOf } from '../../functions/shared/secret.ts';
import { type World, world } from '../world.ts';
import { connectionFaults, failsAsPlanned } from './failing.ts';
import { faultPlan } from './faults.ts';
import { frontPage } from './front-page.ts';
import { type Sandbox, withFaults } from './sandbox.ts';

let w: World;
afterEach(() => w?.stop());

test('a world answers its API over HTTP by the real handlers, with and without a token', async () => {
  w = await world({ at: '2026-02-02 09:00' });

  const open = await w.ask('/v1/openapi.json');
  const shut = await w.ask('/v1/deals?pipeline=goods&stage=new');
  const made = await w.ask('/v1/deals', {
    as: 'pavel',
    json: { pipeline: 'goods', title: 'Ремни', responsible: 'pavel' },
  });

  expect([open.status, JSON.parse(open.text).openapi]).toEqual([200, '3.1.0']);
  expect(shut.status).toBe(401);
  expect(made.status).toBe(201);
  expect((await w.table.get({ pk: `D#${JSON.parse(made.text).id}`, sk: '9#DEAL' }))?.title).toBe('Ремни');
});

test('a world keeps secrets of third parties for each of its packs', async () => {
  w = await world({ at: '2026-02-02 09:00' });
  const Accounts = z.object({ industrial: z.object({ account: z.string() }) });

  const { industrial } = await secretOf('cdek', Accounts);
  w.secrets.write('world/cdek', undefined);

  expect(industrial.account).toMatch(/^\w{24}$/);
  await expect(secretOf('cdek', Accounts)).rejects.toThrow('secret world/cdek: it has no value');
});

const parrot = (): Sandbox & { readonly heard: string[] } => {
  const faults = faultPlan(connectionFaults);
  const heard: string[] = [];
  return {
    name: 'parrot',
    title: 'Parrot & Co',
    heard,
    faults,
    handler: (request, response) => {
      heard.push(String(request.url));
      if (!failsAsPlanned(faults, request, response)) response.end('{}');
    },
    holds: () => [
      {
        title: 'Heard',
        columns: ['what'],
        rows: heard.map((one) => [one]),
        commands: heard.map((one) => [{ title: 'Say it', command: { say: one } }]),
      },
    ],
    command: withFaults(faults),
  };
};

test('faults of a connection happen as often as they were asked for, and then no more', async () => {
  const sandbox = parrot();
  const server = createServer(sandbox.handler);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/say`;
  useOutsidePatience(50);
  const became = () =>
    outside(url).then(
      ({ status, text }) => `${status} ${text()}`,
      (error: Error & { sent?: string }) => `${error.name} ${error.sent}`,
    );

  sandbox.command({ fault: 'down', times: 2 });
  for (const fault of ['slow', 'html', 'malformed']) sandbox.command({ fault });
  const said = [];
  for (let n = 0; n < 6; n += 1) said.push(await became());
  server.close().closeAllConnections();
  useOutsidePatience(undefined);

  expect(said).toEqual([
    'Unreachable maybe',
    'Unreachable maybe',
    'Unreachable maybe',
    '502 <html><body><h1>502 Bad Gateway</h1></body></html>',
    '200 {"answer": [1, 2',
    '200 {}',
  ]);
  expect(() => sandbox.command({ fault: 'rain' })).toThrow(
    'fault "rain": this sandbox knows down, slow, html, malformed',
  );
});

test('the page of the sandboxes shows what each holds and its commands, and nothing somebody sent is markup', () => {
  const sandbox = parrot();
  sandbox.heard.push('<script>alert(1)</script>');
  sandbox.command({ fault: 'slow', times: 'always' });

  const page = frontPage([sandbox], 'http://127.0.0.1:4006');

  expect(page).toContain('<h2>Parrot &amp; Co</h2>');
  expect(page).toContain('<td>&lt;script&gt;alert(1)&lt;/script&gt;</td>');
  expect(page).not.toContain('<script');
  expect(page).toContain('action="http://127.0.0.1:4006/parrot/_command"');
  expect(page).toContain('slow × always');
});
