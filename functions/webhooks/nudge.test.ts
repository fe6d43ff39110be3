import '../testing/quiet.ts';

import { expect, test } from 'vitest';
import { DomainEvent } from '../../schemas/event.ts';
import { Webhook } from '../../schemas/webhook.ts';
import { queueCall } from '../calls/queue.ts';
import { callKey, callOf, callRow } from '../calls/rows.ts';
import { number } from '../events/number.ts';
import { createMemoryTable } from '../shared/table/table-memory.ts';
import { nudge } from './nudge.ts';
import { callOfWebhook, kind, provider, webhookRow } from './rows.ts';

const now = new Date('2026-02-18T09:30:00Z');
const at = now.toISOString();
const moved = DomainEvent.parse({
  id: 'e1',
  type: 'deal.moved',
  at,
  pipeline: 'goods',
  deal: 'd1',
  by: { system: 'test' },
  data: {},
});

test.for([
  ['is at rest', {}, 'done', 'queued'],
  ['waits for a receiver that fails', {}, 'retrying', 'retrying'],
  ['is switched off', { state: 'off', end: 'person' }, 'done', 'done'],
  ['hears of other types', { types: ['task.opened'] }, 'done', 'done'],
] as const)(
  'an event finds a webhook that %s, also where it was numbered before',
  async ([, more, before, after]) => {
    const table = createMemoryTable({ now: () => now });
    const webhook = Webhook.parse({
      id: 'w1',
      pack: 'industrial',
      url: 'https://erp.example.com/hook',
      types: ['deal.moved'],
      state: 'on',
      cursor: 0,
      key: 1,
      createdBy: 'admin',
      createdAt: at,
      changedAt: at,
      version: 1,
      ...more,
    });
    const { call } = queueCall(
      { provider, kind, occasion: 'w1', pack: 'industrial', about: 'Events', input: { webhook: 'w1' } },
      now,
    );
    await table.batch([{ put: webhookRow(webhook) }, { put: callRow({ ...call, state: before }) }]);

    // Whoever numbered it died before the webhook heard of it; the batch comes again.
    await number([moved], { table, now });
    expect(await number([moved], { table, now })).toEqual([]);
    await nudge([moved], { table, now });
    await nudge([moved], { table, now });

    const row = await table.get(callKey(callOfWebhook('w1')));
    expect(row === undefined ? undefined : callOf(row).state).toBe(after);
  },
);
