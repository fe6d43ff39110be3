import { endpointOf } from '../../shared/endpoints.ts';
import { outside } from '../../shared/outside.ts';
import { textOf } from './errors.ts';
import { InvoiceNumber } from './link.ts';
import { encodeReceipt, type Receipt } from './receipt.ts';
import type { Shop } from './shop.ts';
import { digest } from './sign.ts';
import { sumOf } from './sum.ts';

/** How long a bank holds money, in days: whoever has not confirmed by then has released it. */
export const HOLD_DAYS = 7;

const post = async (path: string, what: string, fields: Readonly<Record<string, string>>): Promise<void> => {
  const answer = await outside(`${endpointOf('robokassa')}/Merchant/Payment/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  });
  textOf(what, answer);
};

/**
 * Takes money that is held: all of it, or less. It can be done once. Robokassa does not document what it answers: that it was
 * taken, the notification says that comes afterwards, or `askState`.
 */
export const confirmHold = async (
  shop: Shop,
  { invoice, kopecks, receipt }: { invoice: number; kopecks: number; receipt?: Receipt },
): Promise<void> => {
  const [login, sum, number] = [shop.merchantLogin, sumOf(kopecks), String(InvoiceNumber.parse(invoice))];
  const encoded = receipt === undefined ? [] : [encodeReceipt(receipt, kopecks)];
  await post('Confirm', 'taking held money', {
    MerchantLogin: login,
    InvoiceID: number,
    OutSum: sum,
    SignatureValue: digest(shop.algorithm, [login, sum, number, ...encoded, shop.password1]),
    ...(encoded[0] === undefined ? {} : { Receipt: encoded[0] }),
  });
};

/** Lets go of money that is held. What came of it, `askState` says. */
export const cancelHold = async (shop: Shop, invoice: number): Promise<void> => {
  const [login, number] = [shop.merchantLogin, String(InvoiceNumber.parse(invoice))];
  await post('Cancel', 'letting go of held money', {
    MerchantLogin: login,
    InvoiceID: number,
    SignatureValue: digest(shop.algorithm, [login, '', number, shop.password1]),
  });
};
