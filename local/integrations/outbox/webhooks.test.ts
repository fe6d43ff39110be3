import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { useOutsidePatience } from '../../../functions/shared/outside.ts';
import { handler as webhooks } from '../../../functions/webhooks/work.handler.ts';
import { refusal } from '../../world/staff.ts';
import { type World, world } from '../../world.ts';

type Got = { headers: IncomingHttpHeaders; body: string };
type Answering = (response: ServerResponse, got: Got) => void;

const ok: Answering = (response) => void response.writeHead(204).end();
const status =
  (code: number, headers = {}): Answering =>
  (response) =>
    void response.writeHead(code, headers).end();

/** A receiver on this machine that answers as it is told, beside a company whose administrator may name it. */
const played = async (
  play: (w: World, receiver: { url: string; got: Got[]; answers: (n: number) => Answering }) => Promise<void>,
) => {
  const receiver = { url: '', got: [] as Got[], answers: (_: number): Answering => ok };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const got = { headers: request.headers, body: Buffer.concat(chunks).toString() };
      receiver.got.push(got);
      receiver.answers(receiver.got.length)(response, got);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  receiver.url = `${origin}/hook`;
  const w = await world({ at: '2026-02-02 09:00' });
  process.env.WEBHOOK_ORIGINS = origin;
  useOutsidePatience(300);
  try {
    await play(w, receiver);
  } finally {
    await w.stop();
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
};

const numbers = (got: readonly Got[]): number[] => got.map(({ body }) => JSON.parse(body).data.n);
const types = ['deal.created', 'deal.moved', 'deal.changed'];
const subscribe = (w: World, url: string, more = {}) =>
  w.as('admin').ask('POST', '/v1/webhooks', { url, types, ...more });
const inHours = (w: World, hours: number) =>
  w.clock.advanceTo(new Date(w.clock.now().getTime() + hours * 3_600_000));

/** As a receiver would check it who has never seen our code. */
const isSigned = ({ headers, body }: Got, secret: string): boolean => {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const said = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  const wanted = `v1,${createHmac('sha256', key).update(said).digest('base64')}`;
  return String(headers['webhook-signature']).split(' ').includes(wanted);
};

test('events of the types asked for are sent in order, signed, without values, from the time they were asked for', async () => {
  await played(async (w, { url, got }) => {
    await w.enter('quote');
    const { webhook, secret } = await subscribe(w, url, { types: ['deal.created', 'deal.changed'] });
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{64,}=*$/);
    expect(JSON.stringify(await w.as('admin').get('/v1/webhooks'))).not.toContain('whsec_');

    const deal = await w.as('pavel').create();
    await w.as('pavel').change(deal, { lossComment: 'secret words' });

    expect(got.map(({ body }) => JSON.parse(body))).toMatchObject([
      { type: 'deal.created', timestamp: '2026-02-02T06:00:00.000Z', data: { deal, by: { user: 'pavel' } } },
      { type: 'deal.changed', data: { deal, fields: ['lossComment'] } },
    ]);
    expect(got.map((one) => isSigned(one, secret))).toEqual([true, true]);
    expect(JSON.stringify(got)).not.toContain('secret words');
    expect(new Set(got.map(({ headers }) => headers['webhook-id'])).size).toBe(2);
    expect((await w.as('admin').get('/v1/webhooks')).items).toMatchObject([
      { id: webhook.id, delivery: { state: 'done' }, cursor: expect.any(Number) },
    ]);
  });
});

test('while a receiver fails the events wait, then all come in order, none left out', async () => {
  await played(async (w, receiver) => {
    await subscribe(w, receiver.url);
    receiver.answers = (n) =>
      [status(500), status(503, { 'retry-after': '600' }), status(302, { location: '/x' })][n - 1] ?? ok;

    const deal = await w.as('pavel').create();
    await w.as('pavel').change(deal, { lossComment: 'one' });
    expect(receiver.got.length).toBe(1);
    await inHours(w, 1);
    await w.as('pavel').change(deal, { lossComment: 'two' });

    const [first] = numbers(receiver.got);
    expect(numbers(receiver.got).slice(0, 4)).toEqual([first, first, first, first]);
    const taken = numbers(receiver.got.slice(3));
    expect(taken).toEqual([...taken].sort((one, other) => one - other));
    expect(new Set(receiver.got.slice(0, 4).map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    const { items } = await w.as('admin').get(`/v1/events?type=${types.join(',')}`);
    expect(taken).toEqual(items.map(({ n }: { n: number }) => n));
    const [{ delivery }] = (await w.as('admin').get('/v1/webhooks')).items;
    const { history } = await w.as('admin').get(`/v1/outbox/${delivery.call}`);
    expect(history.map(({ said = '' }) => said.replace(/^event \d+: /, '')).slice(0, 3)).toEqual([
      'the receiver answered 500; 2xx says that it was taken',
      'the receiver answered 503; 2xx says that it was taken',
      'the receiver answered 302; 2xx says that it was taken',
    ]);
  });
});

test.for<[string, Answering, RegExp]>([
  [
    'answers megabytes',
    (response) => void response.writeHead(200).end(Buffer.alloc(2_000_000)),
    /longer than 4096 bytes/,
  ],
  ['never answers', () => {}, /no answer within/],
  ['hangs up', (response) => void response.destroy(), /ECONNRESET|cut off/],
])('a receiver that %s has not taken the event', async ([, answering, why]) => {
  await played(async (w, receiver) => {
    await subscribe(w, receiver.url);
    receiver.answers = (n) => (n === 1 ? answering : ok);

    await w.as('pavel').create();
    const [before] = (await w.as('admin').get('/v1/webhooks')).items;
    expect(before.delivery).toMatchObject({ state: 'retrying', problem: expect.stringMatching(why) });
    expect(before.delivery.problem).not.toContain('/hook'); // the path may be a secret of the receiver's

    await inHours(w, 1);
    expect(numbers(receiver.got).slice(0, 2)).toEqual([1, 1]);
    expect((await w.as('admin').get('/v1/webhooks')).items[0].delivery.state).toBe('done');
  });
});

test('a receiver that is gone, or fails for five days, is switched off and told of; switched on it goes on where it stood', async () => {
  await played(async (w, receiver) => {
    const { webhook } = await subscribe(w, receiver.url);
    receiver.answers = () => status(410);
    await w.as('pavel').create();
    expect((await w.as('admin').get('/v1/webhooks')).items).toMatchObject([
      { state: 'off', end: 'gone', cursor: 0 },
    ]);

    receiver.answers = () => status(500, { 'retry-after': '43200' });
    const switchOn = () => w.as('admin').ask('PATCH', `/v1/webhooks/${webhook.id}`, { state: 'on' });
    await switchOn();
    await inHours(w, 4 * 24);
    expect((await w.as('admin').get('/v1/webhooks')).items).toMatchObject([{ state: 'on' }]);
    await inHours(w, 2 * 24);
    expect((await w.as('admin').get('/v1/webhooks')).items).toMatchObject([{ state: 'off', end: 'failing' }]);
    expect((await w.told('admin')).map(({ body }) => body)).toEqual([
      expect.stringContaining('410'),
      expect.stringMatching(/пять дней|five days/),
    ]);

    receiver.answers = () => ok;
    receiver.got.length = 0;
    await switchOn();
    expect(numbers(receiver.got)[0]).toBe(1);
    expect((await w.as('admin').get('/v1/webhooks')).items).toMatchObject([
      { state: 'on', delivery: { state: 'done' } },
    ]);
  });
});

test('a new secret signs beside the one before for a day; events are sent again from a number', async () => {
  await played(async (w, { url, got }) => {
    const { webhook, secret } = await subscribe(w, url);
    const admin = w.as('admin');
    const deal = await w.as('pavel').create();
    const { secret: next } = await admin.ask('POST', `/v1/webhooks/${webhook.id}/rotate`);
    got.length = 0;
    await w.as('pavel').change(deal, { lossComment: 'one' });
    expect([isSigned(got[0] as Got, secret), isSigned(got[0] as Got, next)]).toEqual([true, true]);

    await inHours(w, 25);
    got.length = 0;
    await admin.ask('POST', `/v1/webhooks/${webhook.id}/again`, { after: 0 });
    expect(numbers(got)[0]).toBe(1);
    expect([isSigned(got[0] as Got, secret), isSigned(got[0] as Got, next)]).toEqual([false, true]);
    expect(await refusal(admin.ask('POST', `/v1/webhooks/${webhook.id}/again`, { after: 999 }))).toContain(
      'name one before it',
    );
  });
});

test('webhooks are for administrators, of their own pipelines, to addresses on the public network', async () => {
  await played(async (w, { url }) => {
    const { webhook } = await subscribe(w, url, { note: 'accounting' });
    const pavel = w.as('pavel');
    expect(await refusal(pavel.get('/v1/webhooks'))).toMatch(/^403/);
    expect(await refusal(pavel.ask('POST', '/v1/webhooks', { url, types }))).toMatch(/^403/);
    expect(await refusal(pavel.ask('DELETE', `/v1/webhooks/${webhook.id}`))).toMatch(/^404/);
    expect(await refusal(pavel.get('/v1/events'))).toMatch(/^403/);
    expect(await refusal(subscribe(w, 'https://169.254.169.254/latest'))).toContain(
      'not on the public network',
    );
    expect(await refusal(subscribe(w, url, { pipelines: ['coffee-leads'] }))).toContain(
      'coffee-leads not of industrial; its pipelines are',
    );

    await w.as('admin').ask('DELETE', `/v1/webhooks/${webhook.id}`);
    expect((await w.as('admin').get('/v1/webhooks')).items).toEqual([]);
  });
});

test('two workers at once, a death between events and a repeat of the whole lose nothing and keep the order', async () => {
  await played(async (w, receiver) => {
    await subscribe(w, receiver.url);
    const deal = await w.as('pavel').create();
    receiver.answers = () => status(500);
    for (const lossComment of ['1', '2', '3']) await w.as('pavel').change(deal, { lossComment });
    const [{ delivery }] = (await w.as('admin').get('/v1/webhooks')).items;
    const { attempts } = await w.as('admin').get(`/v1/outbox/${delivery.call}`);
    receiver.answers = () => ok;
    receiver.got.length = 0;

    await Promise.all([1, 2, 3].map(() => webhooks({ call: delivery.call, attempt: attempts + 1 })));
    await webhooks({ call: delivery.call, attempt: attempts + 1 });
    await w.clock.settle();

    const taken = numbers(receiver.got);
    const { items } = await w
      .as('admin')
      .get(`/v1/events?after=${(taken[0] ?? 1) - 1}&type=${types.join(',')}`);
    expect(taken).toEqual(items.map(({ n }: { n: number }) => n));
  });
});

test('whatever a receiver answers, and however often its answer is lost, it has each event in order once it knows them by id', async () => {
  await played(async (w, receiver) => {
    await subscribe(w, receiver.url);
    const hangUp: Answering = (response) => void response.destroy();
    receiver.answers = (n) => (n % 5 === 0 ? hangUp : n % 7 === 0 ? status(500) : ok);

    const deal = await w.as('pavel').create();
    for (let n = 1; n <= 12; n += 1) await w.as('pavel').change(deal, { lossComment: `${n}` });
    await inHours(w, 12);

    const ids = receiver.got.map(({ headers }) => String(headers['webhook-id']));
    const known = ids.filter((id, at) => ids.indexOf(id) === at);
    const { items } = await w.as('admin').get(`/v1/events?type=${types.join(',')}`);
    expect(known).toEqual(items.map(({ id }: { id: string }) => id));
    expect(ids.length).toBeGreaterThan(known.length);
    // One that comes again comes before any later one.
    expect(numbers(receiver.got)).toEqual([...numbers(receiver.got)].sort((one, other) => one - other));
  });
});
