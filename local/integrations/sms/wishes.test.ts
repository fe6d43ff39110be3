import { createHash } from 'node:crypto';
import { describe, expect, test as plain } from 'vitest';
import { Contact } from '../../../schemas/contact.ts';
import { aLeadByPhone } from '../../requirements/coffee/leads.ts';
import { refusal } from '../../world/staff.ts';
import { type World, world } from '../../world.ts';
import { callsOf, coffeeWith, messagesOf, minutes, onPhones, seconds, test, waysOf } from './phones.ts';

const phone = '+79161234567';
const aContact = async (w: World, more: Record<string, unknown> = {}): Promise<string> =>
  (await w.as('yana').ask('POST', '/v1/contacts', { name: 'Ирина Демина', phone, ...more })).id;
const reachOf = async (w: World, id: string) =>
  Contact.parse(await w.as('yana').get(`/v1/contacts/${id}`)).reach;
/** A lead of Yana's with a contact, which she may change. */
const aLeadOf = (w: World, contact: string): Promise<string> => aLeadByPhone(w, { contact });

describe('quiet hours', () => {
  plain.for([
    ['2026-02-02 20:59', undefined, '20:59'],
    ['2026-02-02 21:00', undefined, '09:00'],
    ['2026-02-02 17:30', 'Asia/Yekaterinburg', '17:30'],
    ['2026-02-02 20:30', 'Asia/Yekaterinburg', '07:00'], // 22:30 there; nine there is seven in Moscow
  ] as const)(
    'a message written at %s for somebody in %s leaves at %s [CO-80.2]',
    async ([at, zone, leaves]) => {
      const w = await world({
        at,
        packs: [
          coffeeWith({
            routes: [{ prefix: '+', by: ['smsc'] }],
            quiet: { from: '21:00', to: '09:00' },
            afterOptOut: 'nothing',
          }),
        ],
        mail: true,
      });
      const contact = await aContact(w);
      if (zone !== undefined) await w.as('yana').ask('PATCH', `/v1/contacts/${contact}`, { reach: { zone } });

      const lead = await aLeadOf(w, contact);
      const [waiting] = await messagesOf(w, lead);
      await w.advanceTo('2026-02-03 09:30');

      const sentAt = (await messagesOf(w, lead))[0]?.history?.[0]?.at ?? '';
      const moscow = new Date(Date.parse(sentAt) + 3 * 3_600_000).toISOString().slice(11, 16);
      expect([moscow, onPhones(w, 'smsc')]).toEqual([leaves, [expect.stringContaining(': delivered')]]);
      expect(waiting?.problem).toEqual(
        at.endsWith(leaves) ? undefined : expect.stringContaining('quiet hours'),
      );
      await w.stop();
    },
  );
});

test('a client who wants no SMS gets none: by a word of theirs, by what a colleague heard, until somebody puts it right [CO-80.2]', async ({
  w,
}) => {
  const contact = await aContact(w, { email: 'irina@cafe-demo-2.example' });
  const secret = w.secrets.read('world/sms') as Record<string, { callbackToken: string }>;
  const answers = (words: string) =>
    w.ask(`/v1/webhooks/sms/coffee/smsc/${secret.coffee?.callbackToken}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ id: words, phone: '79161234567', mes: words }).toString(),
    });

  await answers('Стоп ли сегодня доставка?');
  expect(await reachOf(w, contact)).toBeUndefined();
  await answers(' СТОП! ');
  expect(await reachOf(w, contact)).toMatchObject({ sms: { state: 'opted-out', reason: 'answered STOP' } });

  const lead = await aLeadOf(w, contact);
  expect(await waysOf(w, lead)).toEqual(['email irina@cafe-demo-2.example sent', `sms ${phone} failed`]);
  expect(onPhones(w, 'smsaero')).toEqual([]);
  await w.as('svetlana').assign(lead, 'yana');
  expect(await refusal(w.as('yana').ask('POST', `/v1/deals/${lead}/sms`, { text: 'Добрый день' }))).toBe(
    '422 fields.contact: The client wants no SMS: get in touch in another way',
  );

  await w.as('yana').ask('PATCH', `/v1/contacts/${contact}`, { reach: { sms: null } });
  expect((await reachOf(w, contact))?.sms).toBeUndefined();
  await w.as('yana').ask('POST', `/v1/deals/${lead}/sms`, { text: 'Добрый день' });
  expect(onPhones(w, 'smsaero')).toEqual(['79161234567 Добрый день: queued']);
  await w.as('yana').ask('PATCH', `/v1/contacts/${contact}`, {
    reach: { sms: { state: 'opted-out', reason: 'asked on the phone' } },
  });
  expect(await reachOf(w, contact)).toMatchObject({
    sms: { state: 'opted-out', reason: 'asked on the phone' },
  });
});

test('what a client answers from their phone comes before the person responsible for their deal, once; erased with the person [CO-80.2]', async ({
  w,
}) => {
  const contact = await aContact(w);
  const lead = await aLeadOf(w, contact);
  await w.as('svetlana').assign(lead, 'yana');
  const secret = w.secrets.read('world/sms') as Record<string, { callbackToken: string }>;
  const answers = (from: string, mes = 'Приеду в пять') =>
    w.ask(`/v1/webhooks/sms/coffee/smsc/${secret.coffee?.callbackToken}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ phone: from, mes }).toString(),
    });

  for (const from of ['79161234567', '79161234567', '79990000001']) await answers(from);
  await answers('79161234567', 'стоп');

  const told = (await w.card(lead)).tasks.filter(({ title }) => title.en === 'The client answered an SMS');
  expect(told).toMatchObject([{ assignee: 'yana', about: 'Приеду в пять', status: 'open' }]);
  const heard = async () =>
    (await w.as('gleb').get(`/v1/contacts/${contact}/export`)).deals.flatMap(
      ({ received }: { received: { kind: string; raw?: string }[] }) => received,
    );
  expect(await heard()).toHaveLength(2);
  expect(JSON.stringify(await heard())).toMatch(/Приеду в пять.*стоп|стоп.*Приеду в пять/);
  await w.as('gleb').ask('POST', `/v1/contacts/${contact}/erase`, { reason: 'asked', force: true });
  const { items } = await w.table.query({ index: 'g2', pk: `LETTERS#${lead}` });
  expect(JSON.stringify(items)).not.toMatch(/79161234567/);
});

test('who writes to a phone sees the parts, the price, and that it is night there, before it leaves [CO-80.2]', async ({
  w,
}) => {
  const contact = await aContact(w);
  const lead = await aLeadOf(w, contact);
  const preview = (text: string) => w.as('yana').ask('POST', '/v1/sms/preview', { text, deal: lead });

  expect(await preview('я'.repeat(71))).toEqual({
    text: 'я'.repeat(71),
    encoding: 'UCS-2',
    parts: 2,
    left: 63,
    price: { amount: 1098, currency: 'RUB' },
    client: { takesSms: true, wantsNone: false },
  });
  expect(await preview('Paid — “thanks”')).toMatchObject({
    text: 'Paid - "thanks"',
    encoding: 'GSM-7',
    parts: 1,
  });

  await w.advanceTo('2026-02-02 22:00');
  expect((await preview('Hello')).client.quietUntil).toBe('2026-02-03T06:00:00.000Z');
});

test('a gateway’s word only makes us ask: forged, signed by another, said twice or of nobody, it changes nothing', async ({
  w,
}) => {
  w.sandboxes.smsaero.command({ fault: 'no-credits', times: 2 });
  w.sandboxes.smsc.command({ fault: 'wrong-signature' });
  const lead = await aLeadByPhone(w);
  await w.clock.advance(seconds(3)); // with the operator, told by a wrong signature
  expect((await messagesOf(w, lead))[0]?.sms?.is).toBe('queued');

  const secret = w.secrets.read('world/sms') as Record<
    string,
    { callbackToken: string; smsc: { callbackPassword: string } }
  >;
  const { callbackToken = '', smsc } = secret.coffee ?? {};
  const id = (await messagesOf(w, lead))[0]?.providerId?.replace('smsc:', '') ?? '';
  const says = (token: string, fields: Record<string, string>) =>
    w.ask(`/v1/webhooks/sms/coffee/smsc/${token}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
    });
  const signed = (status: string, about = id) => ({
    id: about,
    phone: '79161234567',
    status,
    sha1: createHash('sha1').update(`${about}:79161234567:${status}:${smsc?.callbackPassword}`).digest('hex'),
  });
  expect((await says('x'.repeat(24), signed('20'))).status).toBe(403);
  expect((await says(callbackToken, { ...signed('20'), sha1: 'f'.repeat(40) })).status).toBe(403);
  expect((await says(callbackToken, { nonsense: 'x' })).status).toBe(400);
  expect((await says(callbackToken, { mes: 'x'.repeat(20_000) })).status).toBe(413);
  expect((await says(callbackToken, signed('20'))).status).toBe(200); // true by its signature, and yet not so
  expect((await says(callbackToken, signed('20', '77'))).status).toBe(200);
  expect((await messagesOf(w, lead))[0]).toMatchObject({ state: 'sent', sms: { is: 'sent' } });

  w.sandboxes.smsc.command({ fault: 'twice' });
  await w.clock.advance(seconds(3));
  expect((await messagesOf(w, lead))[0]).toMatchObject({
    state: 'delivered',
    sms: { gateway: 'smsc', is: 'delivered' },
  });
  await w.clock.advance(minutes(2));
  expect(await callsOf(w, lead)).toEqual(['smsaero failed', 'smsc done']);
});
