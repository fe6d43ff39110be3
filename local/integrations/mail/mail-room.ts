import MailComposer from 'nodemailer/lib/mail-composer/index.js';
import { test as base } from 'vitest';
import { handler as mailEvents } from '../../../functions/notify/mail-events.handler.ts';
import type { Mail } from '../../mail/mailbox.ts';
import { eventFor, type MailOutcome } from '../../mail/ses-event.ts';
import type { Asked } from '../../world/post.ts';
import { type World, world } from '../../world.ts';

/** A test in a company whose letters leave, from a Monday morning at nine on. */
export const test = base.extend<{ w: World }>({
  // biome-ignore lint/correctness/noEmptyPattern: the first argument names other fixtures, and there are none
  w: async ({}, use) => {
    const w = await world({ at: '2026-02-02 09:00', mail: true });
    await use(w);
    await w.stop();
  },
});

const mailOf = (asked: Asked, at: Date): Mail => ({
  id: asked.id,
  at: at.toISOString(),
  from: asked.FromEmailAddress,
  to: asked.Destination.ToAddresses,
  cc: [],
  bcc: [],
  replyTo: asked.ReplyToAddresses,
  subject: asked.Content.Simple.Subject.Data,
  text: '',
  html: '',
  headers: [],
  tags: Object.fromEntries(asked.EmailTags.map(({ Name, Value }) => [Name, Value])),
  attachments: [],
});

/** Gives the company an event of SES, and lets all follow that follows from it at once. */
export const given = async (w: World, event: object): Promise<void> => {
  await mailEvents(event);
  await w.clock.settle();
};

/** What SES says now of a letter that it took; `more` stands in place of parts of the event's detail. */
export const sesSays = async (
  w: World,
  letter: Asked | undefined,
  outcome: MailOutcome,
  more: object = {},
): Promise<object> => {
  if (letter === undefined) throw new Error('no such letter has left');
  const at = w.clock.now();
  const event = eventFor(mailOf(letter, at), outcome, { at });
  const said = { ...event, detail: { ...event.detail, ...more } };
  await given(w, said);
  return said;
};

/** A bounce of one kind, as it stands in an event. */
export const bounceOf = (bounceType: string, bounceSubType: string, at: Date, diagnosticCode = '') => ({
  bounce: {
    feedbackId: 'f',
    bounceType,
    bounceSubType,
    timestamp: at.toISOString(),
    bouncedRecipients: [{ emailAddress: 'x@y.example', status: '5.1.1', diagnosticCode }],
  },
});

/** The letter as MIME, as SES makes it of what it was asked and a mail program gets it. */
export const mimeOf = (asked: Asked, region = 'eu-central-1'): Promise<Buffer> => {
  const { Subject, Body, Headers, Attachments } = asked.Content.Simple;
  return new MailComposer({
    from: asked.FromEmailAddress,
    to: asked.Destination.ToAddresses,
    replyTo: asked.ReplyToAddresses,
    subject: Subject.Data,
    text: Body.Text.Data,
    html: Body.Html.Data,
    messageId: `<${asked.id}@${region}.amazonses.com>`,
    headers: Headers.map(({ Name, Value }) => ({ key: Name, value: Value })),
    attachments: Attachments.map(({ FileName, ContentType, RawContent }) => ({
      filename: FileName,
      contentType: ContentType,
      content: Buffer.from(RawContent, 'base64'),
    })),
  })
    .compile()
    .build();
};
