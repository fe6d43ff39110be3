import { expect, test } from 'vitest';
import { queueCall } from '../../../functions/calls/queue.ts';
import { callKey, callRow } from '../../../functions/calls/rows.ts';
import { readCard } from '../../../functions/deals/card.ts';
import { coffee } from '../../../statemachines/packs/coffee/index.ts';
import { industrial } from '../../../statemachines/packs/industrial/index.ts';
import { refusal } from '../../world/staff.ts';
import { world } from '../../world.ts';

type Told = { n: number; id: string; type: string; deal: string; data: Record<string, unknown> };

test('other systems read each event once, whatever the stream does, by type, and of their own pipelines alone', async () => {
  const w = await world({ at: '2026-02-02 09:00', packs: [industrial, coffee] });
  // Every batch comes twice, and once more behind the next one.
  let late: Parameters<typeof w.between.deliver>[0] = [];
  w.between.deliver = (batch) => {
    const given = [batch, batch, ...(late.length === 0 ? [] : [late])];
    late = batch;
    return given;
  };
  const deal = await w.as('pavel').create();
  await w.as('pavel').change(deal, { trackNumber: '12345', lossComment: 'secret words' });
  const lead = await w
    .enter('new', {}, { pipeline: 'coffee-leads', responsible: undefined })
    .catch(() => undefined);
  const admin = w.as('admin');

  const told: Told[] = [];
  for (let page = { next: 0, more: true }; page.more; ) {
    const { items, ...rest } = await admin.get(`/v1/events?after=${page.next}&limit=2`);
    told.push(...items);
    page = rest;
  }
  expect(told.map(({ type }) => type).filter((type) => type.startsWith('deal.'))).toEqual([
    'deal.created',
    'deal.changed',
  ]);
  expect(told.every((one) => one.deal === deal && one.deal !== lead)).toBe(true);
  expect(new Set(told.map(({ id }) => id)).size).toBe(told.length);
  expect(told.map(({ n }) => n)).toEqual([...told.map(({ n }) => n)].sort((one, other) => one - other));
  expect(told.find(({ type }) => type === 'deal.changed')?.data).toMatchObject({
    fields: ['lossComment', 'trackNumber'],
  });
  expect(JSON.stringify(told)).not.toContain('secret words');
  const { items: opened } = await admin.get('/v1/events?type=task.opened,task.closed');
  expect(opened.map(({ type }: Told) => type)).toEqual(opened.map(() => 'task.opened'));

  expect(await refusal(admin.get('/v1/events?after=9999'))).toContain('send a number that was given as next');
  expect(await refusal(admin.get('/v1/events?type=deal.eaten'))).toMatch(/^400 query.type/);
  expect(await refusal(w.as('pavel').get('/v1/events'))).toMatch(/^403/);
  await w.stop();
});

test('a reader who comes after 90 days is told that events are gone, and where to begin again', async () => {
  const w = await world({ at: '2026-02-02 09:00' });
  await w.as('pavel').create();
  const admin = w.as('admin');
  const { next } = await admin.get('/v1/events?after=0');

  await w.advanceTo('2026-05-01 09:00');
  expect((await admin.get('/v1/events?after=0')).items.length).toBeGreaterThan(0);
  await w.advanceTo('2026-05-10 09:00');
  const deal = await w.as('pavel').create();

  expect(await refusal(admin.get('/v1/events?after=0'))).toMatch(
    /^410 after: events up to \d+ are no longer kept/,
  );
  const oldest = Number(/after=(\d+)/.exec(await refusal(admin.get('/v1/events?after=0')))?.[1]);
  expect(oldest).toBeGreaterThanOrEqual(next);
  const { items } = await admin.get(`/v1/events?after=${oldest}&type=deal.created`);
  expect(items).toMatchObject([{ deal }]);
  const { items: all } = await admin.get('/v1/events?type=deal.created');
  expect(all).toMatchObject([{ deal }]); // without a number: the oldest that is kept
  await w.stop();
});

test('a row that cannot be read any more is shown to be there and keeps the others from nobody', async () => {
  const w = await world({ at: '2026-02-02 09:00' });
  const deal = await w.enter('quote', {}, { responsible: 'pavel' });
  const { deal: of } = await readCard(w.table, deal);
  const asked = {
    provider: 'probe',
    kind: 'ask',
    pack: 'industrial',
    deal: of,
    about: 'Order 12',
    input: {},
  };
  await w.clock.settle();
  w.between.deliver = () => []; // where it goes to the dead letters
  for (const occasion of ['good', 'bad']) {
    const { call } = queueCall({ ...asked, occasion }, w.clock.now());
    await w.table.write({ put: callRow({ ...call, state: 'failed' }) });
    if (occasion === 'bad') await w.table.write({ update: callKey(call.id), set: { history: 'broken' } });
  }

  const { items } = await w.as('admin').get('/v1/outbox');
  expect(
    items.map(({ problem = 'none', may }: { problem?: string; may: string[] }) => [problem, may]).sort(),
  ).toEqual([
    ['none', ['again', 'give-up']],
    ['what is stored of it is broken and cannot be read; an operator mends the row', []],
  ]);
  await w.stop();
});
