import { simpleParser } from 'mailparser';
import PostalMime from 'postal-mime';
import { expect } from 'vitest';
import { answerTo, joinThread, readThread, threadHeaders } from '../../../functions/letters/thread.ts';
import { mailIdKey } from '../../../functions/notify/rfc-id.ts';
import { linkToken } from '../../../functions/shared/link-token.ts';
import { createMemoryTable } from '../../../functions/shared/table/table-memory.ts';
import type { World } from '../../world.ts';
import { mimeOf, sesSays, test } from './mail-room.ts';

const rfcId = (n: number) => `<ses-${n}@eu-central-1.amazonses.com>`;

const write = (w: World, deal: string, body: object) =>
  w.as('pavel').ask('POST', `/v1/deals/${deal}/letters`, { body: 'Добрый день!', ...body });

const incoming = { is: 'received', message: 'in1', subject: 'RE: Отв: Счёт 12' } as const;

test('letters of a deal and a client are one thread, which an answer of theirs belongs to; two parsers read it so [CL-80.2]', async ({
  w,
}) => {
  const deal = await w.enter('picking', { contact: 'anna' });
  const other = await w.enter('picking', { contact: 'anna' });

  await write(w, deal, { subject: 'Счёт 12' });
  await write(w, other, { subject: 'Другой заказ' });
  await joinThread(
    { deal, contact: 'anna', address: '' },
    { id: '<from-anna@client.example>', ...incoming },
    w.table,
  );
  const answer = await write(w, deal, {});
  await write(w, deal, { subject: 'Re: RE: Счёт 12' });

  const tag = (await linkToken('mail', deal)).slice(0, 10);
  const read = await Promise.all(w.mail.asked.map(async (letter) => simpleParser(await mimeOf(letter))));
  expect(answer.subject).toBe('Re: Счёт 12');
  expect(
    read.map(({ subject, inReplyTo, references, replyTo }) => [
      subject,
      inReplyTo,
      references,
      replyTo?.text === `deal+${deal}.${tag}@in.voronka.example`,
    ]),
  ).toEqual([
    ['Счёт 12', undefined, undefined, true],
    ['Другой заказ', undefined, undefined, false],
    ['Re: Счёт 12', '<from-anna@client.example>', [rfcId(1), '<from-anna@client.example>'], true],
    ['Re: Счёт 12', rfcId(3), [rfcId(1), '<from-anna@client.example>', rfcId(3)], true],
  ]);
  const again = await Promise.all(w.mail.asked.map(async (letter) => PostalMime.parse(await mimeOf(letter))));
  expect(again.map(({ inReplyTo, references }) => [inReplyTo, references?.split(' ').length])).toEqual([
    [undefined, undefined],
    [undefined, undefined],
    ['<from-anna@client.example>', 2],
    [rfcId(3), 3],
  ]);
});

test('a letter is found by the id that SES gave it, in any case of letters, also where only its event tells that it left', async ({
  w,
}) => {
  const deal = await w.enter('picking', { contact: 'anna' });
  const { id: message } = await write(w, deal, { subject: 'Счёт' });
  const found = async (id: string) => w.table.get(mailIdKey(id));
  const { items } = await w.as('pavel').get(`/v1/deals/${deal}/messages`);

  expect(items[0].rfcId).toBe(rfcId(1));
  expect(await found('<SES-1@eu-central-1.amazonses.com>')).toMatchObject({ deal, contact: 'anna', message });

  // The row as it is where the answer of SES was lost: the event is all there is.
  const key = { pk: `M#${message}`, sk: 'MESSAGE' };
  await w.table.write({ update: key, set: { state: 'queued' }, unset: ['rfcId', 'providerId'] });
  await w.table.write({ remove: mailIdKey(rfcId(1)) });
  await sesSays(w, w.mail.asked[0], 'delivered');

  expect(await found(rfcId(1))).toMatchObject({ deal, contact: 'anna', message });
  expect((await readThread({ deal, contact: 'anna', address: '' }, w.table)).ids).toEqual([rfcId(1)]);
});

test('of a long thread the root and the last ten are kept, and as many are named as one header of SES takes', async () => {
  const table = createMemoryTable({ now: () => new Date(0) });
  const of = { deal: 'd1', contact: 'anna', address: '' };
  const ids = Array.from(
    { length: 40 },
    (_, n) => `<${String(n).padStart(60, '0')}@eu-central-1.amazonses.com>`,
  );
  const join = (id: string) => joinThread(of, { id, is: 'sent', message: 'm' }, table);

  await Promise.all(ids.slice(0, 3).map(join));
  for (const id of [...ids, ...ids.slice(-3)]) await join(id);
  for (const id of ['no brackets', '<a b@c>', '<a>\r\nBcc: x@y', `<${'x'.repeat(300)}@y>`, '<юг@пример>'])
    await join(id);

  const thread = await readThread(of, table);
  expect(ids.slice(0, 3)).toContain(thread.ids[0]);
  expect(thread.ids.slice(1)).toEqual(ids.slice(-10));
  const [inReplyTo, references] = threadHeaders(thread).map(({ Value }) => Value);
  expect(inReplyTo).toBe(ids.at(-1));
  expect(references?.length).toBeLessThanOrEqual(870);
  expect(references?.split(' ')).toEqual([thread.ids[0], ...ids.slice(-8)]);
});

test.for([
  ['Счёт', 'Re: Счёт'],
  ['Re: Счёт', 'Re: Счёт'],
  ['RE[2]: Отв: re : Счёт', 'Re: Счёт'],
  ['Rent: a boat', 'Re: Rent: a boat'],
  ['', 'Re: '],
])('the answer to “%s” has the subject “%s”', ([subject = '', expected]) => {
  expect(answerTo(subject)).toBe(expected);
});
