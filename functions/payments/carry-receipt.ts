import * as z from 'zod';
import type { Payment } from '../../schemas/payment.ts';
import { instantOf } from '../../schemas/time.ts';
import type { Carry } from '../calls/carry.ts';
import { act } from '../deals/act.ts';
import { type Card, readCard } from '../deals/card.ts';
import { type Context, done, type Outcome, refused } from '../deals/context.ts';
import { clientOf } from '../notify/client.ts';
import { publicUrl } from '../shared/public-url.ts';
import { askAccountant } from './accountant.ts';
import { PaymentInput } from './ask-after.ts';
import { noReceipt } from './refusals.ts';
import { attachReceipt, receiptState } from './robokassa/second-receipt.ts';
import { shopOf } from './robokassa/shop.ts';
import { byGateway } from './settle-now.ts';
import { isPaid, paymentOn, withPayment } from './state.ts';

const Email = z.email();

const prepaid = ['full_prepayment', 'prepayment', 'advance'];

type Second = NonNullable<NonNullable<Payment['receipt']>['second']>;

const withSecond = (card: Card, payment: Payment, second: Second): Card =>
  payment.receipt === undefined
    ? card
    : withPayment(card, { ...payment, receipt: { ...payment.receipt, second } });

/** Asks for the closing receipt of a payment that was made beforehand, under a number of its own; once, unless it failed. */
export const askSecondReceipt = (card: Card, id: string, number: number, context: Context): Outcome<Card> => {
  const payment = paymentOn(card, id);
  const { receipt } = payment;
  const isTheirs = receipt?.sno !== undefined && prepaid.includes(receipt.method);
  const isAsked = receipt?.second !== undefined && receipt.second.state !== 'failed';
  if (!isPaid(payment) || !isTheirs || isAsked) return refused(noReceipt());
  return done(withSecond(card, payment, { id: number, state: 'asked', at: instantOf(context.now) }));
};

const secondIs = (payment: Payment, state: Second['state'], problem?: string) =>
  act(
    payment.deal,
    (card, context) => {
      const now = paymentOn(card, payment.id);
      const second = now.receipt?.second;
      if (second === undefined || second.state === state) return done(card);
      const after = withSecond(card, now, {
        ...second,
        state,
        at: instantOf(context.now),
        ...(problem === undefined ? {} : { problem: problem.slice(0, 300) }),
      });
      if (state !== 'failed') return done(after);
      return done(
        askAccountant(
          after,
          `${payment.id}:receipt:${second.id}`,
          {
            ru: `Счёт ${payment.invoice}: второй чек не сделан`,
            en: `Invoice ${payment.invoice}: no closing receipt`,
          },
          {
            ru: `Робокасса не сделала закрывающий чек: ${problem ?? '—'}. Исправьте причину и попросите его снова.`,
            en: `Robokassa did not make the closing receipt: ${problem ?? '—'}. Mend the cause and ask for it again.`,
          },
          context,
        ),
      );
    },
    { by: byGateway },
  );

/** Has the closing receipt made, and asks after it until the tax office has it. */
export const carryReceipt: Carry = async (call, { table }) => {
  const { deal, payment: id } = PaymentInput.parse(call.input);
  const card = await readCard(table, deal);
  const payment = paymentOn(card, id);
  const { receipt } = payment;
  if (receipt?.second === undefined || receipt.second.state !== 'asked')
    return { as: 'done', answer: receipt?.second?.state ?? 'no receipt' };
  const shop = await shopOf(payment.pack, payment.test);
  if (call.attempts > 1) {
    const known = await receiptState(shop, receipt.second.id);
    if (known.as === 'waiting') return { as: 'waiting', afterSeconds: 300, answer: 'being registered' };
    if (known.as === 'registered') {
      await secondIs(payment, 'given');
      return { as: 'done', answer: 'registered' };
    }
    if (known.as === 'failed') {
      await secondIs(payment, 'failed', known.reason);
      return { as: 'done', answer: `failed: ${known.reason}` };
    }
  }
  const email = Email.safeParse((await clientOf(card.deal, table))?.email).data;
  const { sno, object, lines } = receipt;
  if (sno === undefined) return { as: 'refused', problem: 'the shop’s settings name no system of taxation' };
  const answer = await attachReceipt(shop, {
    number: receipt.second.id,
    invoice: payment.invoice,
    receipt: {
      sno,
      lines: lines.map(({ name, quantity, sum, tax }) => ({
        name,
        quantity,
        kopecks: sum,
        tax,
        object,
        method: 'full_payment' as const,
      })),
    },
    url: publicUrl('/'),
    ...(email === undefined ? {} : { email }),
  });
  if (answer.as === 'taken') return { as: 'waiting', afterSeconds: 60, answer: 'taken' };
  await secondIs(payment, 'failed', answer.reason);
  return { as: 'done', answer: `refused: ${answer.reason}` };
};

export const receiptFailed = async (
  call: Parameters<Carry>[0],
  { table }: Parameters<Carry>[1],
): Promise<void> => {
  const { deal, payment: id } = PaymentInput.parse(call.input);
  await secondIs(paymentOn(await readCard(table, deal), id), 'failed', call.problem);
};
