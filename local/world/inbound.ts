import type { Clock } from '../clock.ts';
import { createInbound, type Envelope, type Inbound } from '../mail/inbound.ts';

/** How a letter comes to a world: to which address of ours, and from whom, as SMTP was told. */
export type LetterIn = {
  readonly to: string | readonly string[];
  readonly from?: string;
  readonly verdicts?: Envelope['verdicts'];
};

/** The domain of a world that letters come to, and mailboxes of companies that it receives for. */
const recipients = ['in.voronka.example', 'coffee.example', 'office.example'];

/** SES of a world as far as taking letters in goes: its bucket, then the function itself. */
export const inboundOf = (endpoint: () => string, clock: Pick<Clock, 'now'>): Inbound =>
  createInbound({
    rules: [{ recipients, bucket: 'world', prefix: 'mail/', functionArn: 'mail-in' }],
    put: async (bucket, key, raw) => {
      await fetch(`${endpoint()}/${bucket}/${key}`, { method: 'PUT', body: new Uint8Array(raw) });
    },
    // Read when the first letter comes: most worlds get none, and a parser of letters is a large module.
    accept: async (_, event) => {
      const { handler } = await import('../../functions/mail-in/receive.handler.ts');
      await handler(event as never);
    },
    now: () => clock.now(),
  });
