import { afterEach, beforeEach, expect, test } from 'vitest';
import { refusal } from '../../local/world/staff.ts';
import { type World, world } from '../../local/world.ts';
import type { DealId } from '../../schemas/ids.ts';
import { callOnce } from '../calls/queue.ts';
import { keepReceived } from '../calls/received.ts';
import type { Item } from '../shared/table/port.ts';
import { changeOf } from '../shared/table/records.ts';

let w: World;
let deal: string;
let rows: Map<string, Item>;
beforeEach(async () => {
  w = await world({ at: '2026-02-02 09:00' });
  rows = new Map();
  w.table.changes((records) => {
    for (const { key, after } of records.map(changeOf)) {
      const name = `${key.pk} ${key.sk}`;
      if (after === undefined) rows.delete(name);
      else rows.set(name, after);
    }
  });
  await w.as('admin').ask('PATCH', '/v1/contacts/anna', { phone: '+79161234567', extra: { vip: true } });
  deal = await w.enter(
    'shipment',
    { contact: 'anna', company: 'plant', dealTotal: 100 },
    { title: 'Ремни для Анна Сомова', paid: 1 },
  );
  await w.as('pavel').complete(deal, 'arrange-shipment', { trackNumber: 'RA-77' });
  await w.as('pavel').ask('POST', `/v1/deals/${deal}/comments`, { text: 'Анна Сомова: 8 916 123-45-67' });
  await w.as('pavel').ask('POST', '/v1/reminders', {
    what: 'Анна Сомова: перезвонить',
    at: '2026-04-01T09:00:00Z',
    deal,
  });
});
afterEach(() => w.stop());

const lose = (lost = deal) =>
  w.as('semyon').ask('POST', `/v1/deals/${lost}/move`, {
    to: 'lost',
    fields: { lossReason: 'price', lossComment: 'муж Анны против' },
    override: true,
    reason: 'Анна Сомова так решила',
  });
const erase = (body: object = { reason: 'asked' }, by = 'admin') =>
  w.as(by).ask('POST', '/v1/contacts/anna/erase', body);

/** Every row of the table that still says something of her, as `row: text`. */
const traces = (): string[] =>
  [...rows.values()].flatMap((row) => {
    const said = /сомова|anna@plant|916.{0,3}123|RA-77|муж Анны/i.exec(JSON.stringify(row));
    return said === null ? [] : [`${row.row}: ${said[0]}`];
  });

test('an erased person is in no row of the table: not in deals, tasks, letters, notices, remarks or history', async () => {
  await lose();
  expect(new Set(traces().map((trace) => trace.split(':')[0]))).toEqual(
    new Set(['contact', 'lookup', 'deal', 'task', 'message', 'comment', 'reminder', 'feed', 'find']),
  );

  const { contact, left } = await erase();

  expect(left).toBe(0);
  expect(contact).toMatchObject({
    name: '[erased]',
    erased: { by: 'admin', reason: 'asked', state: 'done' },
  });
  expect(traces()).toEqual([]);
});

test('the deal, its money and its history stay, and tell that there was an erasure, by whom, and of which fields', async () => {
  await lose();
  const before = await w.card(deal);
  const kinds = async () =>
    (await w.as('admin').get(`/v1/deals/${deal}/feed?limit=200`)).items.map(
      ({ kind, at, by }: { kind: string; at: string; by: object }) => ({ kind, at, by }),
    );
  const told = await kinds();
  await w.clock.advance(60_000);

  await erase();

  const after = await w.card(deal);
  expect(after.ledger).toEqual(before.ledger);
  expect(after.deal).toMatchObject({
    number: before.deal.number,
    stage: 'lost',
    totals: before.deal.totals,
    title: 'Ремни для [erased]',
    fields: { contact: 'anna', company: 'plant', dealTotal: 100, lossReason: 'price' },
  });
  expect(after.deal.fields).not.toHaveProperty('trackNumber');
  const [last, ...rest] = (await kinds()).filter(({ kind }: { kind: string }) => kind !== 'message');
  expect(last).toMatchObject({ kind: 'erased', by: { user: 'admin' } });
  expect(rest).toEqual(told.filter(({ kind }: { kind: string }) => kind !== 'message'));
  const { items } = await w.as('admin').get(`/v1/deals/${deal}/feed?limit=200`);
  expect(items.find(({ kind }: { kind: string }) => kind === 'erased').data).toEqual({
    fields: ['lossComment', 'trackNumber'],
  });
});

test('nobody finds the person any more, by name, address or phone', async () => {
  await lose();
  await erase();
  const found = async (query: string) =>
    (await w.as('pavel').get(`/v1/contacts?${query}`)).items.map(({ id }: { id: string }) => id);

  expect(await found('')).not.toContain('anna');
  expect(await found('email=anna@plant-demo-1.example')).toEqual([]);
  expect(await found('phone=%2B79161234567')).toEqual([]);
  expect(await found('company=plant')).not.toContain('anna');
  expect(JSON.stringify(await w.as('galina').get('/v1/boards/goods'))).not.toContain('Сомова');
});

test('an open deal stands in the way, unless the erasure is forced', async () => {
  expect(await refusal(erase())).toMatch(/^422 force: Deals of this person are open: D-1/);
  expect((await w.as('admin').get('/v1/contacts/anna')).name).toBe('Анна Сомова');

  expect((await erase({ reason: 'asked', force: true })).left).toBe(0);
  expect(traces()).toEqual([]);
});

test('a letter that has not left does not leave any more', async () => {
  const { messageRow, messageOf } = await import('../shared/rows.ts');
  const [row] = (await w.table.query({ index: 'g2', pk: `LETTERS#${deal}` })).items;
  if (row === undefined) throw new Error('the deal has sent no letter');
  await w.table.write({ put: messageRow({ ...messageOf(row), state: 'retrying', attempts: 2 }) });

  await erase({ reason: 'asked', force: true });

  const after = messageOf((await w.table.get(row)) ?? row);
  expect(after).toMatchObject({ state: 'failed', to: '[erased]', subject: '', body: '' });
});

test('an erasure that was cut short goes on where it was when it is asked for again', async () => {
  await lose();
  const other = await w.enter('unprocessed', { contact: 'anna' });
  await lose(other);
  let broken = true;
  w.between.beforeWrite = (write) => {
    if (broken && 'put' in write && write.put.row === 'message') throw new Error('killed');
  };
  expect(await refusal(erase())).toContain('500');
  expect((await w.as('admin').get('/v1/contacts/anna')).erased.state).toBe('under-way');
  expect(traces()).not.toEqual([]);
  broken = false;

  const answer = await erase();

  expect(answer).toMatchObject({ left: 0, contact: { erased: { state: 'done' } } });
  expect(traces()).toEqual([]);
  expect((await w.card(other)).deal.erased?.fields).toEqual(['lossComment']);
});

test('asked for again, nothing more is erased, and the audit has one line', async () => {
  await lose();
  const first = await erase();
  const second = await erase({ reason: 'mistake' });

  expect(second).toEqual(first);
  const { items } = await w.table.query({ pk: 'AUDIT' });
  expect(items.filter(({ what, id }) => what === 'contact' && id === 'anna')).toMatchObject([
    { by: { user: 'admin' }, after: { erased: 'asked', forced: false, deals: 1 } },
  ]);
});

test('an erased contact is not filled again', async () => {
  await lose();
  await erase();

  expect(await refusal(w.as('pavel').ask('PATCH', '/v1/contacts/anna', { name: 'Анна' }))).toContain(
    '422 id: The data of this person was erased',
  );
});

test('a personal file goes from the bucket with its row', async () => {
  const made = await w.as('pavel').ask('POST', `/v1/deals/${deal}/documents`, { template: 'goods-quote' });
  await lose();
  expect((await w.as('admin').get(`/v1/deals/${deal}/files/${made.file.id}`)).get).toContain('attachment');

  await erase();

  expect((await w.card(deal)).files).toEqual([]);
  expect((await w.card(deal)).deal.fields).not.toHaveProperty('quoteFile');
  expect(
    (await fetch(`${process.env.AWS_ENDPOINT_URL_S3}/world/files/${deal}/${made.file.id}/`)).status,
  ).toBe(404);
});

test('an export is all that is held of a person, and nothing of another', async () => {
  await w.enter('shipment', { contact: 'boris', trackNumber: 'RB-88' });

  const { contact, deals } = await w.as('admin').get('/v1/contacts/anna/export');

  expect(contact).toMatchObject({ id: 'anna', name: 'Анна Сомова', phone: '+79161234567' });
  expect(deals).toMatchObject([
    {
      id: deal,
      title: 'Ремни для Анна Сомова',
      fields: { trackNumber: 'RA-77' },
      messages: [{ to: 'anna@plant-demo-1.example', body: expect.stringContaining('RA-77') }],
      comments: [{ text: 'Анна Сомова: 8 916 123-45-67' }],
      reminders: [{ what: 'Анна Сомова: перезвонить' }],
    },
  ]);
});

test('an export has what other systems were asked and said of the person, in full only where it names them', async () => {
  const of = { id: deal as DealId, number: 'G-1', pipeline: 'goods' };
  const now = w.clock.now();
  const asked = { provider: 'carrier', kind: 'order', pack: 'industrial', about: 'Order 1', deal: of };
  await callOnce(w.table, { ...asked, occasion: '1', input: { to: '+7 916 123 45 67' } }, now);
  await callOnce(w.table, { ...asked, occasion: '2', input: { order: 12 } }, now);
  const said = { provider: 'carrier', kind: 'status', deal: of };
  await keepReceived(w.table, { ...said, externalId: 'a', raw: 'given to Анна Сомова' }, now);
  await keepReceived(w.table, { ...said, externalId: 'b', raw: 'given to Борис' }, now);

  const { deals } = await w.as('admin').get('/v1/contacts/anna/export');

  const [{ calls, received }] = deals;
  expect(calls).toHaveLength(2);
  expect(calls).toContainEqual(
    expect.objectContaining({ provider: 'carrier', kind: 'order', input: { to: '+7 916 123 45 67' } }),
  );
  expect(calls.filter((call: object) => 'input' in call)).toHaveLength(1);
  expect(received).toHaveLength(2);
  expect(JSON.stringify(received)).toMatch(/given to Анна Сомова/);
  expect(JSON.stringify(received)).not.toMatch(/Борис/);
});

test('only who may delete contacts exports or erases one', async () => {
  for (const person of ['pavel', 'semyon', 'galina', 'rita', 'nina']) {
    expect(await refusal(erase({ reason: 'asked' }, person))).toMatch(/^403/);
    expect(await refusal(w.as(person).get('/v1/contacts/anna/export'))).toMatch(/^403/);
  }
});
