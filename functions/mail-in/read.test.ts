import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import MailComposer from 'nodemailer/lib/mail-composer/index.js';
import PostalMime from 'postal-mime';
import { expect, test } from 'vitest';
import { type Read, readLetter } from './read.ts';

const kept = (name: string): Buffer => readFileSync(join(import.meta.dirname, 'letters', `${name}.eml`));
const shown = ({ headers: _, files, ...read }: Read) => ({
  ...read,
  files: files.map(({ name, type, bytes }) => [name, type, bytes.toString('latin1')]),
});

test('letters in the charsets of old programs are read, with names of files in pieces; what only Outlook can open stays a file', async () => {
  expect(shown(await readLetter(kept('koi8')))).toEqual({
    rfcId: '<koi8@plant-demo-1.example>',
    references: [],
    from: { name: 'Анна Сомова', email: 'anna@plant-demo-1.example' },
    subject: 'Заявка на подшипники',
    text: 'Здравствуйте!\nНужны двенадцать подшипников.',
    files: [],
    leftOut: 0,
  });
  expect(shown(await readLetter(kept('rfc2231')))).toMatchObject({
    subject: 'Спецификация',
    text: 'Во вложении.',
    files: [
      ['Спецификация №1.xlsx', expect.stringContaining('spreadsheet'), 'PK table'],
      ['winmail.dat', 'application/ms-tnef', 'x\x9f>"tnef'],
    ],
  });
});

test('of HTML what may be shown is left: no scripts, styles, forms, frames, nor pictures that tell of being opened', async () => {
  const read = await readLetter(kept('html'));

  expect(read.html).toContain(
    '<p>Twelve, please.<br />Vera &amp; Co</p><img src="cid:logo@client" alt="logo" />',
  );
  expect(read.html).toContain(
    '<a href="https://client.example/plan" rel="noopener noreferrer nofollow" target="_blank">plan</a>',
  );
  expect(read.html).not.toMatch(/script|style|onload|javascript|spy|iframe|form|input|alert/i);
  expect(read.text).toBe('Twelve, please.\nVera & Co\nhere plan');
  expect(read).toMatchObject({
    inReplyTo: '<0107-1@eu-central-1.amazonses.com>',
    references: ['<0100-0@eu-central-1.amazonses.com>', '<0107-1@eu-central-1.amazonses.com>'],
    files: [{ name: 'logo.png', type: 'image/png' }],
  });
});

test('a report of a mail server is understood', async () => {
  expect((await readLetter(kept('bounce'))).bounce).toEqual({
    of: '<ses-1@eu-central-1.amazonses.com>',
    recipient: 'vera@client.example',
    status: '5.1.1',
    problem: 'smtp; 550 5.1.1 <vera@client.example>: user unknown',
  });
});

test('names, subjects and files hold no sign that a header, a screen or a folder would take for its own', async () => {
  const { from, subject, files, rfcId } = await readLetter(
    Buffer.from(
      [
        `From: =?utf-8?B?${Buffer.from('Vera\r\nBcc: all@x.example\u202egpj').toString('base64')}?= <vera@client.example>`,
        'Subject: =?utf-8?Q?a=00b=0D=0AX-Evil:_1?=',
        'Message-ID: <a b>, <real@client.example>',
        'Content-Type: multipart/mixed; boundary=B',
        '',
        '--B',
        'Content-Type: text/plain',
        'Content-Disposition: attachment; filename="../../etc/pass\\wd\u202e.txt"',
        '',
        'x',
        '--B--',
      ].join('\r\n'),
    ),
  );

  expect(from).toEqual({ name: 'Vera Bcc: all@x.example gpj', email: 'vera@client.example' });
  expect(subject).toBe('a b X-Evil: 1');
  expect(rfcId).toBe('<real@client.example>');
  expect(files.map(({ name }) => name)).toEqual(['passwd .txt']);
});

test('what an independent program composes reads as another independent one reads it', async () => {
  const raw = await new MailComposer({
    from: { name: 'Вера Лунина', address: 'vera@client.example' },
    to: 'deal+d1.aaaaaaaaaa@in.voronka.example',
    subject: 'Смета — длинная тема, которая не помещается в одну строку заголовка',
    messageId: '<composed@client.example>',
    inReplyTo: '<parent@client.example>',
    references: ['<root@client.example>', '<parent@client.example>'],
    text: 'Согласны.\n\n> Сколько?',
    html: '<p>Согласны.</p>',
    attachments: [{ filename: 'Смета.pdf', content: '%PDF', contentType: 'application/pdf' }],
  })
    .compile()
    .build();
  const [read, other] = [await readLetter(raw), await PostalMime.parse(raw)];

  expect({ ...read.from, subject: read.subject, id: read.rfcId, text: read.text }).toEqual({
    name: other.from?.name,
    email: other.from?.address,
    subject: other.subject,
    id: other.messageId,
    text: other.text?.trim(),
  });
  expect(read.references.join(' ')).toBe(other.references);
  expect(read.files.map(({ name, bytes }) => [name, bytes.toString()])).toEqual(
    other.attachments.map(({ filename, content }) => [
      filename,
      Buffer.from(content as ArrayBuffer).toString(),
    ]),
  );
});

const head = 'From: vera@client.example\r\nSubject: hard\r\n';
const mixed = `${head}Content-Type: multipart/mixed; boundary="B"\r\n\r\n`;
const base64 = (bytes: number): string => `${'QUFB'.repeat(19)}\r\n`.repeat(Math.ceil(bytes / 57));
const file = (name: string, body: string): string =>
  `--B\r\nContent-Type: application/zip; name="${name}"\r\nContent-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\n${body}\r\n`;
const nested = (deep: number): string => {
  const parts = Array.from(
    { length: deep },
    (_, n) => `Content-Type: multipart/mixed; boundary="B${n}"\r\n\r\n--B${n}\r\n`,
  );
  return `${head}${parts.join('')}Content-Type: text/plain\r\n\r\nhi`;
};
const megabyte = 1024 * 1024;

/** What has to be said of each, whatever it was. */
type Expected = Partial<Pick<Read, 'subject' | 'text' | 'leftOut' | 'unread'>> & { files?: unknown[] };
const hard: [string, () => string | Buffer, Expected][] = [
  ['nothing at all', () => '', { subject: '', text: '' }],
  [
    'words without a head',
    () => 'Just words\r\nand more.',
    { text: 'Just words\r\nand more.'.replace('\r', '') },
  ],
  ['bytes that are no text', () => Buffer.from([0, 1, 2, 255, 254, 13, 10]), { subject: '' }],
  [
    'a date that is none',
    () => `${head}Date: Thu, 99 Foo 20 25:61\r\n\r\nhi`,
    { subject: 'hard', text: 'hi' },
  ],
  [
    'a charset nobody knows',
    () => `${head}Content-Type: text/plain; charset=x-klingon\r\n\r\nhi`,
    { text: 'hi' },
  ],
  ['a boundary that never comes', () => `${mixed}no part`, { subject: 'hard' }],
  ['a part that never ends', () => `${mixed}--B\r\nContent-Type: text/plain\r\n\r\nhi`, { text: 'hi' }],
  [
    'a head of a megabyte',
    () => `${head}X-Big: ${'a'.repeat(megabyte)}\r\n\r\nhi`,
    { subject: 'hard', unread: 'head-too-long' },
  ],
  [
    'ten thousand parts',
    () => `${mixed}${'--B\r\n\r\nhi\r\n'.repeat(10_000)}--B--`,
    { subject: 'hard', unread: 'too-many-parts' },
  ],
  ['parts within parts', () => nested(300), { subject: 'hard', unread: 'too-deep' }],
  ['forty levels that are still few', () => nested(40), { text: 'hi' }],
  [
    'letters within letters',
    () => `${head}${'Content-Type: message/rfc822\r\n\r\nFrom: a@b.example\r\n'.repeat(2000)}\r\nhi`,
    { subject: 'hard', files: ['letter-1.eml'] },
  ],
  [
    'HTML of eighty thousand levels',
    () => `${head}Content-Type: text/html\r\n\r\n${'<div>'.repeat(80_000)}x`,
    { subject: 'hard' },
  ],
  [
    'a from of a hundred thousand signs',
    () => `From: ${'<'.repeat(5e4)}${'@'.repeat(5e4)}\r\nSubject: hard\r\n\r\nhi`,
    { text: 'hi' },
  ],
  [
    'an archive that would unpack to much',
    () => `${mixed}${file('bomb.zip', base64(42_000))}--B--`,
    { files: ['bomb.zip'] },
  ],
  [
    'thirty files',
    () => `${mixed}${Array.from({ length: 30 }, (_, n) => file(`${n}.zip`, 'QUFB')).join('')}--B--`,
    { leftOut: 10 },
  ],
  [
    'a file of 25 MB',
    () => `${mixed}${file('large.zip', base64(25 * megabyte - 100))}--B--`,
    { files: ['large.zip'], leftOut: 0 },
  ],
  [
    'a letter of 40 MB',
    () => `${mixed}${file('larger.zip', base64(29 * megabyte))}--B--`,
    { files: [], leftOut: 1 },
  ],
];

test.for(hard)('%s ends well, and soon', async ([, made, expected]) => {
  const raw = Buffer.from(made() as string);
  const since = process.cpuUsage();

  const read = await readLetter(raw);

  const { files, ...rest } = expected;
  expect(read).toMatchObject(rest);
  if (files !== undefined) expect(read.files.map(({ name }) => name)).toEqual(files);
  expect(read.text.length).toBeLessThanOrEqual(200_000);
  // Of the function's five minutes; a letter of 40 MB takes about one second on a laptop.
  expect(process.cpuUsage(since).user / 1e6).toBeLessThan(20);
});
