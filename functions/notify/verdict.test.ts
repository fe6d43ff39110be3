import { expect, test } from 'vitest';
import type { OutgoingMessage } from '../../schemas/message.ts';
import { OutgoingMessage as Message } from '../../schemas/message.ts';
import { packs } from '../../statemachines/packs/index.ts';
import { companyOf } from '../access/company.ts';
import { aDeal } from '../reports/testing/history.ts';
import { configKey } from '../shared/keys.ts';
import { dealRow, messageOf, messageRow, notificationOf } from '../shared/rows.ts';
import { createMemoryTable } from '../shared/table/table-memory.ts';
import { deliver } from './deliver.ts';
import type { Sent } from './mail-ses.ts';
import { takeVerdict, type Verdict } from './verdict.ts';

const queuedAt = '2026-02-18T09:30:00.000Z';
const later = new Date('2026-02-18T09:31:00Z');

const outbox = async (some: Partial<Record<keyof OutgoingMessage, unknown>> = {}) => {
  const table = createMemoryTable({ now: () => later });
  const company = companyOf(
    packs,
    packs.flatMap(({ people }) => people.map((user) => ({ ...configKey('user', user.id), ...user }))),
  );
  const message = Message.parse({
    id: 'm1',
    channel: 'sms',
    to: '+79160000001',
    deal: 'd1',
    text: 'track-number',
    subject: 'Принято',
    body: 'Ваша заявка принята в работу. Номер 123',
    turns: {
      left: [{ channel: 'email', to: 'anna@client.example' }],
      failed: { to: [{ who: 'field', field: 'responsible' }], text: 'letter-failed' },
    },
    language: 'ru',
    state: 'queued',
    attempts: 0,
    createdAt: queuedAt,
    changedAt: queuedAt,
    ...some,
  });
  await table.batch([{ put: messageRow(message) }, { put: dealRow(aDeal({ responsible: 'pavel' })) }]);
  const messages = async () =>
    (await table.query({ index: 'g2', pk: 'LETTERS#d1' })).items
      .map(messageOf)
      .sort((one) => (one.id === 'm1' ? -1 : 1));
  const wakes: { at: string; attempt: number }[] = [];
  return {
    says: (verdict: Verdict, id = 'm1') => takeVerdict(id, verdict, { table, company, now: later }),
    deliver: (attempt: number, id = 'm1', answer: Sent = { as: 'refused', problem: 'no such box' }) =>
      deliver(id, attempt, {
        table,
        company,
        now: later,
        envelope: async () => ({ from: 'crm@example.test', headers: [] }),
        send: async () => answer,
        wake: async (at, { attempt: next }) => void wakes.push({ at: at.toISOString(), attempt: next }),
      }),
    wakes,
    messages,
    states: async () => (await messages()).map(({ channel, state }) => `${channel} ${state}`),
    told: async () => (await table.query({ pk: 'INBOX#pavel' })).items.map((row) => notificationOf(row).text),
  };
};

test('a message that its adapter refused goes the next way, once, and people are told only when the last has failed', async () => {
  const at = await outbox();

  await at.says({ as: 'refused', problem: 'the number is not in service' });
  await at.says({ as: 'refused', problem: 'the number is not in service' });
  const [sms, letter] = await at.messages();

  expect(sms).toMatchObject({ state: 'failed', problem: 'the number is not in service' });
  expect(letter).toMatchObject({ to: 'anna@client.example', body: sms?.body, state: 'queued', attempts: 0 });
  expect(await at.told()).toEqual([]);

  await at.deliver(1, letter?.id);
  await at.deliver(1, letter?.id);

  expect(await at.states()).toEqual(['sms failed', 'email failed']);
  expect(await at.told()).toEqual(['letter-failed']);
});

test('a message of which its adapter says that it left is sent, and nothing said later takes that back', async () => {
  const at = await outbox();

  await at.says({ as: 'sent', providerId: 'sms-77' });
  await at.says({ as: 'refused', problem: 'late' });

  expect(await at.messages()).toMatchObject([{ state: 'sent', providerId: 'sms-77' }]);
});

test('a message of which no adapter says anything for a quarter of an hour has failed and goes the next way', async () => {
  const at = await outbox();

  await at.deliver(1);
  await at.deliver(1); // the event comes twice
  expect(await at.states()).toEqual(['sms queued']);
  expect(at.wakes).toEqual([
    { at: '2026-02-18T09:46:00.000Z', attempt: 2 },
    { at: '2026-02-18T09:46:00.000Z', attempt: 2 },
  ]);

  await at.deliver(2);
  expect(await at.states()).toEqual(['sms failed', 'email queued']);

  await at.says({ as: 'sent' }); // it left after all
  expect(await at.states()).toEqual(['sms sent', 'email queued']);
});

test('a verdict on a letter by e-mail, or on no message at all, is refused', async () => {
  const at = await outbox({ channel: 'email', to: 'anna@client.example' });

  await expect(at.says({ as: 'sent' })).rejects.toThrow('told by SES');
  await expect(at.says({ as: 'sent' }, 'none')).rejects.toThrow('no message "none"');
});

test('a message that somebody has sent again is handed to its adapter anew, and waits for its word again', async () => {
  const at = await outbox({
    turns: undefined,
    attempts: 1,
    resent: 1,
    resentAt: queuedAt,
    history: [{ n: 1, at: queuedAt, as: 'refused', said: 'no credit' }],
  });

  await at.deliver(2);
  expect(await at.states()).toEqual(['sms queued']);
  await at.says({ as: 'sent', providerId: 'sms-78' });

  expect(await at.messages()).toMatchObject([
    {
      state: 'sent',
      attempts: 2,
      history: [
        { as: 'refused', said: 'no credit' },
        { n: 2, as: 'done' },
      ],
    },
  ]);
});
