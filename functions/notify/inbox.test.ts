import { beforeEach, expect, test } from 'vitest';
import { Notification, OutgoingMessage } from '../../schemas/message.ts';
import { messageRow, notificationRow } from '../shared/rows.ts';
import { createMemoryTable } from '../shared/table/table-memory.ts';
import { office } from '../testing/api.ts';

let at: Awaited<ReturnType<typeof office>>;
beforeEach(async () => {
  at = await office(createMemoryTable({ now: () => new Date('2026-10-01T09:00:00Z') }));
});

const told = (id: string, user: string, minute: string) =>
  at.table.write({
    put: notificationRow(
      Notification.parse({
        id,
        user,
        at: `2026-10-01T08:${minute}:00Z`,
        text: 'quote-late',
        subject: id,
        body: id,
      }),
    ),
  });

test('an inbox is one’s own, newest first, page by page', async () => {
  await told('one', 'pavel', '01');
  await told('two', 'pavel', '02');
  await told('three', 'pavel', '03');
  await told('hers', 'nina', '04');

  const { body: first } = await at.pavel.get('/v1/inbox?limit=2');
  const { body: second } = await at.pavel.get(`/v1/inbox?limit=2&cursor=${first.cursor}`);

  const ids = ({ items }: { items: { id: string }[] }) => items.map(({ id }) => id);
  expect([ids(first), ids(second)]).toEqual([['three', 'two'], ['one']]);
});

test('the first reading counts, and nobody reads for another', async () => {
  await told('one', 'pavel', '01');

  const read = await at.pavel.post('/v1/inbox/one/read');
  at.later(60_000);
  const again = await at.pavel.post('/v1/inbox/one/read');

  expect(read.body.readAt).toBe('2026-10-01T09:00:00.000Z');
  expect(again.body).toEqual(read.body);
  expect((await at.nina.post('/v1/inbox/one/read')).status).toBe(404);
});

test('letters of a deal are listed, without their words where these tell hidden figures', async () => {
  const { body: deal } = await at.pavel.post('/v1/deals', { pipeline: 'goods', title: 'x' });
  const letter = (id: string, text: string) =>
    at.table.write({
      put: messageRow(
        OutgoingMessage.parse({
          id,
          channel: 'email',
          to: 'olga@acme.example',
          deal: deal.id,
          dealNumber: deal.number,
          text,
          subject: 'Тема',
          body: 'Долг 7 ₽',
          language: 'ru',
          state: 'sent',
          attempts: 1,
          createdAt: '2026-10-01T09:00:00Z',
          changedAt: '2026-10-01T09:00:00Z',
        }),
      ),
    });
  await letter('open', 'goods-ready');
  await letter('money', 'payment-missing');

  const words = async (who: 'pavel' | 'nina') =>
    (await at[who].get(`/v1/deals/${deal.id}/messages`)).body.items.map(({ body }: { body: string }) => body);

  expect(await words('pavel')).toEqual(['Долг 7 ₽', 'Долг 7 ₽']);
  expect(await words('nina')).toEqual(['Долг 7 ₽', '']);
});
