import * as z from 'zod';
import { Slug } from '../../schemas/ids.ts';
import type { LedgerEntry } from '../../schemas/ledger.ts';
import { type Money, printMoney } from '../../schemas/money.ts';
import type { Payment } from '../../schemas/payment.ts';
import { type PaymentDifference, Reconciliation } from '../../schemas/reconciliation.ts';
import { Day, instantOf } from '../../schemas/time.ts';
import type { Carry, Doing, Outcome } from '../calls/carry.ts';
import { callOnce } from '../calls/queue.ts';
import { act } from '../deals/act.ts';
import { type Card, readCard } from '../deals/card.ts';
import { done } from '../deals/context.ts';
import { leftOf } from '../ledger/counting.ts';
import { addDays } from '../schedule/days.ts';
import { localDay } from '../schedule/local-time.ts';
import { paymentsKey, reconciliationsKey } from '../shared/keys.ts';
import { idOf } from '../shared/new-id.ts';
import { contentOf, paymentOf } from '../shared/rows.ts';
import type { Table } from '../shared/table/port.ts';
import { askAccountant, tellAccountants } from './accountant.ts';
import { shopOf } from './robokassa/shop.ts';
import { type Asked, askState } from './robokassa/state.ts';
import { externalIdOf, gateway } from './settle.ts';
import { byGateway, settleNow } from './settle-now.ts';
import { isPaid } from './state.ts';

/** Days for which a payment that ended is still asked after: a link that was given up may be paid all the same. */
const lookback = 14;

/** As many invoices as one attempt asks after: it is over long before a function's time. */
const atOnce = 10;

const Input = z.object({ pack: Slug, day: Day });

/** Has every shop of the company compared with its ledger; asked twice on a day, it is done once. */
export const queueReconciliations = async ({ table, company, now }: Doing): Promise<void> => {
  for (const pack of company.packs) {
    if (pack.integrations?.robokassa === undefined) continue;
    const day = localDay(now, pack.zone);
    await callOnce(
      table,
      {
        provider: gateway,
        kind: 'reconcile',
        occasion: `${pack.id}:${day}`,
        pack: pack.id,
        about: `payments of ${day}: compare with the ledger`,
        input: { pack: pack.id, day },
      },
      now,
    );
  }
};

/** Payments of a company that are open, or were written in the last days; those of the test mode are no money. */
const payable = async (table: Table, pack: string, day: Day): Promise<Payment[]> => {
  const found: Payment[] = [];
  for (const state of ['open', 'ended'] as const) {
    const sk = state === 'open' ? {} : { sk: { from: addDays(day, -lookback) } };
    for await (const item of table.all({ index: 'g1', pk: paymentsKey(pack, state), ...sk }))
      found.push(paymentOf(item));
  }
  return found.filter(({ test }) => !test);
};

const read = async (table: Table, pack: string, day: Day): Promise<Reconciliation | undefined> => {
  const row = await table.get({ pk: reconciliationsKey(pack), sk: day }, { consistent: true });
  return row === undefined ? undefined : Reconciliation.parse(contentOf(row));
};

const keep = async (
  table: Table,
  before: Reconciliation | undefined,
  after: Reconciliation,
): Promise<void> => {
  const { pack, day } = after;
  await table.write({
    put: {
      pk: reconciliationsKey(pack),
      sk: day,
      row: 'reconciliation',
      ...after,
      version: (before?.version ?? 0) + 1,
    },
    if: before === undefined ? { absent: true } : { equals: { version: before.version } },
  });
};

/** What the ledger counts of a payment: its entry, without what corrections took back. */
const countedOf = (ledger: readonly LedgerEntry[], payment: Payment): Money => {
  const entry = ledger.find(({ id }) => id === idOf(gateway, externalIdOf(payment)));
  return {
    amount: entry === undefined ? 0 : leftOf(entry, ledger).amount,
    currency: payment.amount.currency,
  };
};

type Found = Pick<PaymentDifference, 'what' | 'ours' | 'theirs'>;

/** What differs between what they say of a payment and what the ledger counts; nothing where both say the same. */
export const differenceOf = (
  payment: Payment,
  card: Pick<Card, 'ledger'>,
  asked: Asked,
): Found | undefined => {
  const isOurs = isPaid(payment);
  const ours = countedOf(card.ledger, payment);
  if (asked.as === 'several') return { what: 'several', ...(isOurs ? { ours } : {}) };
  const isTheirs = asked.as === 'found' && asked.state === 'done';
  if (asked.as === 'found' && asked.state === 'returned' && isOurs) return { what: 'returned', ours };
  if (isOurs && !isTheirs) return { what: 'unknown-there', ours };
  if (!isTheirs || asked.kopecks === undefined) return undefined;
  const theirs: Money = { amount: asked.kopecks, currency: 'RUB' };
  if (!isOurs) return { what: 'late', theirs };
  // The sum of a bill in another currency is in roubles there: nobody can compare it.
  return payment.amount.currency !== 'RUB' || theirs.amount === ours.amount
    ? undefined
    : { what: 'amount', ours, theirs };
};

const words: Record<PaymentDifference['what'], { ru: string; en: string }> = {
  'unknown-there': {
    ru: 'у нас оплачен, а Робокасса такой оплаты не знает',
    en: 'we count it as paid, and Robokassa knows of no payment',
  },
  amount: {
    ru: 'суммы в учёте и в Робокассе разные',
    en: 'the ledger and Robokassa have different sums',
  },
  returned: {
    ru: 'у нас оплачен, а Робокасса вернула деньги покупателю',
    en: 'we count it as paid, and Robokassa gave the money back to the client',
  },
  several: {
    ru: 'по его номеру в Робокассе две операции',
    en: 'two operations of Robokassa go by its number',
  },
  late: {
    ru: 'оплачен, но уведомление не пришло; внесён сейчас',
    en: 'it was paid and nobody told us; it has been entered now',
  },
};

const ofMoney = ({ ours, theirs }: Found): string =>
  [
    ...(ours === undefined ? [] : [`учёт / ledger ${printMoney(ours)}`]),
    ...(theirs === undefined ? [] : [`Robokassa ${printMoney(theirs)}`]),
  ].join(', ');

/** A difference is a task for the accountant, once; what is only late needs none, unless it is flagged for another reason. */
const tellOf = (payment: Payment, found: Found): Promise<unknown> =>
  act(
    payment.deal,
    (card, context) =>
      done(
        askAccountant(
          card,
          `${payment.id}:difference:${found.what}`,
          {
            ru: `Сверка: счёт ${payment.invoice}`,
            en: `Reconciliation: invoice ${payment.invoice}`,
          },
          {
            ru: `Счёт ${payment.invoice} ${words[found.what].ru}. ${ofMoney(found)}.`,
            en: `Invoice ${payment.invoice}: ${words[found.what].en}. ${ofMoney(found)}.`,
          },
          context,
        ),
      ),
    { by: byGateway },
  );

const compare = async (payment: Payment, table: Table): Promise<PaymentDifference | undefined> => {
  const asked = await askState(await shopOf(payment.pack, payment.test), payment.invoice);
  const card = await readCard(table, payment.deal);
  const now = card.payments.find(({ id }) => id === payment.id) ?? payment;
  const found = differenceOf(now, card, asked);
  if (found === undefined) return undefined;
  if (found.what === 'late' && asked.as === 'found' && asked.kopecks !== undefined)
    await settleNow(
      { deal: payment.deal, payment: payment.id },
      { sum: asked.kopecks, at: instantOf(asked.stateAt), opKey: asked.opKey },
    );
  else await tellOf(payment, found);
  const { deal, id, invoice } = payment;
  return { deal, dealNumber: card.deal.number, payment: id, invoice, ...found };
};

const begun = (pack: string, day: Day, now: Date): Reconciliation => ({
  pack,
  day,
  state: 'running',
  asked: [],
  differences: [],
  at: instantOf(now),
  changedAt: instantOf(now),
  version: 1,
});

/**
 * Compares what the gateway says with the ledger, payment by payment, as far as one attempt goes; the next goes on where it
 * ended. While the gateway is away it is tried again, for a day.
 */
export const carryReconciliation: Carry = async (call, { table, now }): Promise<Outcome> => {
  const { pack, day } = Input.parse(call.input);
  const before = await read(table, pack, day);
  if (before?.state === 'done') return { as: 'done', answer: 'done before' };
  const known = before ?? begun(pack, day, now);
  const all = await payable(table, pack, day);
  const asked = new Set(known.asked);
  const left = all.filter(({ invoice }) => !asked.has(invoice));
  const differences = [...known.differences];
  let trouble: unknown;
  for (const payment of left.slice(0, atOnce)) {
    try {
      const found = await compare(payment, table);
      if (found !== undefined) differences.push(found);
      asked.add(payment.invoice);
    } catch (error) {
      trouble = error;
      break;
    }
  }
  const isDone = trouble === undefined && left.length <= atOnce;
  const { problem: _, ...rest } = known;
  await keep(table, before, {
    ...rest,
    state: isDone ? 'done' : 'running',
    asked: [...asked],
    differences,
    changedAt: instantOf(now),
  });
  if (trouble !== undefined) throw trouble;
  return isDone
    ? { as: 'done', answer: `${asked.size} asked after, ${differences.length} differ` }
    : { as: 'waiting', afterSeconds: 1, answer: `${asked.size} asked after` };
};

/** A day that could not be compared is said so, and told. */
export const reconciliationFailed = async (call: Parameters<Carry>[0], doing: Doing): Promise<void> => {
  const { pack, day } = Input.parse(call.input);
  const problem = call.problem ?? '—';
  const before = await read(doing.table, pack, day);
  await keep(doing.table, before, {
    ...(before ?? begun(pack, day, doing.now)),
    state: 'unfinished',
    problem,
    changedAt: instantOf(doing.now),
  });
  await tellAccountants(
    pack,
    {
      occasion: `reconciliation:${pack}:${day}`,
      subject: { ru: `Сверка платежей за ${day} не удалась`, en: `Payments of ${day} could not be compared` },
      body: {
        ru: `Робокасса не отвечала: ${problem}. Завтра сверка захватит и эти дни; срочное посмотрите в кабинете.`,
        en: `Robokassa did not answer: ${problem}. Tomorrow’s comparison covers these days as well; look into the cabinet for what is urgent.`,
      },
    },
    doing,
  );
};
