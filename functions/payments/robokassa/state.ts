import { endpointOf } from '../../shared/endpoints.ts';
import { VoronkaError } from '../../shared/errors.ts';
import { outside } from '../../shared/outside.ts';
import { RobokassaRefused, RobokassaUnclear, textOf } from './errors.ts';
import { InvoiceNumber } from './link.ts';
import type { Shop } from './shop.ts';
import { digest } from './sign.ts';
import { kopecksOf } from './sum.ts';
import { at, type Element, textAt, treeOf } from './xml.ts';

/** Where a payment stands, by Robokassa's numbers. */
const states = {
  5: 'started',
  10: 'cancelled',
  20: 'held',
  50: 'crediting',
  60: 'returned',
  80: 'suspended',
  100: 'done',
} as const;

export type OpState = (typeof states)[keyof typeof states];

/** Whether a payment stays where it is. */
export const isFinal = (state: OpState): boolean =>
  state === 'cancelled' || state === 'returned' || state === 'done';

/** What Robokassa knows of an invoice. */
export type Asked =
  | {
      readonly as: 'found';
      readonly state: OpState;
      readonly stateAt: Date;
      readonly requestAt: Date;
      /** what the shop gets, in kopecks; not there before money came */
      readonly kopecks: number | undefined;
      readonly method: string | undefined;
      /** by which a refund is asked for */
      readonly opKey: string | undefined;
      readonly shp: Readonly<Record<string, string>>;
    }
  /** nobody has opened the payment page of it yet */
  | { readonly as: 'absent' }
  /** two payments go by this number: a person looks into the cabinet */
  | { readonly as: 'several' };

const what = 'the state of a payment';
const SPACE = 'http://merchant.roboxchange.com/WebService/';

/** Robokassa's moments have seven digits of a second; a moment of ours has three. */
export const momentOf = (text: string): Date => {
  const [, moment, part = '', zone] =
    /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/.exec(text) ?? [];
  const date = new Date(`${moment}.${part.slice(0, 3).padEnd(3, '0')}${zone}`);
  if (moment === undefined || Number.isNaN(date.getTime()))
    throw new RobokassaUnclear(`${what}: a moment is not such as 2026-04-24T00:30:00.1234567+03:00`);
  return date;
};

const need = <T>(value: T | undefined, name: string): T => {
  if (value === undefined) throw new RobokassaUnclear(`${what}: the answer has no ${name} that can be read`);
  return value;
};

const foundOf = (root: Element): Asked => {
  const code = Number(need(textAt(root, 'State', 'Code'), 'State/Code'));
  const state = Object.hasOwn(states, code) ? states[code as keyof typeof states] : undefined;
  const sum = textAt(root, 'Info', 'OutSum');
  return {
    as: 'found',
    state: need(state, 'State/Code of 5, 10, 20, 50, 60, 80 or 100'),
    stateAt: momentOf(need(textAt(root, 'State', 'StateDate'), 'State/StateDate')),
    requestAt: momentOf(need(textAt(root, 'State', 'RequestDate'), 'State/RequestDate')),
    kopecks: sum === undefined ? undefined : need(kopecksOf(sum), 'Info/OutSum'),
    method: textAt(root, 'Info', 'PaymentMethod', 'Code')?.slice(0, 60),
    opKey: textAt(root, 'Info', 'OpKey'),
    shp: Object.fromEntries(
      (at(root, 'UserField')?.children ?? [])
        .filter(({ name }) => name === 'Field')
        .map((field) => [need(textAt(field, 'Name'), 'UserField/Name'), textAt(field, 'Value') ?? '']),
    ),
  };
};

/** What an answer of OpStateExt says. @throws {RobokassaRefused} for a wrong signature or shop, {RobokassaUnclear} for any other trouble */
export const readState = (xml: string): Asked => {
  try {
    const root = treeOf(xml);
    if (root.name !== 'OperationStateResponse' || root.space !== SPACE)
      throw new RobokassaUnclear(`${what}: the answer is no OperationStateResponse`);
    const code = need(textAt(root, 'Result', 'Code'), 'Result/Code');
    switch (code) {
      case '0':
        return foundOf(root);
      case '3':
        return { as: 'absent' };
      case '4':
        return { as: 'several' };
      case '1':
        throw new RobokassaRefused(
          `${what}: Robokassa does not know the signature: Password#2 or the algorithm of the shop is another one`,
          code,
        );
      case '2':
        throw new RobokassaRefused(`${what}: Robokassa knows no such shop, or it is not active`, code);
      default:
        throw new RobokassaUnclear(`${what}: Robokassa is in trouble, it says ${code.slice(0, 10)}`);
    }
  } catch (error) {
    if (error instanceof VoronkaError) throw error;
    throw new RobokassaUnclear(`${what}: ${error instanceof SyntaxError ? error.message : 'no XML'}`);
  }
};

/**
 * Asks Robokassa where a payment stands: for those whose notification has not come, and for the key of a refund.
 *
 * @throws {Unreachable} when it does not answer, {RobokassaRefused}, {RobokassaUnclear}
 */
export const askState = async (shop: Shop, invoice: number): Promise<Asked> => {
  const number = String(InvoiceNumber.parse(invoice));
  const answer = await outside(`${endpointOf('robokassa')}/Merchant/WebService/Service.asmx/OpStateExt`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      MerchantLogin: shop.merchantLogin,
      InvoiceID: number,
      Signature: digest(shop.algorithm, [shop.merchantLogin, number, shop.password2]),
    }).toString(),
  });
  return readState(textOf(what, answer));
};
