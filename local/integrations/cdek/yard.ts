import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach } from 'vitest';
import type { CdekAccount } from '../../../functions/delivery/cdek/account.ts';
import { cdek } from '../../../functions/delivery/cdek/client.ts';
import type { Draft } from '../../../functions/delivery/cdek/draft.ts';
import { forgetPoints } from '../../../functions/delivery/cdek/places.ts';
import { forgetTokens } from '../../../functions/delivery/cdek/token.ts';
import { endpointVariable } from '../../../functions/shared/endpoints.ts';
import { useOutsidePatience } from '../../../functions/shared/outside.ts';
import { createClock } from '../../clock.ts';
import { createCdek } from '../../sandboxes/cdek/cdek.ts';
import type { State } from '../../state/state.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
  delete process.env[endpointVariable('cdek')];
  forgetTokens();
  forgetPoints();
  useOutsidePatience(undefined);
});

/** A server on loopback until the test ends. */
export const served = async (listener: RequestListener): Promise<string> => {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

export const account: CdekAccount = {
  account: 'company-account',
  password: 'secure-password',
  webhookToken: 'abcdefghijklmnopqrstuvwx',
};

/**
 * The sandbox behind loopback HTTP, our client before it, time that stands.
 *
 * @param on.state - what an earlier sandbox kept
 */
export const yard = async (on: { now?: Date; state?: State } = {}) => {
  const clock = createClock({ now: on.now ?? '2026-04-29T07:44:40Z' });
  const heard: { url: string; body: unknown }[] = [];
  /** what the company answers to callbacks */
  const company = { status: 200 };
  const under: { url: string } = { url: '' };
  const sandbox = createCdek({
    clock,
    state: on.state,
    secret: () => ({ footwear: account }),
    publicUrl: () => 'https://company.example',
    ownUrl: () => under.url,
    send: async (url, init) => {
      heard.push({ url, body: JSON.parse(String(init?.body)) });
      return { status: company.status, text: '' };
    },
  });
  under.url = await served(sandbox.handler);
  process.env[endpointVariable('cdek')] = under.url;
  return { clock, sandbox, heard, company, url: under.url, ours: cdek(account, () => clock.now()) };
};

export type Call = {
  method: string;
  path: string;
  query: Record<string, string>;
  body: unknown;
  authorization: string;
};

const read = async (request: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
};

/** A server that answers as it is told and keeps what it was asked, sign-ins apart. */
export const recorder = async (
  answer: (call: Call) => { status?: number; body: unknown; type?: string; headers?: Record<string, string> },
) => {
  const calls: Call[] = [];
  const signIns: string[] = [];
  const url = await served((request, response) => {
    void read(request).then((text) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://recorder.invalid');
      if (pathname === '/v2/oauth/token') {
        signIns.push(text);
        response.writeHead(200, { 'content-type': 'application/json' }).end(
          JSON.stringify({
            access_token: `token-${signIns.length}`,
            token_type: 'bearer',
            expires_in: 3599,
            scope: 'order:all',
            jti: '9adca50a',
          }),
        );
        return;
      }
      const call: Call = {
        method: request.method ?? '',
        path: pathname.replace(/^\/v2/, ''),
        query: Object.fromEntries(searchParams),
        body: text === '' ? undefined : JSON.parse(text),
        authorization: request.headers.authorization ?? '',
      };
      calls.push(call);
      const { status = 200, body, type = 'application/json', headers = {} } = answer(call);
      response
        .writeHead(status, { 'content-type': type, ...headers })
        .end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  });
  process.env[endpointVariable('cdek')] = url;
  return { url, calls, signIns };
};

/** The order of the dossier. */
export const aDraft = (given: Partial<Draft> = {}): Draft => ({
  number: 'D-42-1',
  type: 1,
  tariff: 136,
  comment: 'fragile',
  from: { point: 'MSK67' },
  to: { point: 'NSK27' },
  deliveryToPay: 0,
  sender: { company: 'ACME', name: 'Ivan Petrov', phones: ['+79001112233'] },
  recipient: { name: 'Anna K.', email: 'a@example.com', phones: ['+79004445566'] },
  packages: [
    {
      number: '1',
      weightGrams: 1200,
      lengthCm: 30,
      widthCm: 20,
      heightCm: 10,
      comment: 'books',
      lines: [{ name: 'Book', article: 'SKU-1', toPay: 0, worth: 150_000, weightGrams: 600, amount: 2 }],
    },
  ],
  print: 'BARCODE',
  ...given,
});
