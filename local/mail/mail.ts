import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { createEmlContent } from 'aws-ses-v2-local/dist/emlFile.js';
import { getStoreReadonly } from 'aws-ses-v2-local/dist/store.js';
import * as z from 'zod';
import { AwsFault, answer, answerFault, jsonOf, readBody } from '../aws/aws-json.ts';
import { type Mail, openMailbox, viewed } from './mailbox.ts';

/** SES with a viewer. */
export type MailServer = {
  /** For `AWS_ENDPOINT_URL_SESV2`. */
  endpoint: string;
  /** The viewer, for a browser. */
  url: string;
  /** Letters taken so far, oldest first. */
  sent(): Promise<Mail[]>;
  /** Makes sending fail until `fail(false)`: `true` as a service that is down (503), `throttle` as one over its rate (429). */
  fail(on: boolean | 'throttle'): void;
  /** Who answers at `/_in`, where letters come in. */
  takeIn(handler: (req: IncomingMessage, res: ServerResponse) => Promise<void>): void;
  stop(): Promise<void>;
};

// Its default export is a property of a CommonJS module, which bundlers and Node read differently.
const { default: ses } = createRequire(import.meta.url)(
  'aws-ses-v2-local',
) as typeof import('aws-ses-v2-local');

const TYPE = 'application/json';
const MAX_BYTES = 40 * 1024 * 1024;
const MAX_RECIPIENTS = 50;
const TAG = /^[A-Za-z0-9_-]{1,256}$/;

/** What is read of `SendEmail` before the package looks at it; the rest passes as it is. */
const SendEmail = z.looseObject({
  FromEmailAddress: z.string().optional(),
  Destination: z
    .object({
      ToAddresses: z.array(z.string()).optional(),
      CcAddresses: z.array(z.string()).optional(),
      BccAddresses: z.array(z.string()).optional(),
    })
    .optional(),
  EmailTags: z.array(z.object({ Name: z.string(), Value: z.string() })).optional(),
  ConfigurationSetName: z.string().optional(),
  Content: z.looseObject({ Raw: z.object({ Data: z.string() }).optional() }),
});
type SendEmail = z.infer<typeof SendEmail>;

/**
 * Starts SES on the loopback: `aws-ses-v2-local` renders and shows, and in front of it stands what it lacks, which is
 * tags, limits, senders that are not verified, failures, and letters that survive a restart.
 *
 * @param options.identities - verified domains and addresses; left out, everyone may send
 * @param options.now - the runtime's clock
 * @throws when `SMTP_TRANSPORT` is set, since the package would send to it
 */
export const startMail = async (options: {
  port: number;
  dir?: string | undefined;
  identities?: readonly string[];
  now?: () => Date;
}): Promise<MailServer> => {
  if (process.env.SMTP_TRANSPORT?.trim()) {
    throw new Error('SMTP_TRANSPORT is set, so letters would leave this machine: unset it');
  }
  const { now = () => new Date() } = options;
  const mailbox = openMailbox(options.dir);
  const inner = await ses({ host: '127.0.0.1', port: 0 });
  const innerPort = (inner.address() as AddressInfo).port;
  let failing: boolean | 'throttle' = false;
  let inbound: ((req: IncomingMessage, res: ServerResponse) => Promise<void>) | undefined;

  const send = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const body = await readBody(req, MAX_BYTES);
    if (failing === 'throttle')
      throw new AwsFault('TooManyRequestsException', 'Maximum sending rate exceeded.', 429);
    if (failing) throw new AwsFault('ServiceUnavailable', 'Service is unavailable.', 503);
    const parsed = SendEmail.safeParse(jsonOf(body));
    if (!parsed.success) throw new AwsFault('BadRequestException', z.prettifyError(parsed.error));
    check(parsed.data, options.identities);

    const reply = await forward(req, body, innerPort);
    if (reply.status !== 200) throw new AwsFault('BadRequestException', reasonOf(reply.body));
    const taken = takenBy(reply.body);
    const id = messageId(now());
    mailbox.add(mailOf(id, now(), taken, parsed.data));
    answer(res, 200, { MessageId: id }, TYPE);
  };

  const serve = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const { pathname, searchParams } = new URL(req.url ?? '/', 'http://localhost');
    switch (`${req.method} ${pathname}`) {
      case 'POST /v2/email/outbound-emails':
        return send(req, res);
      case 'GET /store': {
        const since = Number(searchParams.get('since') ?? 0);
        const emails = mailbox.all().map(viewed);
        return answer(res, 200, { templates: {}, emails: emails.filter(({ at }) => at >= since) }, TYPE);
      }
      case 'GET /_in':
      case 'POST /_in': {
        if (inbound === undefined)
          throw new AwsFault('NotFoundException', 'no letters are taken in here', 404);
        return inbound(req, res);
      }
      case 'POST /clear-store':
        mailbox.clear();
        return answer(res, 200, { message: 'Store cleared' }, TYPE);
      case 'GET /get-emlContent': {
        const mail = mailbox.all().find(({ id }) => id === searchParams.get('messageId'));
        if (mail === undefined) throw new AwsFault('NotFoundException', 'no such letter', 404);
        return answer(res, 200, await createEmlContent(viewed(mail)), TYPE);
      }
      case 'POST /v2/email/outbound-bulk-emails':
        throw new AwsFault('BadRequestException', 'SendBulkEmail is not emulated: send letters one by one');
      default: {
        const reply = await forward(req, await readBody(req, MAX_BYTES), innerPort);
        res.writeHead(reply.status, reply.headers);
        res.end(reply.body);
      }
    }
  };

  const server = createServer((req, res) => {
    serve(req, res).catch((error: unknown) => answerFault(res, error, TYPE));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port, '127.0.0.1', resolve);
  });
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    endpoint,
    url: endpoint,
    sent: async () => [...mailbox.all()],
    fail: (on) => {
      failing = on;
    },
    takeIn: (handler) => {
      inbound = handler;
    },
    stop: async () => {
      await Promise.all([server, inner].map(close));
    },
  };
};

const close = (server: Server): Promise<void> => {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  return closed;
};

/** The form of SES: 16 hex digits of time, a UUID, six digits. */
const messageId = (at: Date): string =>
  `0107${at.getTime().toString(16).padStart(12, '0')}-${randomUUID()}-000000`;

const check = (letter: SendEmail, identities: readonly string[] | undefined): void => {
  const { ToAddresses = [], CcAddresses = [], BccAddresses = [] } = letter.Destination ?? {};
  const recipients = ToAddresses.length + CcAddresses.length + BccAddresses.length;
  if (recipients > MAX_RECIPIENTS) {
    throw new AwsFault('MessageRejected', `Recipient count exceeds ${MAX_RECIPIENTS}.`);
  }
  if (recipients === 0 && letter.Content.Raw === undefined) {
    throw new AwsFault('BadRequestException', 'At least one recipient is wanted in Destination.');
  }
  for (const { Name, Value } of letter.EmailTags ?? []) {
    if (!TAG.test(Name) || !TAG.test(Value)) {
      throw new AwsFault(
        'BadRequestException',
        `Tag ${Name}=${Value}: letters, digits, _ and - are allowed, 1 to 256.`,
      );
    }
  }
  const from = addressOf(letter.FromEmailAddress ?? '');
  const domain = from.slice(from.lastIndexOf('@') + 1);
  const verified = identities?.some(
    (identity) => identity === from || domain === identity || domain.endsWith(`.${identity}`),
  );
  if (from !== '' && verified === false) {
    throw new AwsFault(
      'MessageRejected',
      `Email address is not verified. The following identities failed the check: ${from}`,
    );
  }
};

const addressOf = (text: string): string => (/<([^<>]+)>\s*$/.exec(text)?.[1] ?? text).trim().toLowerCase();

/** The letter as the package understood it; taken out of its own store, which is one for the whole process. */
const takenBy = (reply: Buffer) => {
  const { MessageId } = z.object({ MessageId: z.string() }).parse(jsonOf(reply));
  const { emails } = getStoreReadonly();
  const at = emails.findIndex(({ messageId }) => messageId === MessageId);
  const [email] = at < 0 ? [] : emails.splice(at, 1);
  if (email === undefined) throw new Error(`letter ${MessageId} is not in the store of aws-ses-v2-local`);
  return email;
};

const mailOf = (id: string, at: Date, email: ReturnType<typeof takenBy>, letter: SendEmail): Mail => ({
  id,
  at: at.toISOString(),
  from: email.from,
  // A raw letter may be addressed in its headers alone; the envelope goes before them.
  to: letter.Destination?.ToAddresses ?? email.destination.to,
  cc: letter.Destination?.CcAddresses ?? email.destination.cc,
  bcc: letter.Destination?.BccAddresses ?? email.destination.bcc,
  replyTo: email.replyTo,
  subject: email.subject,
  text: email.body.text ?? '',
  html: email.body.html ?? '',
  headers: email.headers ?? rawHeaders(letter.Content.Raw?.Data),
  tags: Object.fromEntries((letter.EmailTags ?? []).map(({ Name, Value }) => [Name, Value])),
  configurationSet: letter.ConfigurationSetName,
  attachments: email.attachments,
});

/** Headers of a whole MIME message in base64, unfolded, as they are written. */
const rawHeaders = (data: string | undefined): Mail['headers'] => {
  if (data === undefined) return [];
  const [head = ''] = Buffer.from(data, 'base64')
    .toString('utf8')
    .split(/\r?\n\r?\n/, 1);
  return head
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)
    .map((line) => ({
      name: line.slice(0, line.indexOf(':')),
      value: line.slice(line.indexOf(':') + 1).trim(),
    }))
    .filter(({ name }) => name !== '');
};

const reasonOf = (body: Buffer): string => {
  const { message, detail } = z
    .object({ message: z.string(), detail: z.string().optional() })
    .parse(jsonOf(body));
  return detail ?? message;
};

type Forwarded = { status: number; headers: IncomingMessage['headers']; body: Buffer };

const forward = (req: IncomingMessage, body: Buffer, port: number): Promise<Forwarded> =>
  new Promise((resolve, reject) => {
    const { 'transfer-encoding': _, ...headers } = req.headers;
    const sent = request(
      {
        host: '127.0.0.1',
        port,
        method: req.method,
        path: req.url,
        headers: { ...headers, 'content-length': body.length },
      },
      (res) => {
        readBody(res, MAX_BYTES).then((answered) => {
          const { 'transfer-encoding': __, connection: ___, ...rest } = res.headers;
          resolve({ status: res.statusCode ?? 502, headers: rest, body: answered });
        }, reject);
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });

export type { Mail } from './mailbox.ts';
export { eventFor, type MailOutcome } from './ses-event.ts';
