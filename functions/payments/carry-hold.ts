import * as z from 'zod';
import { instantOf } from '../../schemas/time.ts';
import type { Carry } from '../calls/carry.ts';
import { act } from '../deals/act.ts';
import { readCard } from '../deals/card.ts';
import { done } from '../deals/context.ts';
import { askAccountant } from './accountant.ts';
import { letGo, PaymentInput } from './ask-after.ts';
import { holdIs, isWaiting } from './hold.ts';
import { receiptOut } from './order.ts';
import { cancelHold, confirmHold } from './robokassa/holding.ts';
import { shopOf } from './robokassa/shop.ts';
import { askState } from './robokassa/state.ts';
import { byGateway, settleNow } from './settle-now.ts';
import { isPaid, paymentOn } from './state.ts';

const Input = PaymentInput.extend({ do: z.enum(['take', 'release']) });

/** Takes held money or lets it go. The gateway does not say what came of it: its state does, which is looked at first each time. */
export const carryHold: Carry = async (call, { table }) => {
  const { deal, payment: id, do: what } = Input.parse(call.input);
  const payment = paymentOn(await readCard(table, deal), id);
  if (isPaid(payment) || !isWaiting(payment))
    return { as: 'done', answer: payment.held?.state ?? payment.state };
  const shop = await shopOf(payment.pack, payment.test);
  const asked = await askState(shop, payment.invoice);
  if (asked.as === 'found' && asked.state === 'done' && asked.kopecks !== undefined) {
    const said = { sum: asked.kopecks, at: instantOf(asked.stateAt), opKey: asked.opKey };
    await settleNow({ deal, payment: id }, said);
    return { as: 'done', answer: 'taken' };
  }
  if (asked.as === 'found' && asked.state === 'cancelled') return letGo(payment);
  if (asked.as === 'found' && asked.state === 'held') {
    if (what === 'take')
      await confirmHold(shop, {
        invoice: payment.invoice,
        kopecks: payment.amount.amount,
        ...receiptOut(payment),
      });
    else await cancelHold(shop, payment.invoice);
  }
  return { as: 'waiting', afterSeconds: 60, answer: 'asked for' };
};

/** The decision may be made again, and who made it is told why. */
export const holdFailed = async (
  call: Parameters<Carry>[0],
  { table }: Parameters<Carry>[1],
): Promise<void> => {
  const { deal, payment: id } = Input.parse(call.input);
  const { invoice } = paymentOn(await readCard(table, deal), id);
  const problem = call.problem ?? '—';
  await act(
    deal,
    (card, context) => {
      const outcome = holdIs(card, id, 'held');
      if (!outcome.ok) return outcome;
      return done(
        askAccountant(
          outcome.value,
          `${id}:hold:${call.id}`,
          { ru: `Счёт ${invoice}: удержанные деньги`, en: `Invoice ${invoice}: the money held` },
          {
            ru: `Не вышло списать или отпустить: ${problem}. Повторите или сделайте это в кабинете.`,
            en: `It could not be taken or let go: ${problem}. Try again, or do it in the cabinet.`,
          },
          context,
        ),
      );
    },
    { by: byGateway },
  );
};
