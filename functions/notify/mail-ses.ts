import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import type { OutgoingMessage } from '../../schemas/message.ts';
import { objectKey } from '../deals/file-names.ts';
import { readBytes } from '../deals/file-store.ts';
import { environment } from '../shared/environment.ts';
import { deliverable, isTooLarge, tooLarge } from './deliverable.ts';
import type { Envelope } from './envelope.ts';
import { type Letter, oneLine } from './letter.ts';

/** What became of one call: taken, refused for good, or not now (a letter whose answer was lost may have left all the same). */
export type Sent =
  | { readonly as: 'sent'; readonly providerId: string }
  | { readonly as: 'refused'; readonly problem: string }
  | { readonly as: 'later'; readonly problem: string };

let client: SESv2Client | undefined;

/** Makes the client anew, for a host that runs one system after another in a process. */
export const forgetMail = (): void => {
  client?.destroy();
  client = undefined;
};

/** Refused because of the letter or its address: sending it again will not help. */
const forGood = new Set(['MessageRejected', 'BadRequestException']);

// SES takes no others in the value of a tag; an id of ours has others only where a person chose it.
const isTag = (value: string): boolean => /^[A-Za-z0-9_-]{1,256}$/.test(value);

const tagsOf = ({ id, deal }: OutgoingMessage) =>
  Object.entries({ message: id, deal }).flatMap(([Name, Value]) =>
    Value === undefined || !isTag(Value) ? [] : [{ Name, Value }],
  );

/** Sends one letter by SES, in one call that is not repeated: SES knows no key by which it would tell a repeat. */
export const sendBySes = async (
  message: OutgoingMessage,
  { subject, text, html }: Letter,
  { from, replyTo, headers }: Envelope,
): Promise<Sent> => {
  const to = deliverable(message.to);
  if (to === undefined)
    return { as: 'refused', problem: oneLine(`to: "${message.to}" is no address of one mailbox`) };
  if (isTooLarge(message.attachments, text, html)) return { as: 'refused', problem: tooLarge.en };
  const files = await Promise.all(
    (message.attachments ?? []).map(async ({ deal, id, name, type }) => ({
      FileName: oneLine(name),
      ContentType: type,
      RawContent: await readBytes(objectKey(deal, id, name)),
    })),
  );
  // A repeat of the SDK's own would send a letter twice whose answer was lost.
  client ??= new SESv2Client({ maxAttempts: 1 });
  const { MAIL_CONFIGURATION_SET } = environment();
  const data = (Data: string) => ({ Data, Charset: 'UTF-8' });
  try {
    const { MessageId } = await client.send(
      new SendEmailCommand({
        FromEmailAddress: from,
        Destination: { ToAddresses: [to] },
        ...(replyTo === undefined ? {} : { ReplyToAddresses: [replyTo] }),
        Content: {
          Simple: {
            Subject: data(subject),
            Body: { Text: data(text), Html: data(html) },
            ...(files.length === 0 ? {} : { Attachments: files }),
            Headers: [...headers],
          },
        },
        EmailTags: tagsOf(message),
        ConfigurationSetName: MAIL_CONFIGURATION_SET,
      }),
    );
    return MessageId === undefined
      ? { as: 'later', problem: 'SES answered without an id' }
      : { as: 'sent', providerId: MessageId };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return {
      as: forGood.has(error.name) ? 'refused' : 'later',
      problem: oneLine(`${error.name}: ${error.message}`),
    };
  }
};
