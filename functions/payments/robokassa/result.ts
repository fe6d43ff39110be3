import { equalInTime } from '../../shared/equal-in-time.ts';
import { type NotBelieved, notBelieved, readForm, shpOf } from './form.ts';
import type { Shop } from './shop.ts';
import { digest, shpParts } from './sign.ts';
import { kopecksOf } from './sum.ts';

/** What a form says of a payment. Until its signature has been checked, it is what somebody says. */
export type Said = {
  readonly ok: true;
  readonly invoice: number;
  readonly kopecks: number;
  readonly shp: Readonly<Record<string, string>>;
  /** whether it speaks of a test payment; not signed */
  readonly test: boolean;
  /** kopecks Robokassa keeps, for information; not signed */
  readonly fee: number | undefined;
  /** how it was paid; not signed */
  readonly method: string | undefined;
  /** what the shop signs over, without its password: the characters as they came */
  readonly signed: { readonly sum: string; readonly invoice: string; readonly signature: string };
};

/** A form whose signature is the shop's. */
export type Verified = Said | NotBelieved;

/** What a notification, or a browser that comes back, says; nothing of it is checked but its form. */
export const readSaid = (raw: string): Said | NotBelieved => {
  const form = readForm(raw);
  if (!form.ok) return form;
  const { fields } = form;
  const [sum = '', invoice = '', signature = ''] = ['OutSum', 'InvId', 'SignatureValue'].map((name) =>
    fields.get(name),
  );
  if (sum === '' || invoice === '' || signature === '')
    return notBelieved('incomplete', 'OutSum, InvId and SignatureValue have to be there');
  const kopecks = kopecksOf(sum);
  if (kopecks === undefined || kopecks === 0)
    return notBelieved('malformed', 'OutSum is no sum of whole kopecks, such as 990.00');
  if (!/^[1-9]\d{0,9}$/.test(invoice) || Number(invoice) > 2_147_483_647)
    return notBelieved('malformed', 'InvId is no number from 1 to 2147483647');
  if (!/^[0-9A-Fa-f]{32,128}$/.test(signature))
    return notBelieved('malformed', 'SignatureValue is no hexadecimal digest');
  const fee = fields.get('Fee');
  return {
    ok: true,
    invoice: Number(invoice),
    kopecks,
    shp: shpOf(fields),
    test: fields.get('IsTest') === '1',
    fee: fee === undefined ? undefined : kopecksOf(fee),
    method: fields.get('PaymentMethod')?.slice(0, 60),
    signed: { sum, invoice, signature },
  };
};

const isSignedBy = (said: Said, shop: Shop, password: string): boolean =>
  equalInTime(
    said.signed.signature.toLowerCase(),
    digest(shop.algorithm, [said.signed.sum, said.signed.invoice, password, ...shpParts(said.shp)]),
  );

/**
 * Whether a notification is Robokassa's: it was paid. Whose payment it is, of how much and with which parameters is still to be
 * compared with what was asked for, and the test passwords count only for a payment that was opened as a test: give the shop so.
 *
 * @param raw - the form's body, or the query, as it came
 */
export const verifyResult = (raw: string, shop: Shop): Verified => {
  const said = readSaid(raw);
  if (!said.ok || isSignedBy(said, shop, shop.password2)) return said;
  return notBelieved('forged', 'SignatureValue is not what Password#2 of the shop gives');
};

/** Whether a browser that came back to the page of success was sent by Robokassa. It proves no payment: tell the client so. */
export const verifySuccess = (raw: string, shop: Shop): Verified => {
  const said = readSaid(raw);
  if (!said.ok || isSignedBy(said, shop, shop.password1)) return said;
  return notBelieved('forged', 'SignatureValue is not what Password#1 of the shop gives');
};

/** What a browser that came to the page of failure says. Robokassa does not sign it: anyone can say so. */
export const readFail = (
  raw: string,
): { ok: true; invoice: number; shp: Readonly<Record<string, string>> } | NotBelieved => {
  const form = readForm(raw);
  if (!form.ok) return form;
  const invoice = form.fields.get('InvId') ?? '';
  if (invoice === '') return notBelieved('incomplete', 'InvId has to be there');
  if (!/^[1-9]\d{0,9}$/.test(invoice) || Number(invoice) > 2_147_483_647)
    return notBelieved('malformed', 'InvId is no number from 1 to 2147483647');
  return { ok: true, invoice: Number(invoice), shp: shpOf(form.fields) };
};

/** The one answer after which Robokassa does not repeat a notification. */
export const answerTo = (invoice: number): string => `OK${invoice}`;
