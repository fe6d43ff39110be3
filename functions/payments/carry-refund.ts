import { EntityId } from '../../schemas/ids.ts';
import { printMoney } from '../../schemas/money.ts';
import type { Payment, PaymentRefund } from '../../schemas/payment.ts';
import type { Text } from '../../schemas/text.ts';
import type { Carry, Outcome } from '../calls/carry.ts';
import { act } from '../deals/act.ts';
import { readCard } from '../deals/card.ts';
import { done } from '../deals/context.ts';
import { Unreachable } from '../shared/outside.ts';
import { NotConfigured } from '../shared/secret.ts';
import { askAccountant } from './accountant.ts';
import { PaymentInput } from './ask-after.ts';
import { receiptLines } from './receipt-lines.ts';
import { endRefund, refundOn, refundSent, refundUnsent } from './refund.ts';
import { RobokassaRefused } from './robokassa/errors.ts';
import type { ReceiptLine } from './robokassa/receipt.ts';
import { createRefund, refundState } from './robokassa/refund.ts';
import { type Shop, shopOf } from './robokassa/shop.ts';
import { askState } from './robokassa/state.ts';
import { refundText } from './robokassa/texts.ts';
import { byGateway } from './settle-now.ts';
import { paidOf, paymentOn } from './state.ts';

const Input = PaymentInput.extend({ refund: EntityId });

type End = { end: 'finished' | 'cancelled' | 'unknown'; problem?: Text };

/** Writes how a refund ended, and has a person look where it did not go well. */
const ends = async (payment: Payment, refund: PaymentRefund, { end, problem }: End): Promise<void> => {
  await act(
    payment.deal,
    (card, context) => {
      const outcome = endRefund(card, payment.id, refund.id, { end, problem: problem?.en }, context);
      const { invoice } = payment;
      const title: Text = {
        ru: `Возврат по счёту ${invoice}: ${printMoney(refund.amount)}`,
        en: `Refund of invoice ${invoice}: ${printMoney(refund.amount)}`,
      };
      if (!outcome.ok) {
        // The money has gone back; the ledger, in which a person may have entered it by hand, has no room for it.
        const said = outcome.refusals.map(({ message }) => message);
        const marked = endRefund(
          card,
          payment.id,
          refund.id,
          { end: 'unknown', problem: said[0]?.en },
          context,
        );
        if (!marked.ok) return marked;
        return done(
          askAccountant(
            marked.value,
            `${refund.id}:ledger`,
            title,
            {
              ru: `Деньги вернулись клиенту, но записать возврат нельзя: ${said.map(({ ru }) => ru).join('; ')}. Если он внесён вручную, подтвердите его в платеже.`,
              en: `The money has gone back to the client and cannot be entered: ${said.map(({ en }) => en).join('; ')}. Where it was entered by hand, put it right there and say so of the refund.`,
            },
            context,
          ),
        );
      }
      return problem === undefined
        ? outcome
        : done(askAccountant(outcome.value, `${refund.id}:${end}`, title, problem, context));
    },
    { by: byGateway },
  );
};

const lost: Text = {
  ru: 'Ответ Робокассы на запрос возврата потерян. Посмотрите в кабинете, сделан ли возврат, и отметьте это в платеже: сам он второй раз не отправится.',
  en: 'Robokassa’s answer to the refund was lost. Look into the cabinet whether it was made and say so of the refund: it is not asked for a second time by itself.',
};

/** What the return receipt lists: lines of one piece each, since their price has to be whole. */
const linesOf = ({ receipt, description }: Payment, { amount }: PaymentRefund): { lines?: ReceiptLine[] } => {
  if (receipt === undefined) return {};
  const { method, object, lines } = receipt;
  const [first] = lines;
  if (first === undefined) return {};
  const parts = receiptLines(
    lines.map(({ name, sum }) => ({ name, quantity: 1, price: sum })),
    amount.amount,
    first.tax,
    description,
  );
  return {
    lines: parts.map(({ name, sum, tax }) => ({ name, quantity: 1, kopecks: sum, tax, method, object })),
  };
};

const opKeyOf = async (payment: Payment, shop: Shop): Promise<string | undefined> => {
  if (payment.opKey !== undefined) return payment.opKey;
  const asked = await askState(shop, payment.invoice);
  return asked.as === 'found' ? asked.opKey : undefined;
};

const secondsBetween = 600;

/** Asks for a refund, once: Robokassa would not know the same request again. */
const ask = async (payment: Payment, refund: PaymentRefund): Promise<Outcome> => {
  if (refund.state === 'sent') {
    await ends(payment, refund, { end: 'unknown', problem: lost });
    return { as: 'done', answer: 'nobody knows whether it was taken; the accountant has a task' };
  }
  const shop = await shopOf(payment.pack, false);
  const opKey = await opKeyOf(payment, shop);
  if (opKey === undefined)
    return { as: 'later', problem: 'the gateway does not say by which key it knows the payment' };
  const isWhole = refund.amount.amount === paidOf(payment).amount;
  const sent = { opKey, ...(isWhole ? {} : { kopecks: refund.amount.amount }), ...linesOf(payment, refund) };
  // Marked before it is asked for: whoever finds the mark without an answer does not ask again.
  await act(payment.deal, (card) => refundSent(card, payment.id, refund.id), { by: byGateway });
  try {
    const answer = await createRefund(shop, sent);
    if (answer.as === 'refused') {
      await ends(payment, refund, { end: 'cancelled', problem: refundText(answer.reason) });
      return { as: 'done', answer: `refused: ${answer.reason}` };
    }
    await act(payment.deal, (card) => refundSent(card, payment.id, refund.id, answer.id), { by: byGateway });
    return { as: 'waiting', afterSeconds: 60, answer: 'taken' };
  } catch (error) {
    const hasNotArrived =
      error instanceof NotConfigured ||
      error instanceof RobokassaRefused ||
      (error instanceof Unreachable && error.sent === 'no');
    if (!hasNotArrived) {
      await ends(payment, refund, { end: 'unknown', problem: lost });
      return { as: 'done', answer: 'nobody knows whether it was taken; the accountant has a task' };
    }
    await act(payment.deal, (card) => refundUnsent(card, payment.id, refund.id), { by: byGateway });
    throw error;
  }
};

/** Gives money back, and asks after it until the client has it. */
export const carryRefund: Carry = async (call, { table }) => {
  const { deal, payment: id, refund: refundId } = Input.parse(call.input);
  const payment = paymentOn(await readCard(table, deal), id);
  const refund = refundOn(payment, refundId);
  if (refund.state !== 'asked' && refund.state !== 'sent') return { as: 'done', answer: refund.state };
  if (refund.requestId === undefined) return ask(payment, refund);
  const state = await refundState(refund.requestId);
  switch (state.as) {
    case 'processing':
      return { as: 'waiting', afterSeconds: secondsBetween, answer: 'on its way' };
    case 'unknown':
      return { as: 'later', problem: state.reason };
    case 'finished':
      await ends(payment, refund, { end: 'finished' });
      return { as: 'done', answer: 'the client has it' };
    case 'cancelled':
      await ends(payment, refund, {
        end: 'cancelled',
        problem: {
          ru: 'Робокасса отменила возврат: деньги остались у вас. Выясните причину в кабинете и решите с клиентом, как вернуть.',
          en: 'Robokassa cancelled the refund: the money is still here. Find out why in the cabinet, and agree with the client how to give it back.',
        },
      });
      return { as: 'done', answer: 'cancelled' };
    default:
      return state satisfies never;
  }
};

/** Where it failed for good nothing was sent: the refund is called off, and the accountant told. */
export const refundFailed = async (
  call: Parameters<Carry>[0],
  { table }: Parameters<Carry>[1],
): Promise<void> => {
  const { deal, payment: id, refund: refundId } = Input.parse(call.input);
  const payment = paymentOn(await readCard(table, deal), id);
  const refund = refundOn(payment, refundId);
  if (refund.state !== 'asked' && refund.state !== 'sent') return;
  const problem = call.problem ?? '—';
  await ends(payment, refund, {
    end: refund.requestId === undefined && refund.state === 'asked' ? 'cancelled' : 'unknown',
    problem: {
      ru: `Возврат не удался: ${problem}. Исправьте причину и попросите его снова.`,
      en: `The refund could not be made: ${problem}. Mend the cause and ask for it again.`,
    },
  });
};
