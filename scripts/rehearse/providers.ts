import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createClock } from '../../local/clock.ts';
import { demoSecrets } from '../../local/sandboxes/demo-secrets.ts';
import { hostSandboxes, type SandboxHost } from '../../local/sandboxes/host.ts';
import { packs } from '../../statemachines/packs/index.ts';
import { prefix } from './stage.ts';

/** The other sides of providers, beside the emulator: deployed functions call them, and they call the deployed API. */
export type Providers = {
  /** those of the company that began last */
  readonly sandboxes: SandboxHost['sandboxes'];
  /** of the sandboxes; what begins with `/v1/` goes on to the deployed API, as by a name of its own */
  readonly url: string;
  /** what an operator would have written, by the secrets' names */
  readonly secrets: Readonly<Record<string, unknown>>;
  /** where the API answers, known once it is deployed */
  callAt(api: string): void;
  /** Forgets every order and payment, for a company that begins anew, and with it the time: it may be an earlier one. */
  begin(): void;
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
  const secrets = demoSecrets(prefix, packs);
  let [url, api] = ['', ''];
  const opened = () => {
    const clock = createClock({ now: new Date(0) });
    const host = hostSandboxes({
      clock,
      secret: (provider) => secrets[`${prefix}/${provider}`],
      publicUrl: () => url,
      url: () => url,
    });
    clock.onSettle(host.drain);
    return { clock, host };
  };
  let now = opened();
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/v1/')) handOn(request, response, `${api}${request.url}`);
    else now.host.listener(request, response);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    get sandboxes() {
      return now.host.sandboxes;
    },
    url,
    secrets,
    callAt: (given) => {
      api = given;
    },
    begin: () => {
      now = opened();
    },
    setClock: (instant) => now.clock.advanceTo(instant),
    async stop() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
};
