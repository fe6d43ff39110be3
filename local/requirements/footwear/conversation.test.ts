import { expect } from 'vitest';
import { commenting, test } from './company.ts';

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
