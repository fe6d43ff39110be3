import type { PayStep } from '../../schemas/pipeline.ts';
import { sayCondition } from './condition.ts';
import { sayChannels, saySpan } from './phrases.ts';
import { messageTitle, pick, quoted, type Reading } from './reading.ts';

/** What is asked of the client, by which letter, and how long the link is good. */
export function sayPay(reading: Reading, { amount, text, channels, open, wait }: PayStep): string {
  const letter = quoted(reading, messageTitle(reading, text));
  const sum = sayCondition(reading, amount);
  const good =
    open === undefined
      ? ''
      : pick(reading, `, действует ${saySpan(reading, open)}`, `, good for ${saySpan(reading, open)}`);
  const goesOn = wait === false ? pick(reading, '; оплату не ждём', '; the deal does not wait for it') : '';
  return pick(
    reading,
    `клиенту уходит ссылка на оплату (${sum}): ${letter}${sayChannels(reading, channels)}${good}${goesOn}`,
    `the client is sent a link to pay (${sum}): ${letter}${sayChannels(reading, channels)}${good}${goesOn}`,
  );
}
