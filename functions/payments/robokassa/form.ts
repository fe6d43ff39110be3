import { isShp } from './sign.ts';

/** A form of Robokassa longer than this is none. */
export const MOST_BYTES = 16_384;

/** Why a form is not believed: one word for the log, and what was wrong with it without a value of it. */
export type NotBelieved = {
  readonly ok: false;
  readonly why: 'oversized' | 'repeated' | 'incomplete' | 'malformed' | 'forged';
  readonly problem: string;
};

/** The parameters of a form, each of them there once. */
export type Form = { readonly ok: true; readonly fields: ReadonlyMap<string, string> };

export const notBelieved = (why: NotBelieved['why'], problem: string): NotBelieved => ({
  ok: false,
  why,
  problem,
});

/** Names whose capitals are no difference: what is signed must not be there a second time in another spelling. */
const isOfSignature = (name: string): boolean =>
  ['outsum', 'invid', 'signaturevalue', 'istest'].includes(name.toLowerCase()) || isShp(name);

/** Reads a form or a query, as it came over the wire: a parameter that is there twice would be two different ones to two readers. */
export const readForm = (raw: string): Form | NotBelieved => {
  if (Buffer.byteLength(raw) > MOST_BYTES)
    return notBelieved('oversized', `the form is longer than ${MOST_BYTES} bytes`);
  const fields = new Map<string, string>();
  const signed = new Set<string>();
  for (const [name, value] of new URLSearchParams(raw)) {
    const one = isOfSignature(name) ? name.toLowerCase() : name;
    if (fields.has(name) || signed.has(one)) return notBelieved('repeated', 'a parameter is there twice');
    fields.set(name, value);
    if (isOfSignature(name)) signed.add(one);
  }
  return { ok: true, fields };
};

/** The parameters of the shop in a form. */
export const shpOf = (fields: ReadonlyMap<string, string>): Record<string, string> =>
  Object.fromEntries([...fields].filter(([name]) => isShp(name)));
