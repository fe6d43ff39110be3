import { expect, test } from 'vitest';
import type { Outcome } from '../../../functions/calls/carry.ts';
import { callOnce, queueCall } from '../../../functions/calls/queue.ts';
import { keepReceived } from '../../../functions/calls/received.ts';
import { callKey, callOf, receivedKey, receivedOf } from '../../../functions/calls/rows.ts';
import type { Taken } from '../../../functions/calls/take.ts';
import { worker } from '../../../functions/calls/worker.ts';
import { act } from '../../../functions/deals/act.ts';
import { readCard } from '../../../functions/deals/card.ts';
import { done } from '../../../functions/deals/context.ts';
import { type World, world } from '../../world.ts';

/** A world with a provider that answers as it is told. */
const played = async (
  play: (
    w: World,
    probe: { asked: string[]; answers: (Outcome | Error)[]; takes: (Taken | Error)[] },
  ) => Promise<void>,
) => {
  const probe = { asked: [] as string[], answers: [] as (Outcome | Error)[], takes: [] as (Taken | Error)[] };
  const next = <T>(answers: (T | Error)[], otherwise: T): T => {
    const answer = answers.shift() ?? otherwise;
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const handler = worker({
    calls: {
      ask: async ({ attempts }, { now }) => {
        probe.asked.push(`${now.toISOString().slice(11, 16)} ask ${attempts}`);
        return next<Outcome>(probe.answers, { as: 'done', answer: 'taken' });
      },
    },
    takes: {
      answer: async ({ raw }, { now }) => {
        probe.asked.push(`${now.toISOString().slice(11, 16)} take ${raw}`);
        return next<Taken>(probe.takes, { as: 'taken' });
      },
    },
  });
  const w = await world({ at: '2026-02-02 09:00', workers: { probe: { providers: ['probe'], handler } } });
  try {
    await play(w, probe);
  } finally {
    await w.stop();
  }
};

const asked = { provider: 'probe', kind: 'ask', pack: 'industrial', about: 'Order 12', input: {} };

test('a call goes with the write of its deal, is made when that is written, and asked after until it is done', async () => {
  await played(async (w, probe) => {
    const deal = await w.enter('quote');
    probe.answers.push(
      { as: 'waiting', afterSeconds: 1800, answer: 'accepted' },
      { as: 'later', problem: 'HTTP 500' },
    );
    const { call } = queueCall({ ...asked, occasion: deal }, w.clock.now());
    const by = { system: 'test' };
    const key = 'ask';
    const order = () =>
      act(deal, (card) => done({ ...card, deal: { ...card.deal, title: 'Ordered' } }), {
        by,
        key,
        along: ({ deal: of }) => [queueCall({ ...asked, occasion: of.id, deal: of }, w.clock.now()).write],
      });

    await order();
    await order(); // a repeated request
    await w.clock.settle();
    expect(probe.asked).toEqual(['06:00 ask 1']);

    await w.clock.advanceTo(new Date('2026-02-02T08:00:00Z'));
    expect(probe.asked).toEqual(['06:00 ask 1', '06:30 ask 2', expect.stringMatching(/^06:31 ask 3$/)]);
    expect(callOf((await w.table.get(callKey(call.id))) ?? { pk: '', sk: '' })).toMatchObject({
      state: 'done',
      deal,
      dealNumber: 'D-1',
      attempts: 3,
      history: [
        { as: 'waiting', said: 'accepted' },
        { as: 'later', said: 'HTTP 500' },
        { as: 'done', said: 'taken' },
      ],
    });
  });
});

test('a call that is refused is a task for the responsible of its deal, once; one of no deal is told to administrators', async () => {
  await played(async (w, probe) => {
    const deal = await w.enter('quote');
    const { deal: of } = await readCard(w.table, deal);
    probe.answers.push(
      { as: 'refused', problem: 'no such point' },
      { as: 'refused', problem: 'wrong password' },
    );

    const { id } = await callOnce(w.table, { ...asked, occasion: 'refused', deal: of }, w.clock.now());
    await w.clock.settle();
    await worker({ calls: {} })({ call: id, attempt: 1 }); // its event comes once more

    const raised = (await readCard(w.table, deal)).tasks.filter(({ id }) => id.startsWith(`${deal}.x.`));
    expect(raised).toMatchObject([
      {
        assignee: of.responsible,
        status: 'open',
        keep: true,
        about: expect.stringContaining('no such point'),
      },
    ]);

    await callOnce(w.table, { ...asked, occasion: 'of no deal' }, w.clock.now());
    await w.clock.settle();
    expect(await w.told('admin')).toMatchObject([
      { text: 'news', body: expect.stringContaining('wrong password') },
    ]);
  });
});

test('what comes in is stored once, acted upon, tried again where that fails, and given up after a day', async () => {
  await played(async (w, probe) => {
    const deal = await w.enter('quote');
    const { deal: of } = await readCard(w.table, deal);
    const said = { provider: 'probe', kind: 'answer', pack: 'industrial', raw: 'paid' };
    const stored = async (id: string) =>
      receivedOf((await w.table.get(receivedKey(id))) ?? { pk: '', sk: '' });
    probe.takes.push(new TypeError('busy'), { as: 'taken', deal: of });

    const first = await keepReceived(w.table, { ...said, externalId: '1' }, w.clock.now());
    const again = await keepReceived(w.table, { ...said, externalId: '1' }, w.clock.now());
    expect([first.isNew, again.isNew]).toEqual([true, false]);
    await w.clock.settle();
    expect(await stored(first.received.id)).toMatchObject({ state: 'received', attempts: 1 });
    await w.clock.advanceTo(new Date('2026-02-02T06:05:00Z'));
    expect(probe.asked).toEqual(['06:00 take paid', '06:01 take paid']);
    expect(await stored(first.received.id)).toMatchObject({ state: 'taken', deal, dealNumber: 'D-1' });

    probe.takes.push(...Array.from({ length: 60 }, () => new TypeError('broken')));
    const broken = await keepReceived(w.table, { ...said, externalId: '2' }, w.clock.now());
    await w.clock.advanceTo(new Date('2026-02-04T06:00:00Z'));
    expect(await stored(broken.received.id)).toMatchObject({
      state: 'refused',
      problem: 'an unforeseen error: TypeError; the log has it',
    });
    expect(await w.told('admin')).toMatchObject([{ subject: expect.stringContaining('probe') }]);
  });
});
