import * as z from 'zod';
import { EntityId, Slug } from '../ids.ts';
import { Money } from '../money.ts';
import { Payment } from '../payment.ts';
import { Reconciliation } from '../reconciliation.ts';
import { Day } from '../time.ts';
import { endpoint, rawEndpoint } from './endpoint.ts';
import { DealView, IdParam, None } from './shapes.ts';

const PaymentParam = IdParam.extend({ payment: EntityId });
const RefundParam = PaymentParam.extend({ refund: EntityId });
const PackParam = z.strictObject({ pack: Slug });
const Reason = z.string().trim().min(1).max(300);
const service = 'payments' as const;

/** A payment as people see it: with the link for the client, without the keys of the gateway. */
export const PaymentView = Payment.omit({ token: true, opKey: true, task: true, asks: true }).extend({
  link: z.url(),
});
export type PaymentView = z.infer<typeof PaymentView>;

/** One payment after something was done with it, and its deal. */
export const PaymentDone = z.strictObject({ payment: PaymentView, deal: DealView });

/** Money asked of clients, and what is given back. */
export const payments = {
  'payments.list': endpoint({
    method: 'GET',
    path: '/v1/deals/{id}/payments',
    service,
    params: IdParam,
    query: None,
    body: None,
    summary: 'What was asked of the client of a deal by links, the oldest first, and what became of it',
    answer: z.strictObject({ items: z.array(PaymentView) }),
  }),
  'payments.open': endpoint({
    method: 'POST',
    path: '/v1/deals/{id}/payments',
    service,
    status: 201,
    params: IdParam,
    query: None,
    body: z.strictObject({
      amount: Money,
      /** what the client reads on the bill */
      description: z.string().trim().min(1).max(100),
      /** a payment whose place this one takes: whoever waits for that one waits for this */
      replaces: EntityId.optional(),
    }),
    summary: 'Make a link by which the client of a deal pays',
    answer: PaymentDone,
  }),
  'payments.cancel': endpoint({
    method: 'POST',
    path: '/v1/deals/{id}/payments/{payment}/cancel',
    service,
    params: PaymentParam,
    query: None,
    body: z.strictObject({ reason: Reason }),
    summary: 'Take a link back; whoever waits for its money goes on',
    answer: PaymentDone,
  }),
  'payments.accept': endpoint({
    method: 'POST',
    path: '/v1/deals/{id}/payments/{payment}/accept',
    service,
    params: PaymentParam,
    query: None,
    body: z.strictObject({ reason: Reason }),
    summary: 'Take a payment that came with another amount for what was asked',
    answer: PaymentDone,
  }),
  'payments.refund': endpoint({
    method: 'POST',
    path: '/v1/deals/{id}/payments/{payment}/refund',
    service,
    status: 202,
    params: PaymentParam,
    query: None,
    body: z.strictObject({
      /** all that is left where it is absent */
      amount: Money.optional(),
      reason: Reason,
    }),
    summary: 'Give a payment back, or a part of it; the ledger says so when the client has it',
    answer: PaymentDone,
  }),
  'payments.refund.end': endpoint({
    method: 'POST',
    path: '/v1/deals/{id}/payments/{payment}/refunds/{refund}',
    service,
    params: RefundParam,
    query: None,
    body: z.strictObject({ made: z.boolean(), reason: Reason }),
    summary: 'Say whether a refund was made of which the gateway has not answered',
    answer: PaymentDone,
  }),
  'payments.hold': endpoint({
    method: 'POST',
    path: '/v1/deals/{id}/payments/{payment}/hold',
    service,
    status: 202,
    params: PaymentParam,
    query: None,
    body: z.strictObject({ do: z.enum(['take', 'release']), reason: Reason }),
    summary: 'Take money that is held on the client’s card, or let it go',
    answer: PaymentDone,
  }),
  'payments.second-receipt': endpoint({
    method: 'POST',
    path: '/v1/deals/{id}/payments/{payment}/second-receipt',
    service,
    status: 202,
    params: PaymentParam,
    query: None,
    body: None,
    summary: 'Have the closing receipt made of a payment that was made beforehand',
    answer: PaymentDone,
  }),
  'payments.reconciliations': endpoint({
    method: 'GET',
    path: '/v1/payments/reconciliations',
    service,
    params: None,
    query: z.strictObject({ pack: Slug.optional(), from: Day.optional() }),
    body: None,
    summary: 'Daily comparisons of what the payment system says with the ledger, the newest first',
    answer: z.strictObject({ items: z.array(Reconciliation) }),
  }),
  'payments.page': rawEndpoint({
    method: 'GET',
    path: '/v1/pay/{token}',
    service,
    params: z.strictObject({ token: z.string().min(1).max(60) }),
    summary: 'The page on which a client pays',
  }),
  'payments.success': rawEndpoint({
    method: 'GET',
    path: '/v1/pay/success',
    service,
    params: None,
    summary: 'The page to which a client comes back from the gateway',
  }),
  'payments.success.post': rawEndpoint({
    method: 'POST',
    path: '/v1/pay/success',
    service,
    params: None,
    summary: 'The same, where the gateway is set to send a form',
  }),
  'payments.fail': rawEndpoint({
    method: 'GET',
    path: '/v1/pay/fail',
    service,
    params: None,
    summary: 'The page to which a client comes back who did not pay',
  }),
  'payments.fail.post': rawEndpoint({
    method: 'POST',
    path: '/v1/pay/fail',
    service,
    params: None,
    summary: 'The same, where the gateway is set to send a form',
  }),
  'payments.result': rawEndpoint({
    method: 'POST',
    path: '/v1/webhooks/robokassa/{pack}/result',
    service,
    callback: true,
    maxBytes: 16_384,
    params: PackParam,
    summary: 'Robokassa says that an invoice was paid (ResultURL)',
  }),
  'payments.result.get': rawEndpoint({
    method: 'GET',
    path: '/v1/webhooks/robokassa/{pack}/result',
    service,
    callback: true,
    maxBytes: 16_384,
    params: PackParam,
    summary: 'The same, where the shop is set to ask for an address',
  }),
  'payments.result2': rawEndpoint({
    method: 'POST',
    path: '/v1/webhooks/robokassa/{pack}/result2',
    service,
    callback: true,
    maxBytes: 16_384,
    params: PackParam,
    summary: 'Robokassa says so by a signed notification (ResultUrl2)',
  }),
};
