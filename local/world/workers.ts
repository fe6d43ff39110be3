import { handler as webhooks } from '../../functions/webhooks/work.handler.ts';

/** What a function of ours is called with, and does. */
export type Handler = (event: unknown) => Promise<unknown>;

/** A function that makes the calls of providers and acts upon what they say. */
export type Worker = { readonly providers: readonly string[]; readonly handler: Handler };

/** Messages to phones, as letters, leave a world where it is to send any. */
export const phonesRule = {
  name: 'sms-also',
  busArn: 'world',
  pattern: { 'detail-type': ['message.queued'], detail: { data: { channel: ['sms'] } } },
  state: 'ENABLED' as const,
  targets: [{ id: 'sms', arn: 'arn:aws:lambda:eu-central-1:000000000000:function:world-sms' }],
};

/** The workers of the product by the names of their functions; a world may be given others beside them. */
export const workers: Readonly<Record<string, Worker>> = {
  'delivery-work': {
    providers: ['cdek'],
    handler: async (event) =>
      (await import('../../functions/delivery/work.handler.ts')).handler(event as never, {} as never),
  },
  'payments-work': {
    providers: ['robokassa'],
    handler: async (event) =>
      (await import('../../functions/payments/work.handler.ts')).handler(event as never, {} as never),
  },
  webhooks: { providers: ['webhook'], handler: webhooks },
  sms: {
    providers: ['smsaero', 'smsc', 'sns'],
    handler: async (event) =>
      (await import('../../functions/sms/work.handler.ts')).handler(event as never, {} as never),
  },
};

/** The rule by which a worker hears of its providers, as the template has it. */
export const ruleOf = (name: string, { providers }: Worker, busArn: string) => ({
  name,
  busArn,
  pattern: {
    'detail-type': ['call.queued', 'call.given-up', 'outside.received'],
    detail: { data: { provider: [...providers] } },
  },
  state: 'ENABLED' as const,
  targets: [{ id: name, arn: workerArnIn(name) }],
});

/** The ARN of a worker of a world. */
export const workerArnIn = (name: string): string =>
  `arn:aws:lambda:eu-central-1:000000000000:function:world-${name}`;
