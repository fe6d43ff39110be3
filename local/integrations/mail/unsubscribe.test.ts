import { simpleParser } from 'mailparser';
import PostalMime from 'postal-mime';
import { expect, test } from 'vitest';
import { Contact } from '../../../schemas/contact.ts';
import { cycle, email, field, move, pipeline, t } from '../../../statemachines/vocabulary/index.ts';
import { packOf } from '../../world/pack-of.ts';
import { refusal } from '../../world/staff.ts';
import { type World, world } from '../../world.ts';
import { mimeOf } from './mail-room.ts';

const title = (en: string) => t(en, en);
const day = 24 * 60 * 60_000;

const shop = {
  ...packOf('shop', [
    pipeline({
      id: 'shop',
      kind: 'deal',
      title: title('Shop'),
      prefix: 'S',
      start: 'new',
      fields: { contact: field.contact(title('Contact')) },
      stages: {
        new: {
          title: title('New'),
          aim: title('New.'),
          work: [
            cycle('remind', {
              title: title('Remind'),
              every: { unit: 'days', amount: 1 },
              first: 'now',
              body: email('reminder'),
            }),
          ],
          moves: [move('sale', ['anyone'])],
        },
        sale: {
          title: title('Sale'),
          aim: title('Sale.'),
          work: [email('sale'), email('receipt')],
          moves: [move('new', ['anyone'])],
        },
      },
    }),
  ]),
  messages: {
    reminder: { subject: title('Reminder'), body: title('Please answer.') },
    receipt: { subject: title('Receipt'), body: title('Paid.') },
    sale: { subject: title('Sale'), body: title('Everything is cheaper.'), kind: 'promo' as const },
  },
};

const played = async (play: (w: World) => Promise<void>) => {
  const w = await world({ at: '2026-02-02 09:00', packs: [shop], mail: true });
  try {
    await play(w);
  } finally {
    await w.stop();
  }
};

const sent = (w: World) => w.mail.letters.map(({ subject }) => subject);
const anna = async (w: World) => Contact.parse(await w.as('pavel').get('/v1/contacts/anna')).reach;

/** The page that the last letter of a subject is turned down by; its header, its text and its HTML name the same. */
const pageIn = async (w: World, subject: string): Promise<string> => {
  const asked = w.mail.asked.findLast((one) => one.Content.Simple.Subject.Data === subject);
  if (asked === undefined) throw new Error(`no letter "${subject}" has left`);
  const mime = await mimeOf(asked);
  const { headers, text = '', html } = await simpleParser(mime);
  const other = await PostalMime.parse(mime);
  const link = /https?:\/\/\S+\/v1\/unsubscribe\/\S+/.exec(text)?.[0] ?? '';
  expect(headers.get('list')).toEqual({
    unsubscribe: { url: link },
    'unsubscribe-post': { name: 'List-Unsubscribe=One-Click' },
  });
  expect(other.headers.find(({ key }) => key === 'list-unsubscribe')?.value).toBe(`<${link}>`);
  expect(html).toContain(`href="${link}"`);
  return new URL(link).pathname;
};

test('advertising is turned down by a button or by one click of a mail program, and by no program that opens links', () =>
  played(async (w) => {
    const deal = await w.enter('sale', { contact: 'anna' });
    const page = await pageIn(w, 'Sale');

    const opened = [await w.ask(page), await w.ask(page)];
    expect(opened.map(({ status }) => status)).toEqual([200, 200]);
    expect(opened[0]?.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(opened[0]?.text).toContain('<form method="post">');
    expect(await anna(w)).toBeUndefined();

    const click = {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'List-Unsubscribe=One-Click',
    };
    expect([(await w.ask(page, click)).status, (await w.ask(page, click)).status]).toEqual([200, 200]);
    expect(await anna(w)).toEqual({
      email: { state: 'opted-out', at: '2026-02-02T06:00:00.000Z', optedOut: true },
      history: [{ at: '2026-02-02T06:00:00.000Z', is: 'opted-out' }],
    });

    await w.as('pavel').move(deal, 'new');
    await w.as('pavel').move(deal, 'sale');
    expect(sent(w).sort()).toEqual(['Receipt', 'Receipt', 'Reminder', 'Sale']); // what the business is about still goes
    expect(await refusal(w.as('pavel').ask('POST', `/v1/deals/${deal}/letters`, { text: 'sale' }))).toBe(
      '422 text: The client turned advertising down: this letter is not sent to them',
    );
    expect(await w.told('pavel')).toEqual([]); // nobody has anything to mend
  }));

test('letters that come again and again are stopped by their own link, and no others', () =>
  played(async (w) => {
    await w.enter('new', { contact: 'anna' });
    await w.clock.advance(day);
    const page = await pageIn(w, 'Reminder');

    await w.ask(page, { method: 'POST' });
    await w.clock.advance(3 * day);
    await w.enter('sale', { contact: 'anna' });

    expect(sent(w).sort()).toEqual(['Receipt', 'Reminder', 'Reminder', 'Sale']);
    expect((await anna(w))?.email).toEqual({ at: '2026-02-03T06:00:00.000Z', stopped: ['reminder'] });
  }));

test('a link that we did not make turns nothing down and says nothing; receipts carry none', () =>
  played(async (w) => {
    await w.enter('sale', { contact: 'anna' });
    const page = await pageIn(w, 'Sale');
    const forged = [
      page.replace('anna', 'boris'),
      page.replace('promo', 'repeated'),
      `${page}x`,
      page.replace(/~[^~]+$/, ''),
      '/v1/unsubscribe/%3Cscript%3Ealert(1)%3C%2Fscript%3E',
    ];

    for (const path of forged) {
      const { status, text } = await w.ask(path, { method: 'POST' });
      expect([status, text.includes('script')]).toEqual([404, false]);
    }

    expect(await anna(w)).toBeUndefined();
    const receipt = w.mail.asked.find((one) => one.Content.Simple.Subject.Data === 'Receipt');
    expect(receipt?.Content.Simple.Headers.map(({ Name }) => Name)).not.toContain('List-Unsubscribe');
  }));
