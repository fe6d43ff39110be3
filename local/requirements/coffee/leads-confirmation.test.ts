import { expect } from 'vitest';
import { deliver } from '../../../functions/notify/deliver.ts';
import type { Sent } from '../../../functions/notify/mail-ses.ts';
import { theCompany } from '../../../functions/shared/ports.ts';
import { messageOf } from '../../../functions/shared/rows.ts';
import type { World } from '../../world.ts';
import { test } from './company.ts';
import { aLeadByLetter, aLeadByPhone } from './leads.ts';

const messages = async (w: World, lead: string) =>
  (await w.table.query({ index: 'g2', pk: `LETTERS#${lead}` })).items
    .filter(({ row }) => row === 'message')
    .map(messageOf)
    .map(({ id, channel, to, state, body }) => ({ id, channel, to, state, body }));
const ways = async (w: World, lead: string) =>
  (await messages(w, lead)).map(({ channel, to, state }) => `${channel} ${to} ${state}`).sort();
/** The mail service answers to the attempt of a letter. */
const attempt = async (w: World, lead: string, answer: Sent) => {
  const letter = (await messages(w, lead)).find(({ channel }) => channel === 'email');
  await deliver(letter?.id ?? '', 1, {
    table: w.table,
    company: await theCompany(),
    now: w.clock.now(),
    envelope: async () => ({ from: 'crm@example.test', headers: [] }),
    send: async () => answer,
    wake: async () => {},
  });
  await w.clock.settle();
};
const refused = { as: 'refused', problem: 'no such box' } as const;

test('who wrote a letter is told the number by letter, who called by SMS; a process begun again tells it no second time [CO-01.6, CO-01.7]', async ({
  w,
}) => {
  const [written, called] = [await aLeadByLetter(w), await aLeadByPhone(w)];

  expect(await messages(w, written)).toEqual([
    expect.objectContaining({
      channel: 'email',
      to: 'oleg@cafe-demo-1.example',
      body: 'Ваша заявка принята в работу. Номер 1',
    }),
  ]);
  expect(await messages(w, called)).toEqual([
    expect.objectContaining({
      channel: 'sms',
      to: '+79161234567',
      body: 'Ваша заявка принята в работу. Номер 2',
    }),
  ]);
  const queued = w.events
    .filter(({ type }) => type === 'message.queued')
    .map(({ detail }) => (detail as { data: { channel: string } }).data.channel);
  expect(queued).toEqual(['email', 'sms']);

  await w.as('svetlana').assign(called, 'denis');
  await w.as('denis').move(called, 'lead-processing');
  await w.as('svetlana').move(called, 'new-lead');
  expect(await messages(w, called)).toHaveLength(1);
});

test('where one channel fails the other is tried, and only when both have failed the client head is told; the lead goes on meanwhile [CO-01.10]', async ({
  w,
}) => {
  const called = await aLeadByPhone(w, { email: 'irina@cafe-demo-2.example' });
  const [sms] = await messages(w, called);

  await w.says('sms', {
    type: 'message.refused',
    externalId: 's-1',
    message: sms?.id ?? '',
    problem: 'not in service',
  });
  expect(await ways(w, called)).toEqual([
    'email irina@cafe-demo-2.example queued',
    'sms +79161234567 failed',
  ]);
  expect(await w.inbox('svetlana')).not.toContain('2026-02-02 09:00 coffee-lead-not-confirmed');

  await attempt(w, called, refused);
  expect(await ways(w, called)).toEqual([
    'email irina@cafe-demo-2.example failed',
    'sms +79161234567 failed',
  ]);
  expect(await w.inbox('svetlana')).toEqual(['2026-02-02 09:00 coffee-lead-not-confirmed']);
  expect(await w.open(called)).toEqual(['assign-manager svetlana 2026-02-03 09:00']);

  await attempt(w, await aLeadByLetter(w), refused); // nobody knows a phone
  expect((await w.inbox('svetlana')).filter((line) => line.includes('not-confirmed'))).toHaveLength(2);
});
