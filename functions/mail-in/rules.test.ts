import { expect, test } from 'vitest';
import { automaticBy } from './automatic.ts';
import { type Evidence, match, senderOf } from './match.ts';
import { withoutQuotes } from './quotes.ts';

const nothing: Evidence = { answered: [], isProven: true, contacts: [], openDeals: [] };

test.for<[string, Partial<Evidence>, ReturnType<typeof match>]>([
  [
    'its own address before all else',
    { tagged: 'd1', answered: ['d2'], mailbox: 'm' },
    { to: 'deal', deal: 'd1', by: 'address' },
  ],
  [
    'the nearest letter it answers',
    { answered: ['d2', 'd3'], mailbox: 'm' },
    { to: 'deal', deal: 'd2', by: 'answer' },
  ],
  ['a mailbox', { mailbox: 'm' }, { to: 'mailbox', mailbox: 'm' }],
  [
    'the only open deal of its writer, as a suggestion',
    { mailbox: 'm', openDeals: ['d1'] },
    { to: 'mailbox', mailbox: 'm', suggests: 'd1' },
  ],
  ['none of several open deals', { openDeals: ['d1', 'd2'] }, { to: 'unmatched' }],
  ['nobody', {}, { to: 'unmatched' }],
])('a letter belongs to %s', ([, evidence, place]) => {
  expect(match({ ...nothing, ...evidence })).toEqual(place);
});

test.for<[boolean, string[], string[], string]>([
  [true, ['vera'], ['vera'], 'known'],
  [true, ['oleg'], ['vera'], 'unknown'],
  [true, [], [], 'unknown'],
  [false, ['vera'], ['vera'], 'unproven'],
])('proven %s, from %j to a deal of %j: %s', ([isProven, contacts, named, sender]) => {
  expect(senderOf({ isProven, contacts }, named)).toBe(sender);
});

const from = 'vera@client.example';
test.for<[Record<string, string>, { returnPath?: string; from?: string }, string | undefined]>([
  [{}, {}, undefined],
  [{ 'auto-submitted': 'no' }, {}, undefined],
  [{ 'auto-submitted': 'auto-replied (vacation)' }, {}, 'reply'],
  [{ 'auto-submitted': 'auto-generated' }, {}, 'bulk'],
  [{ precedence: 'auto_reply' }, {}, 'reply'],
  [{ 'x-autoreply': 'yes' }, {}, 'reply'],
  [{ precedence: 'Bulk' }, {}, 'bulk'],
  [{ 'list-id': '<news.shop.example>' }, {}, 'bulk'],
  [{ 'x-auto-response-suppress': 'All', subject: 'Автоматический ответ: Заявка' }, {}, 'reply'],
  [{ 'x-auto-response-suppress': 'All', subject: 'Заявка' }, {}, 'bulk'],
  [{ 'content-type': 'multipart/report; report-type=delivery-status' }, {}, 'report'],
  [{}, { returnPath: '' }, 'report'],
  [{}, { returnPath: '<>' }, 'report'],
  [{}, { from: 'MAILER-DAEMON@client.example' }, 'report'],
  [{}, { returnPath: 'postmaster@client.example' }, 'report'],
  [{ 'x-crm-deal': 'D-1', 'auto-submitted': 'auto-generated' }, {}, 'own'],
])('with the headers %j and %j a letter is written by %s', ([headers, more, by]) => {
  expect(automaticBy({ headers: new Map(Object.entries(headers)), returnPath: from, from, ...more })).toBe(
    by,
  );
});

const said = 'Берём двенадцать.\n\nВера';
test.for([
  ['Gmail', 'On Mon, 2 Feb 2026 at 09:00, Voronka <no-reply@voronka.example> wrote:\n> Сколько?'],
  ['Gmail in Russian', 'пн, 2 февр. 2026 г. в 09:00, Voronka <no-reply@voronka.example>:\n> Сколько?'],
  [
    'Gmail in two lines',
    'On Mon, 2 Feb 2026 at 09:00, Voronka\n<no-reply@voronka.example> wrote:\n> Сколько?',
  ],
  ['Yandex', '02.02.2026, 09:00, "Voronka" <no-reply@voronka.example> пишет:\nСколько?'],
  ['Mail.ru', 'Понедельник, 2 февраля 2026, 9:00 +03:00 от Voronka <no-reply@voronka.example>:\n> Сколько?'],
  [
    'Outlook',
    '-----Original Message-----\nFrom: Voronka\nSent: Monday\nTo: Vera\nSubject: Offer\n\nСколько?',
  ],
  [
    'Outlook in Russian',
    'От: Voronka <no-reply@voronka.example>\nОтправлено: 2 февраля 2026 г. 9:00\nКому: Вера\nТема: КП\n\nСколько?',
  ],
  ['Romanian', 'Pe lun., 2 feb. 2026 la 09:00, Voronka <no-reply@voronka.example> a scris:\n> Cât?'],
  ['signs alone', '> Сколько?\n>\n> Voronka'],
])('what %s quotes is cut', ([, quoted]) => {
  expect(withoutQuotes(`${said}\r\n\r\n${quoted}`)).toBe(said);
});

test('answers between quoted lines stay, and so does a letter that is a quotation alone', () => {
  const between = '> Сколько?\nДвенадцать.\n> Когда?\nЗавтра.';

  expect(withoutQuotes(between)).toBe(between);
  expect(withoutQuotes('> Сколько?')).toBe('> Сколько?');
  expect(withoutQuotes('From: the market we take\nall that is left.')).toBe(
    'From: the market we take\nall that is left.',
  );
});
