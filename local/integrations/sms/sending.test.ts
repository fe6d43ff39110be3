import { expect } from 'vitest';
import { useOutsidePatience } from '../../../functions/shared/outside.ts';
import { aLeadByPhone } from '../../requirements/coffee/leads.ts';
import { callsOf, messagesOf, minutes, onPhones, seconds, test, waysOf } from './phones.ts';

const words = 'Ваша заявка принята в работу. Номер 1';

test('who called is told the number by SMS, and the message is known to have arrived [CO-80.2]', async ({
  w,
}) => {
  const lead = await aLeadByPhone(w);
  expect(onPhones(w, 'smsaero')).toEqual([`79161234567 ${words}: queued`]);
  expect(await waysOf(w, lead)).toEqual(['sms +79161234567 sent']);

  await w.clock.advance(minutes(1));

  const [message] = await messagesOf(w, lead);
  expect(message).toMatchObject({
    state: 'delivered',
    attempts: 1,
    providerId: 'smsaero:12345',
    sms: { gateway: 'smsaero', is: 'delivered', parts: 1, cost: '5.49' },
  });
  expect(await callsOf(w, lead)).toEqual(['smsaero done']);
  expect(onPhones(w, 'smsaero')).toHaveLength(1);
  expect((await w.as('svetlana').get(`/v1/deals/${lead}/letters`)).items).toMatchObject([
    { direction: 'out', channel: 'sms', body: words, state: 'delivered' },
  ]);
});

test.for([
  ['lost-answer', 'smsaero', 1],
  ['down', 'smsaero', 1], // it may have it: it is asked before anybody else
  ['busy', 'smsc', 0],
  ['no-credits', 'smsc', 0],
  ['unauthorised', 'smsc', 0],
] as const)('%s: the message goes out once, by %s', async ([fault, by, kept], { w }) => {
  w.sandboxes.smsaero.command({ fault });

  const lead = await aLeadByPhone(w);
  await w.clock.advance(minutes(5));

  expect(onPhones(w, 'smsaero')).toHaveLength(kept);
  expect(onPhones(w, by)).toEqual([`79161234567 ${words}: delivered`]);
  expect((await messagesOf(w, lead)).map(({ state, sms }) => [state, sms?.gateway])).toEqual([
    ['delivered', by],
  ]);
});

test('a phone that is off: the client is written to, and where there is no address somebody calls', async ({
  w,
}) => {
  const [off, mail] = ['8 916 123-00-00', 'irina@cafe-demo-2.example'];
  const lead = await aLeadByPhone(w, { phone: off });
  const written = await aLeadByPhone(w, { phone: off, email: mail });
  await w.clock.advance(seconds(40));

  expect(await waysOf(w, lead)).toEqual(['sms +79161230000 bounced']);
  expect(await waysOf(w, written)).toEqual([`email ${mail} sent`, 'sms +79161230000 bounced']);
  expect((await w.open(lead)).filter((line) => line.includes('did not get an SMS'))).toHaveLength(1);
  expect((await w.open(written)).filter((line) => line.includes('did not get an SMS'))).toEqual([]);
});

test.for([['slow'], ['html'], ['malformed']] as const)(
  '%s: what was answered is not known, so it is asked before anything is sent again',
  async ([fault], { w }) => {
    useOutsidePatience(300);
    w.sandboxes.smsaero.command({ fault });
    const lead = await aLeadByPhone(w);
    await w.clock.advance(minutes(5));

    expect([...onPhones(w, 'smsaero'), ...onPhones(w, 'smsc')]).toEqual([`79161234567 ${words}: delivered`]);
    expect(await waysOf(w, lead)).toEqual(['sms +79161234567 delivered']);
  },
);

test('never heard of again: it is asked after for a day, and stays as it was left; where every gateway is shut an operator hears of it', async ({
  w,
}) => {
  w.sandboxes.smsaero.command({ fault: 'never' });
  const lead = await aLeadByPhone(w);
  await w.clock.advance(minutes(60 * 48));
  expect(await waysOf(w, lead)).toEqual(['sms +79161234567 sent']);
  expect(await callsOf(w, lead)).toEqual(['smsaero done']);

  w.sandboxes.smsaero.command({ fault: 'unauthorised' });
  w.sandboxes.smsc.command({ fault: 'no-credits' });
  const second = await aLeadByPhone(w);
  expect(await waysOf(w, second)).toEqual(['sms +79161234567 failed']);
  expect((await w.open(second)).filter((line) => line.includes('did not get an SMS'))).toHaveLength(1);
  const logged = JSON.stringify(w.events);
  expect(logged).not.toContain('принята в работу');
});

test('a foreign number goes by SNS; a landline goes by no gateway at all', async ({ w }) => {
  const foreign = await aLeadByPhone(w, { phone: '+373 69 123 456' });
  const fixed = await aLeadByPhone(w, { phone: '+7 495 123-45-67' });

  expect(onPhones(w, 'sns')).toEqual([]); // it is eight in the morning there
  await w.advanceTo('2026-02-02 10:00');

  expect(onPhones(w, 'sns')).toEqual([`+37369123456 ${words}: queued`]);
  expect(await waysOf(w, foreign)).toEqual(['sms +37369123456 sent']);
  expect(await waysOf(w, fixed)).toEqual(['sms +74951234567 failed']);
  expect((await messagesOf(w, fixed))[0]?.problem).toContain('no mobile phone');
  expect(await callsOf(w, fixed)).toEqual([]);
});

test('what people have sent again goes once more, as another message to its gateway; the letter in its place says nothing of phones', async ({
  w,
}) => {
  const lead = await aLeadByPhone(w, { phone: '8 916 123-00-00', email: 'irina@cafe-demo-2.example' });
  await w.clock.advance(minutes(1));
  const [sms, letter] = (await messagesOf(w, lead)).sort((one, other) =>
    one.channel < other.channel ? 1 : -1,
  );
  expect(letter).toMatchObject({ channel: 'email', state: 'sent', attempts: 1 });
  expect([letter?.sms, letter?.history?.length]).toEqual([undefined, 1]);

  await w
    .as('lev')
    .ask('POST', `/v1/outbox/${sms?.id}/again`, { reason: 'the phone is on now', evenSo: true });
  await w.clock.advance(minutes(1));

  expect(onPhones(w, 'smsaero')).toEqual(Array(2).fill(`79161230000 ${words}: undelivered`));
  expect((await callsOf(w, lead)).sort()).toEqual(['smsaero done', 'smsaero done']);
  expect((await waysOf(w, lead)).filter((way) => way.startsWith('email'))).toHaveLength(1);
});
