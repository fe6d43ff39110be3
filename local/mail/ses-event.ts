import { randomUUID } from 'node:crypto';
import { wholeSeconds } from '../bus/put-events.ts';
import { type BusEvent, type Place, somewhere } from '../bus/rule.ts';
import type { Mail } from './mailbox.ts';

/** What becomes of a letter after SES took it. */
export type MailOutcome = 'sent' | 'delivered' | 'delayed' | 'bounced' | 'complaint';

/**
 * The event that SES puts on the default bus when a letter meets its outcome, for each of its recipients.
 *
 * @param options.at - when it happens; the moment of sending when left out
 * @param options.configurationSet - the one whose event destination it is; the letter's own when left out
 */
export const eventFor = (
  mail: Mail,
  outcome: MailOutcome,
  options: { at?: Date; place?: Place; configurationSet?: string } = {},
): BusEvent => {
  const { account, region } = options.place ?? somewhere;
  const at = options.at ?? new Date(mail.at);
  const set = options.configurationSet ?? mail.configurationSet ?? 'default';
  const recipients = [...mail.to, ...mail.cc, ...mail.bcc];
  const tags = Object.fromEntries(Object.entries(mail.tags).map(([name, value]) => [name, [value]]));
  const { type, detail } = outcomeOf(outcome, recipients, at);
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': type,
    source: 'aws.ses',
    account,
    time: wholeSeconds(at),
    region,
    resources: [`arn:aws:ses:${region}:${account}:configuration-set/${set}`],
    detail: {
      ...detail,
      mail: {
        timestamp: mail.at,
        source: mail.from,
        sendingAccountId: account,
        messageId: mail.id,
        destination: recipients,
        headersTruncated: false,
        headers: [
          { name: 'From', value: mail.from },
          { name: 'To', value: mail.to.join(', ') },
          { name: 'Subject', value: mail.subject },
          ...mail.headers,
        ],
        commonHeaders: { from: [mail.from], to: mail.to, messageId: mail.id, subject: mail.subject },
        tags: {
          'ses:configuration-set': [set],
          'ses:source-ip': ['127.0.0.1'],
          'ses:from-domain': [mail.from.replace(/^.*@|>.*$/g, '')],
          'ses:caller-identity': ['local'],
          ...tags,
        },
      },
    },
  };
};

const outcomeOf = (
  outcome: MailOutcome,
  recipients: string[],
  at: Date,
): { type: string; detail: BusEvent['detail'] } => {
  const timestamp = at.toISOString();
  const reportingMTA = 'dsn; a4-1.smtp-out.local';
  switch (outcome) {
    case 'sent':
      return { type: 'Email Sent', detail: { eventType: 'Send', send: {} } };
    case 'delivered':
      return {
        type: 'Email Delivered',
        detail: {
          eventType: 'Delivery',
          delivery: {
            timestamp,
            processingTimeMillis: 500,
            recipients,
            smtpResponse: '250 2.0.0 OK',
            reportingMTA,
          },
        },
      };
    case 'delayed':
      return {
        type: 'Email Delivery Delayed',
        detail: {
          eventType: 'DeliveryDelay',
          deliveryDelay: {
            timestamp,
            delayType: 'TransientCommunicationFailure',
            expirationTime: new Date(at.getTime() + 12 * 3_600_000).toISOString(),
            delayedRecipients: recipients.map((emailAddress) => ({
              emailAddress,
              status: '4.4.1',
              diagnosticCode: 'smtp; 421 4.4.1 Unable to connect to remote host',
            })),
          },
        },
      };
    case 'bounced':
      return {
        type: 'Email Bounced',
        detail: {
          eventType: 'Bounce',
          bounce: {
            feedbackId: randomUUID(),
            bounceType: 'Permanent',
            bounceSubType: 'General',
            timestamp,
            reportingMTA,
            bouncedRecipients: recipients.map((emailAddress) => ({
              emailAddress,
              action: 'failed',
              status: '5.1.1',
              diagnosticCode: 'smtp; 550 5.1.1 user unknown',
            })),
          },
        },
      };
    case 'complaint':
      return {
        type: 'Email Complaint Received',
        detail: {
          eventType: 'Complaint',
          complaint: {
            complainedRecipients: recipients.map((emailAddress) => ({ emailAddress })),
            timestamp,
            feedbackId: randomUUID(),
            complaintSubType: null,
            complaintFeedbackType: 'abuse',
            userAgent: 'local',
            arrivalDate: timestamp,
          },
        },
      };
    default:
      return outcome satisfies never;
  }
};
