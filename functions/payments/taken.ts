import type { Instant } from '../../schemas/time.ts';
import type { Doing } from '../calls/carry.ts';
import type { Taken, Taker } from '../calls/take.ts';
import { readCard } from '../deals/card.ts';
import { NotFound, Refused, VoronkaError } from '../shared/errors.ts';
import { tellAccountants } from './accountant.ts';
import { withHoldTold } from './hold.ts';
import { type Invoiced, invoiced } from './pointers.ts';
import { verifyNotice } from './robokassa/jws.ts';
import { verifyResult } from './robokassa/result.ts';
import { shopOf } from './robokassa/shop.ts';
import { askState } from './robokassa/state.ts';
import type { Paid } from './settle.ts';
import { holdNow, listedBy, settleNow } from './settle-now.ts';
import { isPaid, paidOf, paymentOn } from './state.ts';

type Of = { readonly id: string; readonly pack: string; readonly at: Instant };

/** Money that belongs to nothing we know is somebody's all the same. */
const tellOfUnknown = async (
  { id, pack }: Of,
  invoice: number,
  sum: string,
  problem: string,
  doing: Doing,
): Promise<Taken> => {
  await tellAccountants(
    pack,
    {
      occasion: `unknown-payment:${id}`,
      subject: {
        ru: `Оплата, которую некуда внести: счёт ${invoice}`,
        en: `A payment with no place: invoice ${invoice}`,
      },
      body: {
        ru: `Робокасса подтвердила оплату счёта ${invoice}: ${sum}. ${problem === '' ? 'Такого счёта у нас нет' : problem}. Найдите её в кабинете и внесите вручную или верните.`,
        en: `Robokassa confirmed that invoice ${invoice} was paid: ${sum}. ${problem === '' ? 'We have no such invoice' : problem}. Find it in the cabinet and enter it by hand, or give it back.`,
      },
    },
    doing,
  );
  return { as: 'refused', problem: problem === '' ? `no invoice ${invoice} of ours` : problem };
};

/** Enters the money. What a person has to mend, the deal being gone or keeping no such total, is told at once. */
const settled = async (of: Of, known: Invoiced, said: Paid, sum: string, doing: Doing): Promise<Taken> => {
  try {
    return { as: 'taken', deal: listedBy(await settleNow(known, said)) };
  } catch (error) {
    const isTheirs =
      error instanceof NotFound ||
      error instanceof Refused ||
      (error instanceof VoronkaError && error.status === 400);
    if (!isTheirs) throw error;
    return tellOfUnknown(of, known.invoice, sum, `${error.name}: ${error.message}`.slice(0, 300), doing);
  }
};

const rubles = (kopecks: number): string => `${(kopecks / 100).toFixed(2)}`;

/** What ResultURL said: it is checked once more, since the row might have been written by another release or by hand. */
export const takeResultIn: Taker = async ({ id, pack = '', raw, at }, doing) => {
  const isTest = new URLSearchParams(raw).get('IsTest') === '1';
  const said = verifyResult(raw, await shopOf(pack, isTest));
  if (!said.ok) return { as: 'refused', problem: said.problem };
  const known = await invoiced(doing.table, pack, said.invoice);
  const of = { id, pack, at };
  if (known === undefined) return tellOfUnknown(of, said.invoice, rubles(said.kopecks), '', doing);
  return settled(of, known, { sum: said.kopecks, at }, rubles(said.kopecks), doing);
};

/**
 * What ResultUrl2 said. It names what the client paid, the price of the way of paying included, and not what the shop is given:
 * where no other word of it has come yet, the gateway is asked for that sum.
 */
export const takeNoticeIn: Taker = async ({ id, pack = '', raw, at }, doing) => {
  const shop = await shopOf(pack, false);
  const said = verifyNotice(raw, shop);
  if (!said.ok) return { as: 'refused', problem: said.problem };
  const known = await invoiced(doing.table, pack, said.invoice);
  const of = { id, pack, at };
  const sum = rubles(said.paidKopecks);
  if (known === undefined) return tellOfUnknown(of, said.invoice, sum, '', doing);
  if (said.state === 'held')
    return { as: 'taken', deal: listedBy(await holdNow(known, said.opKey, withHoldTold(known.payment))) };
  const payment = paymentOn(await readCard(doing.table, known.deal), known.payment);
  if (isPaid(payment))
    return settled(of, known, { sum: paidOf(payment).amount, at, opKey: said.opKey }, sum, doing);
  const asked = await askState(shop, said.invoice);
  if (asked.as !== 'found' || asked.state !== 'done' || asked.kopecks === undefined)
    return {
      as: 'later',
      problem: 'the notification says it was paid, and the state of the payment does not yet',
    };
  return settled(of, known, { sum: asked.kopecks, at, opKey: said.opKey }, sum, doing);
};
