import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { packOf } from '../../local/world/pack-of.ts';
import { Pack } from '../../schemas/pack.ts';
import { instantOf } from '../../schemas/time.ts';
import { field, pipeline, role, t } from '../../statemachines/vocabulary/index.ts';
import { companyOf } from '../access/company.ts';
import type { Card } from '../deals/card.ts';
import { contextFor, type Outcome } from '../deals/context.ts';
import { bareCard, newDeal } from '../deals/new-deal.ts';
import { cancelPayment, expirePayment } from './end.ts';
import { openPayment } from './open.ts';
import { askRefund, endRefund, refundSent } from './refund.ts';
import { settlePayment } from './settle.ts';
import { paidOf } from './state.ts';

const title = t('x', 'x');
const pack = Pack.parse({
  ...packOf('trade', [
    pipeline({
      id: 'trade',
      kind: 'deal',
      title,
      prefix: 'T',
      start: 'open',
      fields: { paid: field.total(title, 'RUB', ['payment', 'refund']) },
      stages: { open: { title, aim: title, outcome: 'won', moves: [] } },
    }),
  ]),
  integrations: { robokassa: { accountant: [role('accountant')] } },
});
const now = new Date('2026-02-02T06:00:00Z');
const context = contextFor('trade', {
  now,
  by: { system: 'test' },
  reader: undefined,
  company: companyOf([pack], []),
});

type Doing =
  | { do: 'open'; n: number; amount: number }
  | { do: 'cancel' | 'expire'; n: number }
  | { do: 'settle'; n: number; sum: number }
  | { do: 'ask'; n: number; refund: number; amount: number | undefined }
  | { do: 'send'; n: number; refund: number }
  | { do: 'end'; n: number; refund: number; end: 'finished' | 'cancelled' | 'unknown' };

const n = fc.nat(1);
const refund = fc.nat(1);
const sum = fc.integer({ min: 100, max: 400 });
const part = fc.integer({ min: 1, max: 200 });
const doing: fc.Arbitrary<Doing> = fc.oneof(
  fc.record({ do: fc.constant('open' as const), n, amount: sum }),
  fc.record({ do: fc.constantFrom('cancel' as const, 'expire' as const), n }),
  fc.record({ do: fc.constant('settle' as const), n, sum }),
  fc.record({ do: fc.constant('ask' as const), n, refund, amount: fc.option(part, { nil: undefined }) }),
  fc.record({ do: fc.constant('send' as const), n, refund }),
  fc.record({
    do: fc.constant('end' as const),
    n,
    refund,
    end: fc.constantFrom('finished' as const, 'cancelled' as const, 'unknown' as const),
  }),
);

const rub = (amount: number) => ({ amount, currency: 'RUB' as const });

const outcomeOf = (card: Card, step: Doing): Outcome<Card> => {
  const id = `p${step.n}`;
  const named = 'refund' in step ? `r${step.n}.${step.refund}` : '';
  switch (step.do) {
    case 'open':
      return openPayment(
        card,
        {
          id,
          invoice: step.n + 1,
          token: 'x'.repeat(40),
          amount: rub(step.amount),
          description: 'x',
          test: false,
        },
        context,
      );
    case 'cancel':
      return cancelPayment(card, id, 'x', context);
    case 'expire':
      return expirePayment(card, id, context);
    case 'settle':
      return settlePayment(card, id, { sum: step.sum, at: instantOf(now) }, context);
    case 'ask': {
      const amount = step.amount === undefined ? undefined : rub(step.amount);
      return askRefund(card, id, { refund: named, amount, reason: 'x' }, context);
    }
    case 'send':
      return refundSent(card, id, named);
    case 'end':
      return endRefund(card, id, named, { end: step.end }, context);
    default:
      return step satisfies never;
  }
};

const after = (card: Card, step: Doing): Card => {
  try {
    const outcome = outcomeOf(card, step);
    return outcome.ok ? outcome.value : card;
  } catch (error) {
    if (error instanceof Error && error.name === 'NotFound') return card;
    throw error;
  }
};

test('in whatever order and however often things are said, money is entered once and no more of it goes back', () => {
  fc.assert(
    fc.property(fc.array(doing, { minLength: 20, maxLength: 60, size: 'max' }), (some) => {
      const steps: Doing[] = [
        { do: 'open', n: 0, amount: 400 },
        { do: 'settle', n: 0, sum: 400 },
        { do: 'ask', n: 0, refund: 0, amount: 150 },
        ...some,
      ];
      const fresh = newDeal({ id: 'd1' as never, number: 'T-1', title: 'x' }, context);

      const card = steps.reduce<Card>(after, bareCard(fresh));

      for (const payment of card.payments) {
        const entries = card.ledger.filter(({ externalId = '' }) =>
          externalId.startsWith(`trade:${payment.invoice}`),
        );
        const paid = entries.filter(({ kind }) => kind === 'payment');
        expect(paid.map(({ amount }) => amount)).toEqual(
          payment.paidAt === undefined ? [] : [paidOf(payment)],
        );
        const finished = payment.refunds.filter(({ state }) => state === 'finished');
        const back = (list: readonly { amount: { amount: number } }[]) =>
          list.reduce((all, { amount }) => all + amount.amount, 0);
        expect(back(entries.filter(({ kind }) => kind === 'refund'))).toBe(back(finished));
        expect(back(payment.refunds.filter(({ state }) => state !== 'cancelled'))).toBeLessThanOrEqual(
          paidOf(payment).amount,
        );
      }
      expect(card.deal.totals.paid).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: 400 },
  );
});
