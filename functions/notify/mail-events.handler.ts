import { clock } from '../shared/clock.ts';
import { observed } from '../shared/observed.ts';
import { theCompany, theTable } from '../shared/ports.ts';
import { MailEvent, takeMailEvent } from './mail-events.ts';

/** What became of letters after SES took them. The account's own news come here too and are passed over. */
export const handler = observed(async (event: unknown): Promise<void> => {
  const read = MailEvent.safeParse(event);
  if (!read.success) {
    // Everything of SES comes to this rule; only what speaks of a letter has its shape.
    if (isOfLetter(event)) throw read.error;
    return;
  }
  await takeMailEvent(read.data, { table: theTable(), company: await theCompany(), now: clock.now() });
});

const isOfLetter = (event: unknown): boolean =>
  typeof event === 'object' &&
  event !== null &&
  'detail-type' in event &&
  String(event['detail-type']).startsWith('Email ');
