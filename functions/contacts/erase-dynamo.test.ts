import '../testing/quiet.ts';

import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { OutgoingMessage } from '../../schemas/message.ts';
import { messageRow } from '../shared/rows.ts';
import { type DynamoLocal, startDynamoLocal } from '../shared/table/dynamo-local-for-tests.ts';
import { createDynamoTable } from '../shared/table/table-dynamo.ts';
import { office } from '../testing/api.ts';

let server: DynamoLocal;
beforeAll(async () => {
  server = await startDynamoLocal();
  await server.createTable('erasure');
});
afterAll(() => server.stop());

test('in DynamoDB an erased person is in no row of the table and under no key of an index', async () => {
  const at = await office(createDynamoTable({ name: 'erasure', client: server.client }));
  const { body: vera } = await at.pavel.post('/v1/contacts', {
    name: 'Вера Лунина',
    email: 'vera@client.example',
    phone: '+79160000077',
    company: 'acme',
  });
  const { body: deal } = await at.pavel.post('/v1/deals', {
    pipeline: 'goods',
    title: 'Заказ Вера Лунина',
    responsible: 'pavel',
    fields: { contact: vera.id, trackNumber: 'TR-4711' },
  });
  await at.pavel.post(`/v1/deals/${deal.id}/comments`, { text: 'Вера Лунина, 8 916 000-00-77' });
  await at.pavel.post(`/v1/deals/${deal.id}/tasks`, { title: 'Позвонить: Вера Лунина' });
  await at.table.write({
    put: messageRow(
      OutgoingMessage.parse({
        id: 'letter',
        channel: 'email',
        to: 'vera@client.example',
        deal: deal.id,
        text: 'track-number',
        subject: 'TR-4711',
        body: 'TR-4711',
        language: 'ru',
        state: 'sent',
        attempts: 1,
        createdAt: '2026-10-01T09:00:00Z',
        changedAt: '2026-10-01T09:00:00Z',
      }),
    ),
  });

  const { status, body } = await at.admin.post(`/v1/contacts/${vera.id}/erase`, {
    reason: 'asked',
    force: true,
  });

  expect([status, body.left, body.contact.erased.state]).toEqual([200, 0, 'done']);
  const { Items = [] } = await server.client.send(new ScanCommand({ TableName: 'erasure' }));
  expect(Items.length).toBeGreaterThan(10);
  expect(Items.filter((row) => /лунина|vera@|916.{0,3}000|TR-4711/i.test(JSON.stringify(row)))).toEqual([]);
  expect(Items.filter((row) => JSON.stringify(row).includes('ERASURE'))).toEqual([]);
  expect((await at.pavel.get('/v1/contacts?company=acme')).body.items).toEqual([]);
});
