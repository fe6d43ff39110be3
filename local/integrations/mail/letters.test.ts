import { simpleParser } from 'mailparser';
import PostalMime from 'postal-mime';
import { expect } from 'vitest';
import { isTooLarge } from '../../../functions/notify/deliverable.ts';
import { forgetEnvironment } from '../../../functions/shared/environment.ts';
import { messageRow } from '../../../functions/shared/rows.ts';
import { OutgoingMessage } from '../../../schemas/message.ts';
import { industrial } from '../../../statemachines/packs/industrial/index.ts';
import type { Asked } from '../../world/post.ts';
import type { World } from '../../world.ts';
import { mimeOf, test } from './mail-room.ts';

/** A message that a step has put down, whatever is in it. */
const queued = async (w: World, deal: string, some: object): Promise<Asked | undefined> => {
  const at = w.clock.now().toISOString();
  const message = OutgoingMessage.parse({
    id: `m${w.mail.asked.length}`,
    channel: 'email',
    to: 'anna@plant-demo-1.example',
    contact: 'anna',
    deal,
    dealNumber: 'D-1',
    pack: 'industrial',
    text: 'goods-ready',
    subject: 'Заказ D-1 готов к выдаче',
    body: 'Здравствуйте!',
    language: 'ru',
    state: 'queued',
    attempts: 0,
    createdAt: at,
    changedAt: at,
    ...some,
  });
  await w.table.write({ put: messageRow(message) });
  await w.clock.settle();
  return w.mail.asked.at(-1);
};

const read = async (asked: Asked | undefined) => {
  if (asked === undefined) throw new Error('no letter has left');
  const mime = await mimeOf(asked);
  return [await simpleParser(mime), await PostalMime.parse(mime)] as const;
};

test('SES is asked for one recipient, two bodies, the answer’s address and tags by which its events find the letter [IN-X-80.4, CO-80.2]', async ({
  w,
}) => {
  process.env.MAIL_FROM = 'no-reply@plant.example';
  forgetEnvironment();
  const deal = await w.enter('picking', { contact: 'anna' });

  const asked = await queued(w, deal, {});

  expect(asked).toEqual({
    id: 'ses-1',
    FromEmailAddress: expect.stringMatching(/^(=\?UTF-8\?B\?[\w+/=]+\?= ?)+ <no-reply@plant\.example>$/),
    Destination: { ToAddresses: ['anna@plant-demo-1.example'] },
    ReplyToAddresses: [
      expect.stringMatching(new RegExp(`^deal\\+${deal}\\.[a-z2-7]{10}@in\\.voronka\\.example$`)),
    ],
    Content: {
      Simple: {
        Subject: { Data: 'Заказ D-1 готов к выдаче', Charset: 'UTF-8' },
        Body: {
          Text: { Data: 'Здравствуйте!', Charset: 'UTF-8' },
          Html: { Data: expect.stringContaining('Здравствуйте!</p>'), Charset: 'UTF-8' },
        },
        Headers: [
          { Name: 'Auto-Submitted', Value: 'auto-generated' },
          { Name: 'X-CRM-Deal', Value: 'D-1' },
        ],
        Attachments: [],
      },
    },
    EmailTags: [
      { Name: 'message', Value: 'm0' },
      { Name: 'deal', Value: deal },
    ],
    ConfigurationSetName: 'world',
  });
  const [mail, other] = await read(asked);
  const { company } = industrial;
  expect([mail.from?.value[0]?.name, other.from?.name]).toEqual([company, company]);
  expect([mail.text?.trim(), other.text?.trim()]).toEqual(['Здравствуйте!', 'Здравствуйте!']);
  expect([mail.html, other.html].every((html) => String(html).includes('Здравствуйте!</p>'))).toBe(true);
});

test('names, subjects and texts from outside bring no header, no address, no HTML and no program into a letter', async ({
  w,
}) => {
  const deal = await w.enter('picking', { contact: 'anna' });

  const asked = await queued(w, deal, {
    subject: 'Счёт\r\nBcc: all@evil.example\u0000\u202Efdp.exe',
    dealNumber: 'D-1\r\nX-Evil: 1',
    body: '<img src=x onerror=alert(1)> javascript:alert(1) data:text/html,x https://ok.example/?a=1&b="x. (https://also.example/b).',
  });

  const [mail, other] = await read(asked);
  expect(mail.subject).toBe('Счёт Bcc: all@evil.example fdp.exe');
  expect([mail.bcc, other.bcc, mail.headers.get('x-evil')]).toEqual([undefined, undefined, undefined]);
  expect(mail.headers.get('x-crm-deal')).toBe('D-1 X-Evil: 1');
  const html = String(mail.html);
  expect([...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href)).toEqual([
    'https://ok.example/?a=1&amp;b=',
    'https://also.example/b',
  ]);
  expect(html).not.toContain('<img src=x');
  for (const to of [
    'anna@a.example, all@evil.example',
    'anna@a.example\r\nBcc: b@c.example',
    'Anna <anna@a.example>',
  ])
    await queued(w, deal, {
      to,
      id: `bad-${[...to].reduce((sum, sign) => sum + (sign.codePointAt(0) ?? 0), 0)}`,
      contact: undefined,
    });
  expect(w.mail.asked).toHaveLength(1);
  const states = (await w.as('pavel').get(`/v1/deals/${deal}/messages`)).items.map(
    ({ state, problem = '' }: { state: string; problem?: string }) =>
      `${state} ${problem.slice(0, 3)}`.trim(),
  );
  expect(states.sort()).toEqual(['failed to:', 'failed to:', 'failed to:', 'sent']);
  await queued(w, deal, { id: 'idn', to: 'анна@пример.example', contact: undefined });
  await queued(w, deal, { id: 'idn2', to: 'anna@пример.example', contact: undefined });
  expect(w.mail.letters.map(({ to }) => to)).toEqual([
    'anna@plant-demo-1.example',
    'anna@xn--e1afmkfd.example',
  ]);
});

test('files that a letter cannot take are told before they are read, and somebody hears of it', async ({
  w,
}) => {
  const mb = 1024 * 1024;
  const of = (...sizes: number[]) => isTooLarge(sizes.map((size) => ({ size: size * mb })));
  expect([of(25), of(29), of(30), of(15, 14), of(15, 15)]).toEqual([false, false, true, false, true]);
  const deal = await w.enter('picking', { contact: 'anna' });
  const file = (id: string) => ({ deal, id, name: `${id}.pdf`, type: 'application/pdf', size: 20 * mb });

  await queued(w, deal, { attachments: [file('one'), file('two')] });

  const { items } = await w.as('pavel').get(`/v1/deals/${deal}/messages`);
  expect([w.mail.asked, items[0].state, items[0].problem]).toEqual([
    [],
    'failed',
    expect.stringContaining('29 MB at most'),
  ]);
  expect(await w.inbox('pavel')).toContain('2026-02-02 09:00 letter-failed');
});

test('who may see the settings of a pack reads all of its letters in every language before any client does [IN-X-80.4]', async ({
  w,
}) => {
  const asked = await w.ask('/v1/messages/preview/industrial', { as: 'admin' });
  const forbidden = await w.ask('/v1/messages/preview/industrial', { as: 'pavel' });
  expect([asked.status, forbidden.status]).toEqual([200, 403]);
  const { items, page } = JSON.parse(asked.text) as {
    items: { text: string; language: string; subject: string; body: string }[];
    page: string;
  };
  expect(items.filter(({ text }) => text === 'goods-ready').map(({ language }) => language)).toEqual([
    'ru',
    'en',
  ]);
  expect(items.filter(({ subject, body }) => /\{\{|undefined|NaN/.test(subject + body))).toEqual([]);

  const { pathname } = new URL(page);
  const list = await w.ask(pathname);
  expect(list.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(list.text.match(/<h2 /g)).toHaveLength(new Set(items.map(({ text }) => text)).size);
  const one = await w.ask(`${pathname}?text=goods-ready&language=en`);
  expect(one.text).toContain('role="article" lang="en"');

  expect((await w.ask(pathname.replace('industrial', 'coffee'))).status).toBe(404);
  await w.clock.advance(2 * 24 * 60 * 60_000);
  expect((await w.ask(pathname)).status).toBe(404);
});

test('a file goes with its name as people read it, and both parsers find it as it was', async ({ w }) => {
  const deal = await w.enter('picking', { contact: 'anna' });
  const [field = ''] =
    Object.entries(industrial.pipelines[0]?.fields ?? {}).find(([, { type }]) => type === 'file') ?? [];
  const file = await w.as('pavel').upload(deal, field, 'Счёт "12"; x=1.pdf');

  await w.as('pavel').ask('POST', `/v1/deals/${deal}/letters`, {
    subject: 'Счёт',
    body: 'Во вложении.',
    file: file.id,
  });

  const [mail, other] = await read(w.mail.asked.at(-1));
  const [attached] = mail.attachments;
  expect([attached?.filename, attached?.contentType]).toEqual([file.name, 'application/pdf']);
  expect(other.attachments.map(({ filename, mimeType }) => [filename, mimeType])).toEqual([
    [file.name, 'application/pdf'],
  ]);
  const [asked] = w.mail.asked.at(-1)?.Content.Simple.Attachments ?? [];
  expect(attached?.content.toString('base64')).toBe(asked?.RawContent);
});
