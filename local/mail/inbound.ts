import { createHash } from 'node:crypto';

/** What SES does with letters to some of the recipients: puts them down, and calls a function. */
export type ReceiptRule = {
  /** whole addresses, domains, or `.domain` for what is below it */
  recipients: readonly string[];
  bucket: string;
  prefix: string;
  functionArn: string;
};

export type VerdictName = 'spam' | 'virus' | 'spf' | 'dkim' | 'dmarc';

/** How a letter came: what SMTP was told, and what SES thinks of it. */
export type Envelope = {
  /** who it is returned to; empty where nobody */
  from: string;
  to: readonly string[];
  /** `PASS` where nothing is said */
  verdicts?: Partial<Record<VerdictName, string>>;
};

/** SES takes no larger one. */
export const largestLetter = 40 * 1024 * 1024;

/** Nobody here takes letters for these. */
export class NoSuchRecipient extends Error {
  override readonly name = 'NoSuchRecipient';
}

const isFor = (recipient: string, address: string): boolean => {
  const [wanted, given] = [recipient.toLowerCase(), address.toLowerCase()];
  const domain = given.slice(given.lastIndexOf('@') + 1);
  if (wanted.startsWith('.')) return domain.endsWith(wanted);
  return wanted.includes('@') ? wanted === given : wanted === domain;
};

/** Headers as SES tells of them: unfolded, of the first kilobytes. */
const headersOf = (raw: Buffer): { name: string; value: string }[] => {
  const [head = ''] = raw
    .subarray(0, 10_000)
    .toString('latin1')
    .split(/\r?\n\r?\n/, 1);
  return head
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)
    .flatMap((line) => {
      const at = line.indexOf(':');
      return at <= 0 ? [] : [{ name: line.slice(0, at), value: line.slice(at + 1).trim() }];
    });
};

/** The event that SES calls a function with, in its words. */
export const receiptEvent = (
  raw: Buffer,
  messageId: string,
  { from, verdicts = {}, to }: Envelope,
  { recipients, functionArn, at }: { recipients: readonly string[]; functionArn: string; at: Date },
) => {
  const headers = headersOf(raw);
  const said = (name: string) => headers.find((one) => one.name.toLowerCase() === name)?.value;
  const verdict = (name: VerdictName) => ({ status: verdicts[name] ?? 'PASS' });
  const timestamp = at.toISOString();
  return {
    Records: [
      {
        eventSource: 'aws:ses',
        eventVersion: '1.0',
        ses: {
          mail: {
            timestamp,
            source: from,
            messageId,
            destination: [...to],
            headersTruncated: raw.length > 10_000,
            headers,
            commonHeaders: {
              returnPath: from,
              from: [said('from') ?? ''],
              to: [said('to') ?? ''],
              ...(said('date') === undefined ? {} : { date: said('date') }),
              ...(said('message-id') === undefined ? {} : { messageId: said('message-id') }),
              ...(said('subject') === undefined ? {} : { subject: said('subject') }),
            },
          },
          receipt: {
            timestamp,
            processingTimeMillis: 574,
            recipients: [...recipients],
            spamVerdict: verdict('spam'),
            virusVerdict: verdict('virus'),
            spfVerdict: verdict('spf'),
            dkimVerdict: verdict('dkim'),
            dmarcVerdict: verdict('dmarc'),
            ...(verdicts.dmarc === undefined || verdicts.dmarc === 'PASS' ? {} : { dmarcPolicy: 'none' }),
            action: { type: 'Lambda', functionArn, invocationType: 'Event' },
          },
        },
      },
    ],
  };
};

/** The other half of SES: takes a letter that comes, as the rules of the template say. */
export type Inbound = {
  /** @returns the id under which it was taken; @throws {NoSuchRecipient} */
  receive(raw: Buffer, envelope: Envelope): Promise<string>;
};

/**
 * @param parts.put - stores the letter as it came
 * @param parts.accept - takes the event for a function; kept when it returns
 */
export const createInbound = (parts: {
  rules: readonly ReceiptRule[];
  put(bucket: string, key: string, raw: Buffer): Promise<void>;
  accept(functionArn: string, event: unknown): unknown;
  now(): Date;
}): Inbound => {
  let taken = 0;
  // Told apart by when they came and in which order, so that whoever plays the same letters again gets the same ids.
  const idOf = (raw: Buffer, at: Date): string => {
    taken += 1;
    return createHash('sha256')
      .update(`${at.toISOString()} ${taken}\n`)
      .update(raw)
      .digest('hex')
      .slice(0, 40);
  };
  const receive = async (raw: Buffer, envelope: Envelope): Promise<string> => {
    const rules = parts.rules.flatMap((rule) => {
      const recipients = envelope.to.filter((address) => rule.recipients.some((one) => isFor(one, address)));
      return recipients.length === 0 ? [] : [{ ...rule, recipients }];
    });
    if (rules.length === 0)
      throw new NoSuchRecipient(
        `550 5.1.1 nobody here takes letters for ${envelope.to.join(', ')}; rules are for ${parts.rules.flatMap(({ recipients }) => recipients).join(', ') || 'nobody'}`,
      );
    const at = parts.now();
    const messageId = idOf(raw, at);
    for (const { bucket, prefix, functionArn, recipients } of rules) {
      await parts.put(bucket, `${prefix}${messageId}`, raw);
      await parts.accept(
        functionArn,
        receiptEvent(raw, messageId, envelope, { recipients, functionArn, at }),
      );
    }
    return messageId;
  };
  return { receive };
};
