import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packOf } from '../../local/world/pack-of.ts';
import type { LedgerEntry } from '../../schemas/ledger.ts';
import type { Currency } from '../../schemas/money.ts';
import { field, pipeline, t } from '../../statemachines/vocabulary/index.ts';
import { companyOf } from '../access/company.ts';
import type { Card } from '../deals/card.ts';
import { contextFor } from '../deals/context.ts';
import { bareCard, newDeal } from '../deals/new-deal.ts';
import { type Entering, enter } from './enter.ts';
import { settle } from './settle.ts';

const title = t('x', 'x');

/** Money in two currencies, as the climate company and the shoe maker keep theirs, in one. */
const trade = packOf('trade', [
  pipeline({
    id: 'trade',
    kind: 'deal',
    title,
    prefix: 'T',
    start: 'open',
    fields: {
      paidUah: field.total(title, 'UAH', ['payment', 'refund']),
      paidUsd: field.total(title, 'USD', ['payment', 'refund']),
      waiting: field.total(title, 'UAH', ['payment', 'refund'], { state: 'pending' }),
      byCard: field.total(title, 'USD', ['payment', 'refund'], { accounts: ['card'] }),
      payments: field.total(title, 'UAH', ['payment'], { count: true }),
      shipped: field.total(title, 'USD', ['shipment']),
    },
    stages: { open: { title, aim: title, outcome: 'won', moves: [] } },
  }),
]);

const context = contextFor('trade', {
  now: new Date('2026-02-02T06:00:00Z'),
  by: { system: 'test' },
  reader: undefined,
  company: companyOf([trade], []),
});

type Doing =
  | { do: 'enter'; given: Omit<Entering, 'id' | 'source'> }
  | { do: 'correct'; entry: number; part: number }
  | { do: 'decide'; state: 'approved' | 'returned' }
  | { do: 'again'; entry: number };

const amount = fc.record({
  amount: fc.integer({ min: 1, max: 10_000_000 }),
  currency: fc.constantFrom<Currency>('UAH', 'USD'),
});
const doing: fc.Arbitrary<Doing> = fc.oneof(
  fc
    .record({
      kind: fc.constantFrom<LedgerEntry['kind']>('payment', 'payment', 'refund', 'shipment'),
      amount,
      rate: fc.constantFrom(undefined, '41.50', '0.024'),
      state: fc.constantFrom(undefined, 'pending' as const),
      account: fc.constantFrom('bank', 'card'),
    })
    .map(
      ({ kind, amount, rate, ...more }): Doing => ({
        do: 'enter',
        given:
          kind === 'shipment'
            ? { kind, amount: { ...amount, currency: 'USD' }, ...more }
            : { kind, amount, rate, ...more },
      }),
    ),
  fc
    .tuple(fc.nat(20), fc.integer({ min: 1, max: 100 }))
    .map(([entry, part]): Doing => ({ do: 'correct', entry, part })),
  fc.constantFrom<Doing>({ do: 'decide', state: 'approved' }, { do: 'decide', state: 'returned' }),
  fc.nat(20).map((entry): Doing => ({ do: 'again', entry })),
);

const entered = (card: Card, given: Entering): Card => {
  try {
    const outcome = enter(card, given, context);
    return outcome.ok ? outcome.value : card;
  } catch (error) {
    // A rate at which an amount comes to nothing is the caller's to mend.
    if (error instanceof Error && error.name === 'BadInput') return card;
    throw error;
  }
};

const done = (card: Card, step: Doing, n: number): Card => {
  const at = (place: number) => card.ledger[place % Math.max(1, card.ledger.length)];
  switch (step.do) {
    case 'enter':
      return entered(card, { ...step.given, id: `e${n}`, source: 'test' });
    case 'correct': {
      const wrong = at(step.entry);
      if (wrong === undefined) return card;
      const amount = Math.max(1, Math.floor((wrong.amount.amount * step.part) / 100));
      return entered(card, {
        id: `e${n}`,
        source: 'test',
        kind: wrong.kind,
        amount: { ...wrong.amount, amount },
        corrects: wrong.id,
      });
    }
    case 'decide':
      return settle(card, step.state, undefined, context);
    case 'again': {
      const entry = at(step.entry);
      return entry === undefined ? card : entered(card, { ...entry, state: undefined });
    }
    default:
      return step satisfies never;
  }
};

/** The totals once more, by other words than the ledger's own: entry by entry, each signed by its story. */
const recounted = (ledger: readonly LedgerEntry[]) => {
  const totals = { paidUah: 0, paidUsd: 0, waiting: 0, byCard: 0, payments: 0, shipped: 0 };
  const taken = new Map<string, number>();
  for (const { corrects, amount } of ledger)
    if (corrects !== undefined) taken.set(corrects, (taken.get(corrects) ?? 0) + amount.amount);
  for (const entry of ledger) {
    if (entry.state === 'returned') continue;
    const both = [entry.amount, ...(entry.converted ? [entry.converted] : [])];
    const worth = (currency: Currency) => both.find((one) => one.currency === currency)?.amount ?? 0;
    let sign = entry.kind === 'refund' ? -1 : 1;
    if (entry.corrects !== undefined) sign = -sign;
    if (entry.state === 'pending') {
      if (entry.kind !== 'shipment') totals.waiting += sign * worth('UAH');
    } else if (entry.kind === 'shipment') totals.shipped += sign * worth('USD');
    else {
      totals.paidUah += sign * worth('UAH');
      totals.paidUsd += sign * worth('USD');
      if (entry.account === 'card') totals.byCard += sign * worth('USD');
      const left = entry.amount.amount - (taken.get(entry.id) ?? 0);
      if (entry.kind === 'payment' && entry.corrects === undefined && left > 0) totals.payments += 1;
    }
  }
  return totals;
};

test('after any entries, decisions and corrections, in two currencies and said twice, totals are those of a recount', () => {
  fc.assert(
    fc.property(fc.array(doing, { maxLength: 25 }), (steps) => {
      const fresh = newDeal({ id: 'd1' as never, number: 'T-1', title: 'x' }, context);

      const card = steps.reduce<Card>(done, bareCard(fresh));

      expect(card.deal.totals).toEqual(recounted(card.ledger));
      for (const { id, amount } of card.ledger) {
        const corrections = card.ledger.filter(({ corrects }) => corrects === id);
        const sum = corrections.reduce((all, one) => all + one.amount.amount, 0);
        expect(sum).toBeLessThanOrEqual(amount.amount); // nothing is taken back twice
      }
    }),
    { numRuns: 300 },
  );
});
