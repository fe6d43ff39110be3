import { expect, test } from 'vitest';
import type { Outcome } from '../../../functions/calls/carry.ts';
import { callOnce } from '../../../functions/calls/queue.ts';
import { keepReceived } from '../../../functions/calls/received.ts';
import { worker } from '../../../functions/calls/worker.ts';
import { readCard } from '../../../functions/deals/card.ts';
import { messageRow } from '../../../functions/shared/rows.ts';
import { OutgoingMessage } from '../../../schemas/message.ts';
import { refusal } from '../../world/staff.ts';
import { type World, world } from '../../world.ts';

type Probe = { asked: number[]; left: string[]; answers: Outcome[] };

/** A world with a provider that answers as it is told, and letters that leave. */
const played = async (play: (w: World, probe: Probe) => Promise<void>) => {
  const probe: Probe = { asked: [], left: [], answers: [] };
  const handler = worker({
    calls: {
      ask: {
        carry: async ({ attempts }) => {
          probe.asked.push(attempts);
          return probe.answers.shift() ?? { as: 'done', answer: 'accepted as 77' };
        },
        failed: async ({ state, problem }) => void probe.left.push(`${state}: ${problem}`),
      },
    },
    takes: { answer: async () => ({ as: 'refused', problem: 'no such order' }) },
  });
  const w = await world({
    at: '2026-02-02 09:00',
    mail: true,
    workers: { probe: { providers: ['probe'], handler } },
  });
  try {
    await play(w, probe);
  } finally {
    await w.stop();
  }
};

const asking = async (w: World, deal: string, occasion: string) => {
  const { deal: of } = await readCard(w.table, deal);
  const { id } = await callOnce(
    w.table,
    {
      provider: 'probe',
      kind: 'ask',
      pack: 'industrial',
      occasion,
      deal: of,
      about: 'Order 12',
      input: { phone: '+79161234567' },
    },
    w.clock.now(),
  );
  await w.clock.settle();
  return id;
};
const titles = (page: { items: { what: string; state: string; about?: string }[] }) =>
  page.items.map(({ what, state, about }) => `${what} ${state} ${about}`);

test('what failed is seen with its attempts, tried again by those who may with a reason, and done once', async () => {
  await played(async (w, probe) => {
    const deal = await w.enter('quote', {}, { responsible: 'pavel' });
    probe.answers.push({ as: 'later', problem: 'HTTP 503' }, { as: 'refused', problem: 'no such point' });
    const id = await asking(w, deal, 'one');
    await w.clock.advanceTo(new Date('2026-02-02T06:05:00Z'));

    const admin = w.as('admin');
    expect(titles(await admin.get('/v1/outbox'))).toEqual(['call failed Order 12']);
    expect(await admin.get(`/v1/outbox/${id}`)).toMatchObject({
      deal,
      attempts: 2,
      problem: 'no such point',
      input: { phone: '+79161234567' },
      may: ['again', 'give-up'],
      history: [
        { n: 1, as: 'later', said: 'HTTP 503' },
        { n: 2, as: 'refused', said: 'no such point' },
      ],
    });
    expect(await refusal(w.as('pavel').ask('POST', `/v1/outbox/${id}/again`, { reason: 'x' }))).toMatch(
      /^403/,
    );
    expect(await refusal(admin.ask('POST', `/v1/outbox/${id}/again`, {}))).toMatch(/^400 body.reason/);

    await admin.ask('POST', `/v1/outbox/${id}/again`, { reason: 'the point is open again' });
    expect(probe.asked).toEqual([1, 2, 3]);
    expect(await admin.get(`/v1/outbox/${id}`)).toMatchObject({
      state: 'done',
      answer: 'accepted as 77',
      may: [],
    });
    expect(await refusal(admin.ask('POST', `/v1/outbox/${id}/again`, { reason: 'x' }))).toContain('“done”');
    const { feed } = await w.as('pavel').get(`/v1/deals/${deal}`);
    expect(feed.filter(({ kind }: { kind: string }) => kind === 'outbox')).toMatchObject([
      {
        by: { user: 'admin' },
        reason: 'the point is open again',
        data: { about: 'Order 12', state: ['failed', 'queued'] },
      },
    ]);
  });
});

test('what is given up is not tried any more, its worker hears of it, and the history of the deal says why', async () => {
  await played(async (w, probe) => {
    const deal = await w.enter('quote', {}, { responsible: 'pavel' });
    probe.answers.push({ as: 'waiting', afterSeconds: 1800 });
    const id = await asking(w, deal, 'one');

    await w.as('admin').ask('POST', `/v1/outbox/${id}/give-up`, { reason: 'ordered by phone' });
    await w.clock.advanceTo(new Date('2026-02-02T08:00:00Z'));

    expect([probe.asked, probe.left]).toEqual([[1], ['given-up: given up: ordered by phone']]);
    expect(titles(await w.as('admin').get('/v1/outbox?state=given-up&provider=probe'))).toEqual([
      'call given-up Order 12',
    ]);
    const { feed } = await w.as('pavel').get(`/v1/deals/${deal}`);
    expect(feed).toContainEqual(expect.objectContaining({ kind: 'outbox', reason: 'ordered by phone' }));
  });
});

test('a letter that failed is sent again as the same letter; one that may have arrived only where that is confirmed', async () => {
  await played(async (w) => {
    const deal = await w.enter('quote', { contact: 'anna' }, { responsible: 'pavel' });
    const letter = (id: string, more: object) =>
      w.table.write({
        put: messageRow(
          OutgoingMessage.parse({
            id,
            channel: 'email',
            to: 'anna@plant-demo-1.example',
            deal,
            dealNumber: 'D-1',
            text: 'free-words',
            subject: 'Our offer',
            body: 'Here it is.',
            language: 'en',
            state: 'failed',
            attempts: 1,
            problem: 'the address is full',
            createdAt: '2026-01-30T06:00:00Z',
            changedAt: '2026-01-30T06:00:00Z',
            ...more,
          }),
        ),
      });
    await letter('full', {});
    await letter('unknown', { history: [{ n: 1, at: '2026-01-30T06:00:00Z', as: 'begun' }] });
    const admin = w.as('admin');
    const again = (id: string, more = {}) =>
      admin.ask('POST', `/v1/outbox/${id}/again`, { reason: 'asked for', ...more });

    expect(await admin.get('/v1/outbox/unknown')).toMatchObject({ mayHaveLeft: true });
    await again('full');
    expect(await refusal(again('unknown'))).toContain('evenSo: The message may have arrived');
    expect(w.mail.letters).toMatchObject([{ subject: 'Our offer' }]);
    await again('unknown', { evenSo: true });

    expect(w.mail.letters.length).toBe(2);
    expect(await admin.get('/v1/outbox/full')).toMatchObject({
      state: 'sent',
      attempts: 2,
      history: [{ n: 2, as: 'done' }],
      decided: { reason: 'asked for', by: { user: 'admin' } },
    });
    const { feed } = await w.as('pavel').get(`/v1/deals/${deal}`);
    expect(feed).toContainEqual(
      expect.objectContaining({ kind: 'message', by: { user: 'admin' }, reason: 'asked for' }),
    );
  });
});

test('people see what left and came in of the deals they see, without what their roles hide; others see nothing', async () => {
  await played(async (w) => {
    const deal = await w.enter('quote', {}, { responsible: 'pavel' });
    const id = await asking(w, deal, 'one');
    const { deal: of } = await readCard(w.table, deal);
    const said = { provider: 'probe', kind: 'answer', pack: 'industrial', deal: of, raw: 'secret words' };
    const { received } = await keepReceived(w.table, { ...said, externalId: 'o-1' }, w.clock.now());
    await w.clock.settle();

    const mine = await w.as('pavel').get(`/v1/outbox?deal=${deal}`);
    expect(titles(mine).sort()).toEqual(['call done Order 12', 'received refused o-1']);
    expect(titles(await w.as('pavel').get(`/v1/outbox?deal=${deal}&direction=in`))).toEqual([
      'received refused o-1',
    ]);
    for (const [who, what] of [
      ['pavel', id],
      ['pavel', received.id],
    ] as const) {
      const shown = JSON.stringify(await w.as(who).get(`/v1/outbox/${what}`));
      expect(shown).not.toMatch(/9161234567|secret words/);
    }
    expect(await w.as('admin').get(`/v1/outbox/${received.id}`)).toMatchObject({ raw: 'secret words' });
    expect(await refusal(w.as('pavel').get('/v1/outbox'))).toMatch(/^403/);
    const stranger = w.as('artem');
    for (const path of [`/v1/outbox?deal=${deal}`, `/v1/outbox/${id}`, '/v1/outbox/nothing'])
      expect(await refusal(stranger.get(path))).toMatch(/^404/);
  });
});

test('a page costs the same whatever the number of rows', async () => {
  await played(async (w) => {
    const deal = await w.enter('quote', {}, { responsible: 'pavel' });
    const { deal: of } = await readCard(w.table, deal);
    const many = async (from: number, to: number) => {
      for (let n = from; n < to; n += 1)
        await keepReceived(
          w.table,
          { provider: 'probe', kind: 'answer', pack: 'industrial', deal: of, externalId: `o-${n}`, raw: '' },
          new Date(w.clock.now().getTime() + n),
        );
      await w.clock.settle();
    };
    const cost = async (path: string): Promise<number> => {
      const before = w.table.calls.readUnits;
      const { items, cursor } = await w.as('admin').get(path);
      expect([items.length, typeof cursor]).toEqual([5, 'string']);
      return w.table.calls.readUnits - before;
    };
    const paths = ['/v1/outbox?state=refused&provider=probe&limit=5', `/v1/outbox?deal=${deal}&limit=5`];

    await many(0, 20);
    const few = [await cost(paths[0] ?? ''), await cost(paths[1] ?? '')];
    await many(20, 120);
    expect([await cost(paths[0] ?? ''), await cost(paths[1] ?? '')]).toEqual(few);
  });
});
