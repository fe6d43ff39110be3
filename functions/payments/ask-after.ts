import * as z from 'zod';
import { DealId, EntityId } from '../../schemas/ids.ts';
import type { Payment } from '../../schemas/payment.ts';
import { instantOf } from '../../schemas/time.ts';
import type { Carry, Outcome } from '../calls/carry.ts';
import { act } from '../deals/act.ts';
import { type Card, readCard } from '../deals/card.ts';
import { done } from '../deals/context.ts';
import { askAccountant } from './accountant.ts';
import { cancelPayment, expirePayment } from './end.ts';
import { holdIs, withHoldTold } from './hold.ts';
import { shopOf } from './robokassa/shop.ts';
import { type Asked, askState } from './robokassa/state.ts';
import { byGateway, holdNow, settleNow } from './settle-now.ts';
import { paymentOn } from './state.ts';

export const PaymentInput = z.object({ deal: DealId, payment: EntityId });

const minute = 60;
const hour = 60 * minute;

/** How old an open payment is, in seconds, when the gateway is asked after it; then once a day. */
const asksAt = [10 * minute, hour, 3 * hour, 6 * hour, 12 * hour, 24 * hour];

const secondsSince = (from: string, now: Date): number => (now.getTime() - Date.parse(from)) / 1000;

/** When to ask again, in seconds: by the payment's age, but when its link runs out at the latest. */
export const nextAskIn = ({ createdAt, expiresAt }: Payment, now: Date): number => {
  const age = secondsSince(createdAt, now);
  const byAge = asksAt.find((at) => at > age) ?? age + 24 * hour;
  const left = expiresAt === undefined ? Number.POSITIVE_INFINITY : -secondsSince(expiresAt, now);
  return Math.ceil(Math.max(1, Math.min(byAge - age, left > 0 ? left : Number.POSITIVE_INFINITY)));
};

/** Money that is held keeps its link: the bank says when it is over. */
const isOver = ({ expiresAt, held }: Payment, now: Date): boolean =>
  held === undefined && expiresAt !== undefined && secondsSince(expiresAt, now) >= 0;

const expire = async (payment: Payment): Promise<Outcome> => {
  await act(payment.deal, (card, context) => expirePayment(card, payment.id, context), { by: byGateway });
  return { as: 'done', answer: 'not paid; the link has run out' };
};

/** What was held has been let go, by a person or by the bank after its days. */
export const letGo = async ({ deal, id }: Payment): Promise<Outcome> => {
  await act(
    deal,
    (card, context) => {
      const isOpen = paymentOn(card, id).state === 'open'; // the deal may have been lost meanwhile, and its link with it
      const outcome = isOpen ? cancelPayment(card, id, 'released', context) : done(card);
      return outcome.ok ? holdIs(outcome.value, id, 'released') : outcome;
    },
    { by: byGateway },
  );
  return { as: 'done', answer: 'let go' };
};

/** The gateway gave the money back by itself, or two operations go by one number: a person looks. */
const withTold = (
  card: Card,
  payment: Payment,
  what: 'returned' | 'several',
  context: Parameters<typeof cancelPayment>[3],
): Card =>
  askAccountant(
    card,
    `${payment.id}:${what}`,
    {
      ru: `Счёт ${payment.invoice}: проверить в кабинете`,
      en: `Invoice ${payment.invoice}: look into the cabinet`,
    },
    what === 'returned'
      ? {
          ru: 'Робокасса не смогла зачислить деньги и вернула их покупателю. Свяжитесь с клиентом и выставьте новую ссылку.',
          en: 'Robokassa could not credit the money and gave it back to the client. Talk to the client and make another link.',
        }
      : {
          ru: 'По номеру счёта в Робокассе две операции. Найдите обе и внесите оплату вручную.',
          en: 'Two operations of Robokassa go by the number of this invoice. Find both and enter the payment by hand.',
        },
    context,
  );

/** What the gateway's word means for a payment that we count as open. */
const follow = async (payment: Payment, asked: Asked, now: Date): Promise<Outcome> => {
  const ref = { deal: payment.deal, payment: payment.id };
  const later = (answer: string): Outcome => ({
    as: 'waiting',
    afterSeconds: nextAskIn(payment, now),
    answer,
  });
  const unpaid = (answer: string): Promise<Outcome> | Outcome =>
    isOver(payment, now) ? expire(payment) : later(answer);
  if (asked.as === 'absent') return unpaid('nobody has opened the page of payment yet');
  if (asked.as === 'several') {
    await act(payment.deal, (card, context) => done(withTold(card, payment, 'several', context)), {
      by: byGateway,
    });
    return { as: 'done', answer: 'two operations go by this number; the accountant has a task' };
  }
  switch (asked.state) {
    case 'done':
      if (asked.kopecks === undefined) return { as: 'later', problem: 'paid, and the answer says no sum' };
      await settleNow(ref, { sum: asked.kopecks, at: instantOf(asked.stateAt), opKey: asked.opKey });
      return { as: 'done', answer: 'paid' };
    case 'held':
      await holdNow(ref, asked.opKey, withHoldTold(payment.id));
      return { as: 'waiting', afterSeconds: 6 * hour, answer: 'held on the card' };
    case 'crediting':
    case 'suspended':
      // Money is on its way: the link does not run out meanwhile.
      return { as: 'waiting', afterSeconds: hour, answer: asked.state };
    case 'returned':
      await act(
        payment.deal,
        (card, context) => {
          const outcome = cancelPayment(card, payment.id, 'returned by the gateway', context);
          return outcome.ok ? done(withTold(outcome.value, payment, 'returned', context)) : outcome;
        },
        { by: byGateway },
      );
      return { as: 'done', answer: 'given back to the client by the gateway' };
    case 'started':
      return unpaid(asked.state);
    case 'cancelled':
      return payment.held === undefined ? unpaid(asked.state) : letGo(payment);
    default:
      return asked.state satisfies never;
  }
};

/**
 * Asks the gateway after an open payment until it is paid, or its link has run out: what a notification that never came would
 * have said. A link runs out on its day even while the gateway is away; what was paid nevertheless is found afterwards.
 */
export const askAfter: Carry = async (call, { table, now }) => {
  const { deal, payment: id } = PaymentInput.parse(call.input);
  const payment = paymentOn(await readCard(table, deal), id);
  const isLate = payment.state === 'expired' && call.state === 'retrying';
  if (payment.state !== 'open' && !isLate) return { as: 'done', answer: payment.state };
  const age = secondsSince(payment.createdAt, now);
  if (!isOver(payment, now) && age < (asksAt[0] ?? 0))
    return { as: 'waiting', afterSeconds: nextAskIn(payment, now) };
  try {
    const shop = await shopOf(payment.pack, payment.test);
    return await follow(payment, await askState(shop, payment.invoice), now);
  } catch (error) {
    if (isOver(payment, now)) await expire(payment);
    throw error; // asked again, for a day
  }
};
