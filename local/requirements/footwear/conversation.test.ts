import { expect } from 'vitest';
import { send } from '../../../functions/testing/api.ts';
import { footwear } from '../../../statemachines/packs/footwear/index.ts';
import { refusal } from '../../world/staff.ts';
import { commenting, saying, test } from './company.ts';

test('a comment of a person without an order makes one, unclaimed and urgent, with the comment and its post in the history, and every manager is told; said twice at once it is one [FW-01.1, FW-50.1, FW-50.4, FW-50.5, FW-50.6, FW-00.2]', async ({
  w,
}) => {
  const { as, says, order, inbox, fact, stageOf } = w;

  await Promise.all([1, 2, 3].map(() => says('instagram', commenting('c-1'))));
  await says('instagram', commenting('c-1'));

  const deal = await order();
  const card = await as('elena').get(`/v1/deals/${deal}`);
  expect(card.deal).toMatchObject({ number: 'FW-1', title: 'Maria Popescu', stage: 'new-request' });
  expect(card.deal.responsible).toBeUndefined();
  expect(card.deal.fields).toMatchObject({ urgent: true, channel: 'instagram' });
  expect(card.conversation).toMatchObject([
    { direction: 'in', kind: 'comment', text: 'size 38?', post: { text: 'Boots, winter' }, deal },
  ]);
  expect(card.feed.filter(({ kind }: { kind: string }) => kind === 'conversation')).toMatchObject([
    { data: { kind: 'comment', text: 'size 38?', post: { id: 'post-1', text: 'Boots, winter' } } },
  ]);
  for (const manager of ['elena', 'radu'])
    expect(await inbox(manager)).toEqual(['2026-02-02 10:00 client-wrote-unclaimed']);
  expect(await stageOf(deal)).toBe('new-request');
  expect(await fact(deal, 'urgent')).toBe(true);
});

test('messages and comments of a client are one thread over all orders, shown with the earlier orders on the card of any of them [FW-00.1, FW-00.6, FW-00.7]', async ({
  w,
}) => {
  const { as, says, taken, boots, advanceTo } = w;
  const first = await taken();
  await as('elena').move(first, 'refused', { refusalReason: 'price' });
  const client = (await as('elena').get(`/v1/deals/${first}`)).deal.fields.client;
  const second = await as('elena').create({ client, items: [boots] }, { title: 'Maria again' });
  await as('elena').ask('POST', `/v1/deals/${second}/claim`);

  await advanceTo('2026-02-02 10:05');
  await says('instagram', saying('m-1', { text: 'and now?' }));

  const card = await as('elena').get(`/v1/deals/${second}`);
  expect(card.conversation.map(({ text, deal }: { text: string; deal: string }) => [text, deal])).toEqual([
    ['and now?', second],
    ['size 38?', first],
  ]);
  expect(card.previous).toMatchObject([{ number: 'FW-1', stage: 'refused', outcome: 'lost' }]);
  const { conversation } = await as('elena').get(`/v1/deals/${first}`);
  expect(conversation).toEqual(card.conversation);
  expect((await as('elena').get(`/v1/contacts/${client}/conversation`)).items).toEqual(card.conversation);
  expect(await refusal(as('petru').get(`/v1/contacts/${client}/conversation`))).toContain('403');
  expect((await as('elena').get(`/v1/deals/${second}/conversation?limit=1`)).items).toMatchObject([
    { text: 'and now?' },
  ]);
});

test('a message to an active order is added, makes it urgent and tells whoever has it alone [FW-00.2, FW-50.2]', async ({
  w,
}) => {
  const { as, says, taken, advanceTo, inbox } = w;
  const deal = await taken();
  await as('elena').change(deal, { urgent: false });

  await advanceTo('2026-02-02 11:00');
  await says('instagram', commenting('c-2', { text: 'in brown?' }));

  const card = await as('elena').get(`/v1/deals/${deal}`);
  expect(card.deal).toMatchObject({ stage: 'negotiation', fields: { urgent: true }, heard: 2 });
  expect(card.conversation).toHaveLength(2);
  expect(await inbox('elena')).toContain('2026-02-02 11:00 client-wrote');
  expect(await inbox('radu')).not.toContain('2026-02-02 11:00 client-wrote');
});

test('a manager answers by the network of the client, in own words or by a quick reply in the client’s language; the answer clears what was urgent [FW-00.4, FW-02.2, FW-51.1, FW-51.3]', async ({
  w,
}) => {
  const { as, says, taken, events, advanceTo } = w;
  const deal = await taken();
  const { items } = await as('elena').get('/v1/directories/quick-replies');

  await advanceTo('2026-02-02 10:05');
  const own = await as('elena').ask('POST', `/v1/deals/${deal}/messages`, { text: 'Da, este.' });
  await advanceTo('2026-02-02 10:06');
  const quick = await as('elena').ask('POST', `/v1/deals/${deal}/messages`, { quickReply: items[0].id });

  expect(items.map(({ id }: { id: string }) => id)).toEqual(['price-and-sizes', 'delivery', 'where-is-it']);
  expect(own).toMatchObject({
    channel: 'instagram',
    direction: 'out',
    state: 'queued',
    by: { user: 'elena' },
  });
  expect(quick.text).toMatch(/^Bună ziua! Scrieți-ne modelul/);
  expect((await as('elena').get(`/v1/deals/${deal}`)).deal.fields.urgent).toBe(false);
  expect(events.filter(({ type }) => type === 'message.queued').map(({ detail }) => detail)).toMatchObject([
    { data: { message: own.id, channel: 'instagram', client: own.client } },
    { data: { message: quick.id, channel: 'instagram' } },
  ]);

  await says('instagram', {
    type: 'message.sent',
    externalId: 'v-1',
    client: own.client,
    message: own.id,
    providerId: 'ig-9',
  });
  expect((await as('elena').get(`/v1/deals/${deal}`)).conversation).toMatchObject([
    { id: quick.id, state: 'queued' },
    { id: own.id, state: 'sent', externalId: 'ig-9', answers: expect.any(String) },
    { direction: 'in' },
  ]);
});

test('an answer the network refuses keeps its text with the reason, its writer is told, and the client still waits [FW-51.4, FW-80.1, FW-80.2]', async ({
  w,
}) => {
  const { as, says, taken, inbox, advanceTo } = w;
  const deal = await taken();
  await advanceTo('2026-02-02 10:05');
  const answer = await as('elena').ask('POST', `/v1/deals/${deal}/messages`, { text: 'Da, este.' });
  const about = { client: answer.client, message: answer.id };
  const refused = {
    type: 'message.refused' as const,
    externalId: 'v-2',
    ...about,
    problem: 'the reply window is over',
  };

  await says('instagram', refused);
  await says('instagram', refused);
  await says('instagram', { type: 'message.sent', externalId: 'v-3', ...about });

  const card = await as('elena').get(`/v1/deals/${deal}`);
  expect(card.conversation[0]).toMatchObject({
    text: 'Da, este.',
    state: 'refused',
    problem: 'the reply window is over',
  });
  expect(card.deal.fields.urgent).toBe(true);
  expect((await inbox('elena')).filter((line) => line.endsWith('answer-refused'))).toHaveLength(1);
});

test('who does not have the order does not answer its client, and who makes the shoes reads nothing of what was written [FW-00.10]', async ({
  w,
}) => {
  const { as, taken } = w;
  const deal = await taken();
  const said = { text: 'Bună ziua' };

  expect(await refusal(as('radu').ask('POST', `/v1/deals/${deal}/messages`, said))).toContain('404');
  const fresh = await as('doina').create({}, { title: 'by phone' });
  expect(await refusal(as('radu').ask('POST', `/v1/deals/${fresh}/messages`, said))).toContain(
    'take the deal first',
  );
  await as('radu').ask('POST', `/v1/deals/${fresh}/claim`);
  expect(await refusal(as('radu').ask('POST', `/v1/deals/${fresh}/messages`, said))).toContain(
    'cannot be answered',
  );
  expect(
    await refusal(as('elena').ask('POST', `/v1/deals/${deal}/messages`, { quickReply: 'none' })),
  ).toContain('There is no such quick reply: none');
  // Nothing of an account of the company, no token and no link to sign in by, is in anything a manager may read.
  const open = ['/v1/me', '/v1/directories/quick-replies', `/v1/deals/${deal}`, '/v1/pipelines', '/v1/help'];
  for (const path of open)
    expect(JSON.stringify(await as('elena').get(path))).not.toMatch(/token|secret|password|log.?in/i);
});

test('a client whose orders are over brings the last one back to negotiation, urgent, with the manager it had [FW-11.1, FW-50.3]', async ({
  w,
}) => {
  const { as, says, taken, advanceTo, inbox } = w;
  const earlier = await taken();
  const { client } = (await as('elena').get(`/v1/deals/${earlier}`)).deal.fields;
  await as('elena').move(earlier, 'refused', { refusalReason: 'price' });
  await advanceTo('2026-02-02 10:30');
  const last = await as('radu').create({ client }, { title: 'Maria again' });
  await as('radu').ask('POST', `/v1/deals/${last}/claim`);
  await as('radu').move(last, 'refused', { refusalReason: 'silent' });

  await advanceTo('2026-02-23 09:00');
  await Promise.all([1, 2].map(() => says('facebook', saying('m-9', { channel: 'facebook' }))));
  await Promise.all([1, 2].map(() => says('instagram', saying('m-8', { text: 'once more' }))));

  const { items } = await as('doina').get('/v1/deals?pipeline=footwear-order');
  expect(
    items.map(({ stage, responsible, fields }: Record<string, Record<string, unknown>>) => [
      stage,
      responsible,
      fields?.urgent,
    ]),
  ).toEqual([
    ['new-request', undefined, true], // by the other network nobody knows who that is
    ['negotiation', 'radu', true],
    ['refused', 'elena', true],
  ]);
  expect(await inbox('radu')).toContain('2026-02-23 09:00 client-wrote');
  expect(items[1].id).toBe(last);
});

test('an erased person is in no message, and writes as a new one [FW-00.1]', async ({ w }) => {
  const { as, says, taken, table } = w;
  const deal = await taken();
  const { client } = (await as('elena').get(`/v1/deals/${deal}`)).deal.fields;
  await as('elena').move(deal, 'refused', { refusalReason: 'silent' });
  const exported = await as('footwear-admin').get(`/v1/contacts/${client}/export`);
  expect(exported.conversation).toMatchObject([{ text: 'size 38?' }]);

  await as('footwear-admin').ask('POST', `/v1/contacts/${client}/erase`, { reason: 'asked' });

  const rows = [];
  for await (const row of table.all({ pk: `D#${deal}` })) rows.push(row);
  for await (const row of table.all({ pk: `TALK#${client}` })) rows.push(row);
  expect(JSON.stringify(rows)).not.toMatch(/Maria|size 38|Boots, winter/);
  await says('instagram', saying('m-7'));
  expect((await as('doina').get('/v1/deals?pipeline=footwear-order')).items).toHaveLength(2);
});

test('people are told and refused in Romanian, and read their stages so; the administrator chooses what the card shows and what a stage asks for [FW-00.11]', async ({
  w,
}) => {
  const { as, taken, told } = w;
  const deal = await taken();

  await as('footwear-admin').ask('PUT', '/v1/pipelines/footwear-order/card', {
    fields: ['items', 'orderTotal', 'productPhoto'],
    required: { refused: ['shipTo'] },
  });

  expect((await told('elena'))[0]?.subject).toBe('FW-1: o cerere așteaptă');
  const [order] = (await as('elena').get('/v1/pipelines')).items;
  expect(order).toMatchObject({ id: 'footwear-order', card: ['items', 'orderTotal', 'productPhoto'] });
  const refused = await send('elena', 'POST', `/v1/deals/${deal}/move`, {
    body: { to: 'refused', fields: { refusalReason: 'price' } },
  });
  expect(refused.body.refusals.map(({ message }: { message: { ro: string } }) => message.ro)).toEqual([
    'Completați câmpul „Adresa”',
  ]);
  expect(
    await refusal(as('elena').ask('PUT', '/v1/pipelines/footwear-order/card', { fields: ['items'] })),
  ).toContain('403');
  expect(footwear.pipelines[0]?.stages['new-request']?.title.ro).toBe('Cerere nouă');
});
