import { expect, test } from 'vitest';
import { OutgoingMessage } from '../../schemas/message.ts';
import { committedLetters, compileLetters } from '../../scripts/letters.ts';
import { nextAttemptAt } from './attempts.ts';
import { letterOf, oneLine, paragraphs } from './letter.ts';

const message = (some: object) =>
  OutgoingMessage.parse({
    id: 'm1',
    channel: 'email',
    to: 'anna@client.example',
    text: 'goods-ready',
    subject: 'Order',
    body: 'Hello',
    language: 'en',
    state: 'queued',
    attempts: 0,
    createdAt: '2026-02-18T09:30:00Z',
    changedAt: '2026-02-18T09:30:00Z',
    ...some,
  });

test('the committed frame is what MJML makes of its source', async () => {
  expect(committedLetters()).toBe(await compileLetters());
});

test('no placeholder is left, and what a placeholder is given is not read as one', () => {
  const { html } = letterOf(message({ subject: '{{content}} $& $1', body: '{{footer}} $&' }), 'A & B');

  expect(html).toContain('<title>{{content}} $&amp; $1</title>');
  expect(html).toContain('{{footer}} $&amp;</p>');
  expect(html).toContain('A &amp; B');
  expect(html.replaceAll(/\{\{(content|footer)\}\} \$/g, '')).not.toMatch(/\{\{/);
});

test('a text cannot bring HTML or a header of its own', () => {
  const { subject, html } = letterOf(
    message({ subject: 'Order\r\nBcc: all@example.com\u2028x', body: '<script>x</script> "q"' }),
    'ACME',
  );

  expect(subject).toBe('Order Bcc: all@example.com x');
  expect(html).not.toContain('<script>');
  expect(html).toContain('&lt;script&gt;x&lt;/script&gt; &quot;q&quot;');
});

test('blank lines part paragraphs, a line break stays one', () => {
  expect(paragraphs('a\nb\n\n \n\nc').match(/<p [^>]*>.*?<\/p>/gs)).toHaveLength(2);
  expect(paragraphs('a\nb')).toContain('a<br>b');
  expect(oneLine(' a\tb ')).toBe('a b');
});

test('letters to staff and to clients end in other words, in the language of who reads them', () => {
  expect(letterOf(message({ language: 'ru' }), 'A').html).toContain('Вопросы — вашему менеджеру');
  expect(letterOf(message({ language: 'en', user: 'pavel' }), 'A').html).toContain('Sent by the system');
});

test('attempts are an hour apart at most, and end after a day', () => {
  const letter = { id: 'm1', createdAt: '2026-02-18T09:30:00.000Z' };
  const wait = (attempt: number, from: string) =>
    (Number(nextAttemptAt(letter, attempt, new Date(from))) - Date.parse(from)) / 60_000;

  expect(wait(7, letter.createdAt)).toBeGreaterThanOrEqual(60);
  expect(wait(20, letter.createdAt)).toBeLessThanOrEqual(66);
  expect(nextAttemptAt(letter, 20, new Date('2026-02-19T08:00:00Z'))).toBeDefined();
  expect(nextAttemptAt(letter, 20, new Date('2026-02-19T09:00:00Z'))).toBeUndefined();
});
