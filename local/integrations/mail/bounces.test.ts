import { expect } from 'vitest';
import { messageRow } from '../../../functions/shared/rows.ts';
import { Contact, type Reach } from '../../../schemas/contact.ts';
import { OutgoingMessage } from '../../../schemas/message.ts';
import { field, letter, pipeline, responsible, t, tell } from '../../../statemachines/vocabulary/index.ts';
import { packOf } from '../../world/pack-of.ts';
import { refusal } from '../../world/staff.ts';
import { type World, world } from '../../world.ts';
import { bounceOf, given, sesSays, test } from './mail-room.ts';

const day = 24 * 60 * 60_000;

const write = (w: World, deal: string, subject: string) =>
  w.as('pavel').ask('POST', `/v1/deals/${deal}/letters`, { subject, body: 'Добрый день!' });

const anna = async (w: World): Promise<Reach['email']> =>
  Contact.parse(await w.as('pavel').get('/v1/contacts/anna')).reach?.email;

const mending = 'Mend the client’s e-mail address';
const openTasks = async (w: World, deal: string) =>
  (await w.open(deal)).filter((task) => /Mend|spam/.test(task));

/** A deal of Anna's whose letter has come back for good. */
const bounced = async (w: World) => {
  const deal = await w.enter(
    'picking',
    { dealTotal: 100, contact: 'anna', deliveryTerms: 'pickup' },
    { paid: 1 },
  );
  await write(w, deal, 'Счёт');
  const event = await sesSays(w, w.mail.asked.at(-1), 'bounced');
  return { deal, event };
};

test('an address that a letter came back from is mended by the responsible, once, and no automatic letter goes there until then', async ({
  w,
}) => {
  const { deal, event } = await bounced(w);
  const second = await w.enter('picking', { contact: 'anna' });

  await given(w, event);
  await w.clock.advance(day);
  await given(w, event);

  expect(await anna(w)).toMatchObject({ state: 'bounced', problem: expect.stringContaining('user unknown') });
  expect(await openTasks(w, deal)).toEqual([`${mending} pavel 2026-02-03 09:00`]);
  expect(await refusal(write(w, second, 'Ещё один'))).toBe(
    '422 fields.contact: Letters to anna@plant-demo-1.example do not arrive (Permanent General smtp; 550 5.1.1 user unknown): mend the address on the card of the contact, or say there that it is right',
  );
  const sentBefore = w.mail.letters.length;
  await w.as('pavel').change(deal, { fullyReserved: true });
  await w.as('pavel').complete(deal, 'pick-order');
  const { items } = await w.as('pavel').get(`/v1/deals/${deal}/messages`);
  expect([w.mail.letters.length - sentBefore, items[0]]).toMatchObject([
    0,
    { text: 'goods-ready', state: 'failed' },
  ]);

  await w.as('pavel').ask('PATCH', '/v1/contacts/anna', { email: 'anna.somova@plant-demo-1.example' });
  await given(w, event);

  expect([await anna(w), await openTasks(w, deal)]).toEqual([undefined, []]);
  await write(w, second, 'Ещё один');
  expect(w.mail.letters.at(-1)?.to).toBe('anna.somova@plant-demo-1.example');
});

test('who closes the task says that the address is right; who says so on the card closes the task', async ({
  w,
}) => {
  const { deal } = await bounced(w);
  const close = async () => {
    const task = (await w.card(deal)).tasks.find(
      ({ title, status }) => title.en === mending && status === 'open',
    );
    await w.as('pavel').ask('POST', `/v1/tasks/${task?.id}/complete`, {});
  };

  await close();
  expect([await anna(w), await openTasks(w, deal)]).toEqual([undefined, []]);

  await write(w, deal, 'Счёт снова');
  await sesSays(w, w.mail.asked.at(-1), 'bounced');
  expect(await openTasks(w, deal)).toHaveLength(1); // another occasion
  await w.as('pavel').ask('PATCH', '/v1/contacts/anna', { reach: { email: null } });
  expect([await anna(w), await openTasks(w, deal)]).toEqual([undefined, []]);
});

test('three letters of seven days that failed for a moment make an address unreachable; one that arrived in between begins anew', async ({
  w,
}) => {
  const deal = await w.enter('picking', { contact: 'anna' });
  const soft = async (subType: string) => {
    await write(w, deal, 'Счёт');
    const more = bounceOf('Transient', subType, w.clock.now(), 'smtp; 452 4.2.2 mailbox full');
    await sesSays(w, w.mail.asked.at(-1), 'bounced', more);
    await w.clock.advance(day);
  };

  await soft('MailboxFull');
  await soft('General');
  await write(w, deal, 'Счёт');
  await sesSays(w, w.mail.asked.at(-1), 'delivered');
  expect(await anna(w)).toBeUndefined();
  await sesSays(w, w.mail.asked.at(-1), 'bounced', bounceOf('Transient', 'General', w.clock.now())); // away on holiday
  expect(await anna(w)).toBeUndefined();

  await soft('MailboxFull');
  await soft('MessageTooLarge'); // says nothing of the address
  await w.clock.advance(4 * day);
  await soft('MailboxFull');
  expect(await anna(w)).toMatchObject({ soft: [expect.any(String), expect.any(String)] });
  await w.clock.advance(2 * day);
  await soft('MailboxFull'); // of three, the first is more than seven days old
  expect((await anna(w))?.state).toBeUndefined();
  await soft('Undetermined');
  expect((await anna(w))?.state).toBe('bounced');
  expect(await openTasks(w, deal)).toHaveLength(1);
});

test('a complaint ends all advertising and is looked into by the head; letters of the business still go', async ({
  w,
}) => {
  const deal = await w.enter('picking', { contact: 'anna' });
  await write(w, deal, 'Счёт');
  const [sent] = w.mail.asked;

  const event = await sesSays(w, sent, 'complaint');
  await given(w, event);
  await sesSays(w, sent, 'delivered'); // later, though it was before

  expect(await anna(w)).toMatchObject({ state: 'complained', optedOut: true, problem: 'complaint abuse' });
  expect(await openTasks(w, deal)).toEqual(['A client called a letter spam semyon 2026-02-03 09:00']);
  const { items } = await w.as('pavel').get(`/v1/deals/${deal}/messages`);
  expect(items[0].state).toBe('complained');
  await write(w, deal, 'Ещё один');
  expect(w.mail.letters).toHaveLength(2);
});

test('an address that SES holds back is told with the way to free it; what is no letter of ours changes nothing', async ({
  w,
}) => {
  const deal = await w.enter('picking', { contact: 'anna' });
  await write(w, deal, 'Счёт');
  const [sent] = w.mail.asked;

  const stranger = sent && {
    ...sent,
    id: 'not-ours',
    EmailTags: [{ Name: 'message', Value: 'of-another-system' }],
  };
  await sesSays(w, stranger, 'bounced');
  expect(await anna(w)).toBeUndefined();
  await sesSays(w, sent, 'bounced', bounceOf('Permanent', 'OnAccountSuppressionList', w.clock.now()));

  const [task] = (await w.card(deal)).tasks.filter(({ title }) => title.en === mending);
  expect(task?.about).toContain(
    'aws sesv2 delete-suppressed-destination --email-address anna@plant-demo-1.example',
  );
});

test('a letter that came back goes by the next way at once, and the next letter does not try the address again', async () => {
  const title = (en: string) => t(en, en);
  const pack = {
    ...packOf('offers', [
      pipeline({
        id: 'offers',
        kind: 'deal',
        title: title('Offers'),
        prefix: 'O',
        start: 'new',
        fields: { contact: field.contact(title('Contact')) },
        stages: {
          new: {
            title: title('New'),
            aim: title('New.'),
            work: [letter('offer', ['email', 'sms'], { failed: tell([responsible], 'not-sent') })],
            moves: [],
          },
        },
      }),
    ]),
    messages: {
      offer: { subject: title('Offer'), body: title('Dear client') },
      'not-sent': { subject: title('not sent'), body: title('not sent') },
    },
  };
  const w = await world({ at: '2026-02-02 09:00', packs: [pack], mail: true });
  try {
    await w.as('pavel').ask('PATCH', '/v1/contacts/anna', { phone: '+79161234567' });
    const first = await w.enter('new', { contact: 'anna' });
    expect(await w.letters(first)).toEqual(['2026-02-02 09:00 offer to anna@plant-demo-1.example']);

    await sesSays(w, w.mail.asked[0], 'bounced');
    const second = await w.enter('new', { contact: 'anna' });

    const both = [
      '2026-02-02 09:00 offer to +79161234567',
      '2026-02-02 09:00 offer to anna@plant-demo-1.example',
    ];
    expect((await w.letters(first)).sort()).toEqual(both);
    expect((await w.letters(second)).sort()).toEqual(both);
    expect(w.mail.asked).toHaveLength(1);
    expect([await openTasks(w, first), await openTasks(w, second)]).toEqual([
      [expect.stringContaining(mending)],
      [],
    ]);
  } finally {
    await w.stop();
  }
});

test('of a letter about no deal, whose address nobody has, administrators are told, once', async ({ w }) => {
  const at = w.clock.now().toISOString();
  const message = OutgoingMessage.parse({
    id: 'm1',
    channel: 'email',
    to: 'nobody@client.example',
    pack: 'industrial',
    text: 'letter',
    subject: 'Hello',
    body: 'Hello',
    language: 'en',
    state: 'queued',
    attempts: 0,
    createdAt: at,
    changedAt: at,
  });
  await w.table.write({ put: messageRow(message) });
  await w.clock.settle();

  const event = await sesSays(w, w.mail.asked[0], 'bounced');
  await given(w, event);

  expect((await w.told('admin')).map(({ subject }) => subject)).toEqual(['Исправить адрес почты клиента']);
});
