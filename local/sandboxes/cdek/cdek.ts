import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';
import { CdekSecret } from '../../../functions/delivery/cdek/account.ts';
import { bucketOf, knownCodes } from '../../../functions/delivery/cdek/statuses.ts';
import { subscribedTo } from '../../../functions/delivery/cdek/webhooks.ts';
import { faultPlan } from '../faults.ts';
import type { Held, Offer, Sandbox, SandboxContext } from '../sandbox.ts';
import { type Answered, createApi } from './api.ts';
import { createBook, type Ending, endings, type Order, type StatusLine, statusNumbers } from './book.ts';
import { createCallbacks } from './callbacks.ts';
import { cdekFaults } from './faults.ts';
import { createPapers } from './papers.ts';

const maxBody = 1024 * 1024;
const tokenSeconds = 3600;

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > maxBody) throw new RangeError(`a body of more than ${maxBody} bytes`);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
};

const jsonOf = (text: string): { ok: true; value: unknown } | { ok: false } => {
  try {
    return { ok: true, value: text === '' ? undefined : JSON.parse(text) };
  } catch {
    return { ok: false };
  }
};

/** Commands beside faults, as `POST /cdek/_command` takes them. */
const Command = z.discriminatedUnion('do', [
  /** puts a status on an order */
  z.strictObject({
    do: z.literal('status'),
    order: z.string(),
    code: z.string(),
    city: z.string().optional(),
    reason: z.string().optional(),
  }),
  /** takes a status back */
  z.strictObject({ do: z.literal('take-back'), order: z.string(), code: z.string() }),
  /** the next status of its road, now */
  z.strictObject({ do: z.literal('step'), order: z.string() }),
  /** all statuses of its road, one after another on the clock: three days to the client */
  z.strictObject({ do: z.literal('journey'), order: z.string(), end: z.enum(['delivered', 'refused']) }),
  /** every order from now on goes its road by itself */
  z.strictObject({ do: z.literal('always'), end: z.enum(['delivered', 'refused', 'none']) }),
  /** what the client paid on delivery reaches the shop; no callback tells of it */
  z.strictObject({ do: z.literal('pay-out'), order: z.string() }),
  /** the track number of the next order that is registered */
  z.strictObject({ do: z.literal('number'), next: z.string().regex(/^\d{10}$/) }),
  /** all subscriptions are switched off */
  z.strictObject({ do: z.literal('forget-webhooks') }),
]);
const FaultCommand = z.strictObject({ fault: z.string(), times: z.coerce.number().optional() });

/**
 * CDEK on this machine: the whole API of its protocol over what it holds, kept where its host keeps anything: orders that are validated and move on its
 * clock, callbacks, forms, couriers. Accounts are those of the deployment's secret, and each is subscribed from the start as
 * a company that has set it up would be.
 */
export const createCdek = (context: SandboxContext): Sandbox => {
  const { clock } = context;
  const faults = faultPlan(cdekFaults);
  const callbacks = createCallbacks(context, faults);
  const tokens = new Map<string, { account: string; until: number }>();
  let signIns = 0;
  /** accounts whose people have been here */
  let greeted: readonly string[] = context.state?.get<string[]>('cdek/greeted') ?? [];

  const book = createBook(context, faults, {
    status(order: Order, line: StatusLine) {
      callbacks.tell(order.account, {
        type: 'ORDER_STATUS',
        date_time: book.stamp(),
        uuid: order.uuid,
        attributes: {
          is_return: order.kind === 'return',
          is_reverse: false,
          is_client_return: order.kind === 'client-return',
          ...(order.cdek_number === undefined ? {} : { cdek_number: order.cdek_number }),
          number: order.number,
          code: line.code,
          status_code: statusNumbers[line.code] ?? '1000',
          ...(line.reason_code === undefined ? {} : { status_reason_code: line.reason_code }),
          status_date_time: line.date_time,
          city_name: line.city,
          deleted: line.deleted === true,
          ...(order.kind === 'direct' ? {} : { related_entities: order.related }),
        },
      });
    },
  });
  const papers = createPapers(clock, book.newUuid, {
    url: (form) => `${context.ownUrl()}/v2/print/${form.kind}/${form.uuid}.pdf`,
    ready(form) {
      callbacks.tell(form.account, {
        type: 'PRINT_FORM',
        date_time: book.stamp(),
        uuid: form.uuid,
        attributes: { type: form.kind === 'orders' ? 'WAYBILL' : 'BARCODE', url: form.url },
      });
    },
  });
  const api = createApi({ clock, book, papers, callbacks, faults, state: context.state });

  const accountsOf = () => {
    const secret = CdekSecret.safeParse(context.secret('cdek'));
    return secret.success ? Object.values(secret.data) : [];
  };

  /** What an account's people would have set up in the cabinet, once. */
  const greet = (account: string, webhookToken: string): void => {
    if (greeted.includes(account)) return;
    greeted = [...greeted, account];
    context.state?.set('cdek/greeted', greeted);
    for (const type of subscribedTo) {
      const uuid = book.newUuid();
      callbacks.subscribe({
        uuid,
        account,
        type,
        url: `${context.publicUrl()}/v1/webhooks/cdek/${webhookToken}`,
      });
    }
  };

  const signIn = (form: URLSearchParams): Answered => {
    const account = accountsOf().find(
      (one) => one.account === form.get('client_id') && one.password === form.get('client_secret'),
    );
    if (faults.take('unauthorised') !== undefined) {
      tokens.clear();
      return { status: 401, body: { error: 'invalid_client', error_description: 'Bad client credentials' } };
    }
    if (account === undefined || form.get('grant_type') !== 'client_credentials')
      return { status: 401, body: { error: 'invalid_client', error_description: 'Bad client credentials' } };
    greet(account.account, account.webhookToken);
    signIns += 1;
    const access_token = `${book.newUuid()}.${signIns}`;
    tokens.set(access_token, {
      account: account.account,
      until: clock.now().getTime() + tokenSeconds * 1000,
    });
    return {
      status: 200,
      body: {
        access_token,
        token_type: 'bearer',
        expires_in: tokenSeconds - 1,
        scope: 'order:all payment:all',
        jti: book.newUuid(),
      },
    };
  };

  const unauthorised: Answered = {
    status: 401,
    body: {
      requests: [
        {
          type: 'AUTH',
          date_time: '2026-01-01T00:00:00+0000',
          state: 'INVALID',
          errors: [{ code: 'v2_token_expired', message: 'Token is expired or invalid' }],
        },
      ],
    },
  };

  const answerTo = async (request: IncomingMessage, url: URL, text: string): Promise<Answered> => {
    const method = request.method ?? 'GET';
    const path = url.pathname.replace(/^\/v2/, '');
    if (method === 'POST' && path === '/oauth/token') {
      // Both forms are in use: as a body, and as a query.
      const form = new URLSearchParams(text);
      return signIn(form.has('client_id') ? form : url.searchParams);
    }
    const [, bearer = ''] = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '') ?? [];
    const holder = tokens.get(bearer);
    if (faults.planned().some(({ fault }) => fault === 'unauthorised')) tokens.clear();
    if (
      holder === undefined ||
      holder.until <= clock.now().getTime() ||
      faults.take('token-expired') !== undefined
    ) {
      tokens.delete(bearer);
      return { ...unauthorised };
    }
    if (!tokens.has(bearer)) return { ...unauthorised };
    const body = jsonOf(text);
    if (!body.ok)
      return {
        status: 400,
        body: {
          requests: [
            {
              type: 'CREATE',
              date_time: book.stamp(),
              state: 'INVALID',
              errors: [{ code: 'v2_bad_request', message: 'No JSON' }],
            },
          ],
        },
      };
    return api.answer({ account: holder.account, method, path, query: url.searchParams, body: body.value });
  };

  const write = (response: ServerResponse, { status, body, file }: Answered): void => {
    if (file !== undefined) {
      response.writeHead(status, { 'content-type': 'application/pdf' }).end(file);
      return;
    }
    // As it is on the wire: without a charset, which their own client wants to see.
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://cdek.invalid');
    const fault = faults.take('down', '503', 'slow', 'lost-answer', 'malformed', 'html', '429');
    if (fault === 'down') return void request.socket.destroy();
    const text = await bodyOf(request);
    switch (fault) {
      case '503':
        return write(response, {
          status: 503,
          body: { errors: [{ code: 'v2_internal_error', message: 'Service is temporarily unavailable' }] },
        });
      case '429':
        response
          .writeHead(429, { 'retry-after': '7', 'content-type': 'text/plain' })
          .end('Too Many Requests');
        return;
      case 'html':
        response
          .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
          .end('<!doctype html><title>Технические работы</title>');
        return;
      default:
    }
    const answered = await answerTo(request, url, text);
    switch (fault) {
      case 'slow':
        return; // whoever asks hangs up
      case 'lost-answer':
        request.socket.destroy();
        return;
      case 'malformed':
        response.writeHead(answered.status, { 'content-type': 'application/json' }).end('{"entity":{"uuid":');
        return;
      default:
        return write(response, answered);
    }
  };

  const orderBy = (name: string): Order => {
    const found = [...book.orders.values()].filter(
      (order) => order.uuid === name || order.cdek_number === name || order.number === name,
    );
    const order = found.find(({ kind }) => kind === 'direct') ?? found[0];
    if (order === undefined)
      throw new RangeError(
        `order "${name}": there is ${[...book.orders.values()].map(({ number }) => number).join(', ') || 'none yet'}`,
      );
    return order;
  };

  const offersFor = (order: Order): readonly Offer[] => {
    const bucket = bucketOf(book.last(order));
    if (
      bucket === undefined ||
      bucket === 'accepted' ||
      ['delivered', 'returned', 'cancelled', 'rejected'].includes(bucket)
    )
      return [];
    return [
      { title: 'next status', command: { do: 'step', order: order.uuid } },
      { title: 'deliver in three days', command: { do: 'journey', order: order.uuid, end: 'delivered' } },
      { title: 'client refuses', command: { do: 'journey', order: order.uuid, end: 'refused' } },
      { title: 'delivered now', command: { do: 'status', order: order.uuid, code: 'DELIVERED' } },
    ];
  };

  const holds = (): readonly Held[] => {
    const orders = [...book.orders.values()].toReversed();
    return [
      {
        title: 'Orders',
        columns: ['number', 'track', 'kind', 'tariff', 'from', 'to', 'status'],
        rows: orders.map((order) => [
          order.number,
          order.cdek_number ?? '',
          order.kind,
          String(order.body.tariff_code),
          order.from?.city ?? '',
          order.to?.city ?? '',
          book.last(order),
        ]),
        commands: orders.map(offersFor),
      },
      {
        title: 'Couriers',
        columns: ['number', 'order', 'day', 'state'],
        rows: [...api.intakes.values()]
          .toReversed()
          .map(({ number, order, body, state }) => [
            number ?? '',
            order?.number ?? '',
            body.intake_date,
            state,
          ]),
      },
      {
        title: 'Subscriptions',
        columns: ['type', 'url'],
        rows: callbacks.subscriptions().map(({ type, url }) => [type, url]),
      },
      {
        title: 'Callbacks',
        columns: ['at', 'type', 'answer'],
        rows: callbacks.log.map(({ at, type, answer }) => [at, type, answer]),
      },
    ];
  };

  const endingOf = (end: Ending | 'none'): Ending | undefined => endings.find((one) => one === end);

  return {
    name: 'cdek',
    title: 'CDEK',
    faults,
    holds,
    handler: (request, response) => {
      serve(request, response).catch((error: unknown) => {
        if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
        response.end(error instanceof Error ? error.message : 'failed');
      });
    },
    command(given) {
      if ('fault' in given) {
        const { fault, times } = FaultCommand.parse(given);
        return faults.plan(fault, times);
      }
      const read = Command.safeParse(given);
      if (!read.success)
        throw new RangeError(
          `a command has \`do\`: status {order, code}, take-back {order, code}, step {order}, journey {order, end}, always {end}, pay-out {order}, number {next}, forget-webhooks; or \`fault\`: ${Object.keys(cdekFaults).join(', ')}`,
        );
      const command = read.data;
      switch (command.do) {
        case 'status': {
          const order = orderBy(command.order);
          if (!knownCodes.includes(command.code) && !/^[A-Z_]{3,60}$/.test(command.code))
            throw new RangeError(
              `status "${command.code}": capitals and underscores, such as ${knownCodes.slice(0, 5).join(', ')}`,
            );
          return book.put(order, command.code, command.city ?? book.cityOf(order), command.reason);
        }
        case 'take-back':
          return book.takeBack(orderBy(command.order), command.code);
        case 'step':
          return book.step(orderBy(command.order));
        case 'journey':
          return book.start(orderBy(command.order), command.end);
        case 'always':
          return book.always(endingOf(command.end));
        case 'pay-out':
          return book.payOut(orderBy(command.order));
        case 'number':
          return book.numberNext(command.next);
        case 'forget-webhooks':
          for (const { uuid } of callbacks.subscriptions()) callbacks.unsubscribe(uuid);
          return undefined;
        default:
          return command satisfies never;
      }
    },
  };
};
