import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createClock } from '../../local/clock.ts';
import { demoSecrets } from '../../local/sandboxes/demo-secrets.ts';
import { hostSandboxes, type SandboxHost } from '../../local/sandboxes/host.ts';
import { packs } from '../../statemachines/packs/index.ts';
import { prefix } from './stage.ts';

/** The other sides of providers, beside the emulator: deployed functions call them, and they call the deployed API. */
export type Providers = Pick<SandboxHost, 'sandboxes'> & {
  /** of the sandboxes; what begins with `/v1/` goes on to the deployed API, as by a name of its own */
  readonly url: string;
  /** what an operator would have written, by the secrets' names */
  readonly secrets: Readonly<Record<string, unknown>>;
  /** where the API answers, known once it is deployed */
  callAt(api: string): void;
  /** Lets their time go by, which is the company's; callbacks that fall due are made. It never goes back. */
  setClock(instant: string): Promise<void>;
  stop(): Promise<void>;
};

const handOn = (from: IncomingMessage, to: ServerResponse, url: string): void => {
  const { host: _, ...headers } = from.headers;
  const on = request(url, { method: from.method, headers }, (answer) => {
    to.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(to);
  });
  on.on('error', () => to.destroy());
  from.pipe(on);
};

export const startProviders = async (): Promise<Providers> => {
  const clock = createClock({ now: new Date(0) });
  const secrets = demoSecrets(prefix, packs);
  let [url, api] = ['', ''];
  const host = hostSandboxes({
    clock,
    secret: (provider) => secrets[`${prefix}/${provider}`],
    publicUrl: () => url,
    url: () => url,
  });
  clock.onSettle(host.drain);
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/v1/')) handOn(request, response, `${api}${request.url}`);
    else host.listener(request, response);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    sandboxes: host.sandboxes,
    url,
    secrets,
    callAt: (given) => {
      api = given;
    },
    setClock: (instant) => clock.advanceTo(instant),
    async stop() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
};
