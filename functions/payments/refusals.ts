import { type Money, printMoney } from '../../schemas/money.ts';
import type { Refusal } from '../shared/errors.ts';

const refusal = (path: string, code: string, ru: string, en: string): Refusal => ({
  path,
  code,
  message: { ru, en },
});

export const noShop = (pack: string): Refusal =>
  refusal(
    'payment',
    'no-shop',
    'У этой компании приём платежей не настроен',
    `The pack ${pack} takes no payments: give it integrations.robokassa`,
  );

export const tooSmall = ({ amount, currency }: Money): Refusal =>
  refusal(
    'amount',
    'amount-too-small',
    `Сумма по ссылке — не меньше одной денежной единицы, указано ${printMoney({ amount, currency })}`,
    `A link asks for one unit of money at least, given ${printMoney({ amount, currency })}`,
  );

export const tooLarge = ({ amount, currency }: Money, most: number): Refusal =>
  refusal(
    'amount',
    'amount-too-large',
    `Сумма по ссылке — не больше ${printMoney({ amount: most, currency })}, указано ${printMoney({ amount, currency })}: разделите её на несколько платежей`,
    `A link asks for ${printMoney({ amount: most, currency })} at most, given ${printMoney({ amount, currency })}: divide it into several payments`,
  );

export const notTaken = (currency: string, taken: readonly string[]): Refusal =>
  refusal(
    'amount',
    'currency-not-taken',
    `Магазин не принимает ${currency}; принимает ${taken.join(', ')}`,
    `The shop takes no ${currency}; it takes ${taken.join(', ')}`,
  );

export const notKept = (currency: string, pipeline: string): Refusal =>
  refusal(
    'amount',
    'currency-not-kept',
    `Сделки этого процесса не считают оплат в ${currency}`,
    `Deals of ${pipeline} keep no payments in ${currency}`,
  );

export const dealOver = (): Refusal =>
  refusal(
    'payment',
    'deal-over',
    'Сделка провалена: ссылку на оплату не создать',
    'The deal is lost: no link to pay is made for it',
  );

export const notOpen = (state: string): Refusal =>
  refusal(
    'payment',
    'payment-not-open',
    `Это можно сделать с открытым платежом; этот: ${state}`,
    `This is for a payment that is open; this one is ${state}`,
  );

export const notPaid = (state: string): Refusal =>
  refusal(
    'payment',
    'payment-not-paid',
    `Вернуть можно оплаченное; этот платёж: ${state}`,
    `What was paid can be given back; this payment is ${state}`,
  );

export const aboveLeft = (given: Money, left: Money): Refusal =>
  refusal(
    'amount',
    'refund-above-payment',
    `Вернуть можно не больше ${printMoney(left)}, указано ${printMoney(given)}`,
    `No more than ${printMoney(left)} can be given back, given ${printMoney(given)}`,
  );

export const nothingToAccept = (): Refusal =>
  refusal(
    'payment',
    'nothing-to-accept',
    'Принять можно оплату, которая пришла с другой суммой',
    'What may be accepted is a payment that came with another amount',
  );

export const testMode = (): Refusal =>
  refusal(
    'payment',
    'test-payment',
    'Тестовый платёж не вернуть: денег не было',
    'A test payment cannot be given back: there was no money',
  );

export const notHeld = (): Refusal =>
  refusal(
    'payment',
    'payment-not-held',
    'Списать или отпустить можно деньги, удержанные на карте',
    'What may be taken or let go is money held on a card',
  );

export const isHeld = (): Refusal =>
  refusal(
    'payment',
    'payment-held',
    'Деньги удержаны на карте: спишите их или отпустите',
    'The money is held on the card: take it, or let it go',
  );

export const noReceipt = (): Refusal =>
  refusal(
    'payment',
    'no-second-receipt',
    'Второй чек бывает у оплаченного платежа с чеком предоплаты, один раз',
    'A second receipt is for a paid payment whose first one was for a prepayment, once',
  );
