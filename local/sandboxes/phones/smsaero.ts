import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';
import { readBody } from '../../aws/aws-json.ts';
import { connectionFaults, failsAsPlanned } from '../failing.ts';
import { faultPlan } from '../faults.ts';
import { type Sandbox, type SandboxContext, withFaults } from '../sandbox.ts';
import { createNetwork, decided, type Kept, type Way } from './network.ts';

const Accounts = z.record(
  z.string(),
  z.object({ smsaero: z.object({ email: z.string(), apiKey: z.string(), sign: z.string() }).optional() }),
);

const faults = {
  ...connectionFaults,
  unauthorised: 'the key is not known',
  'no-credits': 'there is no money on the account, said with 200',
  busy: 'too many calls (429)',
  'lost-answer': 'the message is taken, and the connection is cut before the answer',
  twice: 'the callback comes twice',
  never: 'the message is taken and nothing is ever heard of it',
} as const;

const numbers: Record<Way, { status: number; extendStatus: string }> = {
  queued: { status: 0, extendStatus: 'queue' },
  sent: { status: 3, extendStatus: 'send' },
  delivered: { status: 1, extendStatus: 'delivery' },
  undelivered: { status: 2, extendStatus: 'fail' },
  expired: { status: 2, extendStatus: 'fail' },
};

const said = (message: Kept) => ({
  id: Number(message.id),
  from: message.from,
  number: message.number,
  text: message.text,
  ...numbers[message.way],
  channel: 'DIRECT',
  cost: 5.49,
  dateCreate: Math.floor(message.at.getTime() / 1000),
  dateSend: Math.floor(message.at.getTime() / 1000),
});

const Wanted = z.object({
  number: z.union([z.string(), z.number()]).transform(String).optional(),
  numbers: z.array(z.union([z.string(), z.number()]).transform(String)).optional(),
  sign: z.string().optional(),
  text: z.string().optional(),
  id: z.coerce.number().optional(),
  callbackUrl: z.string().nullish(),
});

/** SMS Aero v2, as its dossier and its own client have it. */
export const createSmsAero = (on: SandboxContext): Sandbox => {
  const plan = faultPlan(faults);
  let last = 12_344;
  const network = createNetwork(on.clock, (message) => {
    if (message.callbackUrl === undefined) return;
    const body = JSON.stringify({ id: Number(message.id), status: numbers[message.way].status });
    const call = () =>
      on.send(String(message.callbackUrl), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
    void call();
    if (plan.take('twice') !== undefined) void call();
  });

  const signOf = (request: IncomingMessage): string | undefined => {
    const [, basic = ''] = /^Basic (.+)$/.exec(request.headers.authorization ?? '') ?? [];
    const [email = '', key = ''] = Buffer.from(basic, 'base64').toString('utf8').split(/:(.*)/s);
    return Object.values(Accounts.catch({}).parse(on.secret('sms') ?? {}))
      .flatMap(({ smsaero }) => (smsaero === undefined ? [] : [smsaero]))
      .find((one) => one.email === decodeURIComponent(email) && one.apiKey === key)?.sign;
  };

  const answer = (response: ServerResponse, status: number, body: unknown): void => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
  const no = (message: string) => ({ success: false, data: null, message });
  const yes = (data: unknown) => ({ success: true, data, message: null });

  const send = (wanted: z.infer<typeof Wanted>, sign: string): Record<string, unknown> => {
    const { number, numbers: many, text = '' } = wanted;
    const to = many ?? (number === undefined ? [] : [number]);
    if (to.length === 0 || !to.every((one) => /^\d{10,15}$/.test(one))) return no('Validation error: number');
    if (text.length < 2 || text.length > 640) return no('Validation error: text');
    // The vendor's client writes the free sender's name in another case.
    if (wanted.sign?.toLowerCase() !== sign.toLowerCase())
      return no('Validation error: sign is not approved');
    const stays = plan.take('never') !== undefined;
    const taken = to.map((one) => {
      last += 1;
      return said(
        network.take(
          { id: String(last), number: one, text, from: sign, callbackUrl: wanted.callbackUrl ?? undefined },
          { stays },
        ),
      );
    });
    return yes(many === undefined ? taken[0] : taken);
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (failsAsPlanned(plan, request, response)) return;
    const text = (await readBody(request, 65_536)).toString('utf8');
    const sign = signOf(request);
    const fault = plan.take('unauthorised', 'busy', 'no-credits');
    if (sign === undefined || fault === 'unauthorised')
      return answer(response, 401, no('Your request was made with invalid credentials.'));
    if (fault === 'busy') return answer(response, 429, no('Too many requests'));
    if (fault === 'no-credits') return answer(response, 200, { result: 'no credits' });
    const wanted = Wanted.parse(text === '' ? {} : JSON.parse(text));
    const path = new URL(request.url ?? '/', 'http://sandbox').pathname.replace(/^\/v2\//, '');
    switch (path) {
      case 'auth':
        return answer(response, 200, yes(null));
      case 'balance':
        return answer(response, 200, yes({ balance: 1337.5 }));
      case 'sms/testsend':
      case 'sms/send': {
        const done = send(wanted, sign);
        if (plan.take('lost-answer') !== undefined) return void request.socket.destroy();
        return answer(response, done.success === true ? 200 : 400, done);
      }
      case 'sms/status': {
        const found = network.kept.find(({ id }) => id === String(wanted.id));
        return answer(response, 200, found === undefined ? no('Sms not found') : yes(said(found)));
      }
      case 'sms/list': {
        const found = network.kept.filter(
          ({ number, text: words }) =>
            (wanted.number === undefined || wanted.number === number) &&
            (wanted.text === undefined || words.includes(wanted.text)),
        );
        return answer(
          response,
          200,
          yes({
            ...Object.fromEntries(found.slice(0, 50).map((one, at) => [String(at), said(one)])),
            links: { self: '/v2/sms/list?page=1' },
            totalCount: found.length,
          }),
        );
      }
      default:
        return answer(response, 404, no('Not found'));
    }
  };

  return {
    name: 'smsaero',
    title: 'SMS Aero',
    faults: plan,
    handler: (request, response) => {
      serve(request, response).catch(() => answer(response, 400, no('Bad request')));
    },
    holds: network.held,
    command: withFaults(plan, decided(network)),
  };
};
