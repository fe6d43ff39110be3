import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';
import { readBody } from '../../aws/aws-json.ts';
import { connectionFaults, failsAsPlanned } from '../failing.ts';
import { faultPlan } from '../faults.ts';
import { type Sandbox, type SandboxContext, withFaults } from '../sandbox.ts';
import { createNetwork, decided, type Kept, type Way } from './network.ts';

const Accounts = z.record(
  z.string(),
  z.object({
    callbackToken: z.string().optional(),
    smsc: z.object({ apikey: z.string(), callbackPassword: z.string().optional() }).optional(),
  }),
);

const faults = {
  ...connectionFaults,
  unauthorised: 'the key is not known (2)',
  'no-credits': 'there is no money on the account (3)',
  forbidden: 'the text or the sender is forbidden (6)',
  busy: 'too many calls at once (9)',
  'lost-answer': 'the message is taken, and the connection is cut before the answer',
  twice: 'the callback comes twice',
  'wrong-signature': 'the callback is signed with another password',
  never: 'the message is taken and nothing is ever heard of it',
} as const;

const codes: Record<Way, number> = { queued: -1, sent: 0, delivered: 1, undelivered: 20, expired: 3 };
const errors = { unauthorised: 2, 'no-credits': 3, forbidden: 6, busy: 9 } as const;

/** SMSC.ru, as its dossier has it. Callbacks go to the address that a company would have entered in the cabinet. */
export const createSmsc = (on: SandboxContext): Sandbox => {
  const plan = faultPlan(faults);
  const accountOf = new Map<Kept, string>();
  const accounts = () => Object.entries(Accounts.catch({}).parse(on.secret('sms') ?? {}));
  let last = 1_000;

  const network = createNetwork(on.clock, (message) => {
    const [pack, account] =
      accounts().find(([, { smsc }]) => smsc !== undefined && smsc.apikey === accountOf.get(message)) ?? [];
    if (pack === undefined || account?.callbackToken === undefined) return;
    const status = codes[message.way];
    const password =
      plan.take('wrong-signature') === undefined ? account.smsc?.callbackPassword : 'somebody else';
    const signed = `${message.id}:${message.number}:${status}:${password ?? ''}`;
    const body = new URLSearchParams({
      id: message.id,
      phone: message.number,
      status: String(status),
      time: on.clock.now().toISOString(),
      ts: String(Math.floor(on.clock.now().getTime() / 1000)),
      err: '0',
      cnt: '1',
      type: '0',
      ...(password === undefined
        ? {}
        : {
            md5: createHash('md5').update(signed).digest('hex'),
            sha1: createHash('sha1').update(signed).digest('hex'),
          }),
    }).toString();
    const call = () =>
      on.send(`${on.publicUrl()}/v1/webhooks/sms/${pack}/smsc/${account.callbackToken}`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body,
      });
    void call();
    if (plan.take('twice') !== undefined) void call();
  });

  const answer = (response: ServerResponse, body: unknown): void => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
  const error = (code: number, id?: string) => ({
    error: `error ${code}`,
    error_code: code,
    ...(id === undefined ? {} : { id: Number(id) }),
  });

  const send = (asked: URLSearchParams, apikey: string): unknown => {
    const [number = ''] = (asked.get('phones') ?? '').split(/[,;]/);
    const text = asked.get('mes') ?? '';
    if (asked.get('charset') !== 'utf-8' || text === '' || text.length > 1000) return error(1);
    if (!/^\d{10,15}$/.test(number)) return error(7);
    last += 1;
    const id = asked.get('id') ?? String(last);
    const taken = network.take(
      { id, number, text, from: asked.get('sender') ?? 'SMSC.RU' },
      { stays: plan.take('never') !== undefined },
    );
    accountOf.set(taken, apikey);
    return { id: Number(id), cnt: 1, cost: '5.4', balance: '120.3' };
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (failsAsPlanned(plan, request, response)) return;
    const url = new URL(request.url ?? '/', 'http://sandbox');
    const asked =
      request.method === 'POST'
        ? new URLSearchParams((await readBody(request, 65_536)).toString('utf8'))
        : url.searchParams;
    const apikey = asked.get('apikey') ?? '';
    const fault = plan.take(...Object.keys(errors)) as keyof typeof errors | undefined;
    if (fault !== undefined) return answer(response, error(errors[fault]));
    if (!accounts().some(([, { smsc }]) => smsc?.apikey === apikey)) return answer(response, error(2));
    switch (url.pathname) {
      case '/sys/send.php': {
        const done = send(asked, apikey);
        if (plan.take('lost-answer') !== undefined) return void request.socket.destroy();
        return answer(response, done);
      }
      case '/sys/status.php': {
        const found = network.kept.find(
          ({ id, number }) => id === asked.get('id') && number === asked.get('phone'),
        );
        return answer(
          response,
          found === undefined
            ? { status: -3 }
            : {
                status: codes[found.way],
                last_date: found.at.toISOString(),
                last_timestamp: Math.floor(found.at.getTime() / 1000),
                err: 0,
              },
        );
      }
      case '/sys/balance.php':
        return answer(response, { balance: '120.3' });
      default:
        response.writeHead(404).end();
    }
  };

  return {
    name: 'smsc',
    title: 'SMSC.ru',
    faults: plan,
    handler: (request, response) => {
      serve(request, response).catch(() => answer(response, error(1)));
    },
    holds: network.held,
    command: withFaults(plan, decided(network)),
  };
};
