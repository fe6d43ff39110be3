import * as z from 'zod';
import { DealId, Slug } from '../ids.ts';
import { Money } from '../money.ts';
import { Instant } from '../time.ts';
import { endpoint, rawEndpoint } from './endpoint.ts';
import { IdParam, MessageView, None } from './shapes.ts';

const Words = z.string().trim().min(1).max(1000);

/** How a text goes to a phone, before it does. */
export const SmsPreview = z.strictObject({
  /** as it is sent: with plain quotes and dashes where that makes it cheaper */
  text: z.string(),
  encoding: z.enum(['GSM-7', 'UCS-2']),
  parts: z.int().nonnegative(),
  /** signs that still fit into the last part */
  left: z.int().nonnegative(),
  /** what it costs, where the company knows it */
  price: Money.optional(),
  /** of a deal: whether its client's number takes messages, whether they are wanted, and until when it is night there */
  client: z
    .strictObject({
      takesSms: z.boolean(),
      wantsNone: z.boolean(),
      quietUntil: Instant.optional(),
    })
    .optional(),
});
export type SmsPreview = z.infer<typeof SmsPreview>;

/** Messages to phones. */
export const smsApi = {
  'sms.preview': endpoint({
    method: 'POST',
    path: '/v1/sms/preview',
    service: 'outbox',
    params: None,
    query: None,
    body: z.strictObject({ text: Words, deal: DealId.optional() }),
    summary:
      'Into how many parts a text is cut on its way to a phone, what is left of the last, and what it costs',
    answer: SmsPreview,
  }),
  'sms.send': endpoint({
    method: 'POST',
    path: '/v1/deals/{id}/sms',
    service: 'outbox',
    status: 202,
    params: IdParam,
    query: None,
    body: z.strictObject({ text: Words }),
    summary: 'Write to the phone of the client of a deal',
    answer: MessageView,
  }),
  'sms.hear': rawEndpoint({
    method: 'POST',
    path: '/v1/webhooks/sms/{pack}/{provider}/{token}',
    service: 'outbox',
    callback: true,
    maxBytes: 16_384,
    params: z.strictObject({
      pack: Slug,
      provider: z.enum(['smsaero', 'smsc']),
      token: z.string().min(1).max(80),
    }),
    summary: 'An SMS gateway says what became of a message, or what a client answered',
  }),
};
