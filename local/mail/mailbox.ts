import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Email } from 'aws-ses-v2-local/dist/store.js';

/** One letter that SES took. */
export type Mail = {
  /** SES's MessageId. */
  id: string;
  /** When it was taken, ISO 8601 UTC, by the runtime's clock. */
  at: string;
  from: string;
  to: string[];
  cc: string[];
  bcc: string[];
  replyTo: string[];
  subject: string;
  text: string;
  html: string;
  headers: { name: string; value: string }[];
  tags: Record<string, string>;
  configurationSet?: string | undefined;
  attachments: Email['attachments'];
};

/** Letters in order of arrival. */
export type Mailbox = { add(mail: Mail): void; all(): readonly Mail[]; clear(): void };

/**
 * Opens the letters kept in `dir`, one JSON line each.
 *
 * @param dir - created when missing; undefined keeps them in memory
 */
export const openMailbox = (dir: string | undefined): Mailbox => {
  const mails: Mail[] = [];
  const file = dir === undefined ? undefined : join(dir, 'mail.jsonl');
  if (dir !== undefined) mkdirSync(dir, { recursive: true });
  if (file !== undefined && existsSync(file)) {
    const lines = readFileSync(file, 'utf8').split('\n');
    // A kill may cut the last line short; that letter was not answered for, so its sender tries again.
    const cut = lines.pop();
    mails.push(...lines.map((line) => JSON.parse(line) as Mail));
    if (cut !== undefined && cut !== '') appendFileSync(file, '\n');
  }
  // Clearing is for the viewer alone: the file is the record of what was sent.
  let shownFrom = 0;
  return {
    add: (mail) => {
      if (file !== undefined) appendFileSync(file, `${JSON.stringify(mail)}\n`);
      mails.push(mail);
    },
    all: () => mails.slice(shownFrom),
    clear: () => {
      shownFrom = mails.length;
    },
  };
};

/** A letter in the form in which the viewer wants it. */
export const viewed = (mail: Mail): Email => ({
  messageId: mail.id,
  from: mail.from,
  replyTo: mail.replyTo,
  destination: { to: mail.to, cc: mail.cc, bcc: mail.bcc },
  subject: mail.subject,
  body: { html: mail.html || undefined, text: mail.text || undefined },
  attachments: mail.attachments,
  headers: mail.headers,
  at: Math.floor(Date.parse(mail.at) / 1_000),
});
