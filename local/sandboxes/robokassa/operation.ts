import type { TheirShop } from './theirs.ts';

/** A refund that was asked for. */
export type TheirRefund = {
  readonly id: string;
  readonly kopecks: number;
  readonly at: number;
  cancelled: boolean;
};

/** A notification that is to be given, and given again until it is taken. */
export type Due = {
  readonly tell: 'result' | 'notice';
  readonly at: number;
  readonly state: 'OK' | 'HOLD';
  /** by how much the moment in it is off */
  readonly skewMs: number;
  /** how often it was given already; `undefined` for one that is given once */
  readonly tries: number | undefined;
};

/** A payment as the gateway keeps it, from the moment its page is opened. */
export type Operation = {
  readonly shop: TheirShop;
  readonly test: boolean;
  readonly invoice: string;
  readonly sum: string;
  readonly kopecks: number;
  readonly description: string;
  readonly email: string;
  readonly language: 'ru' | 'en';
  readonly shp: Readonly<Record<string, string>>;
  /** the fiscal receipt, decoded */
  readonly receipt: unknown;
  readonly hold: boolean;
  readonly until: number | undefined;
  readonly noticeTo: string | undefined;
  readonly success: { readonly url: string; readonly method: string } | undefined;
  readonly fail: { readonly url: string; readonly method: string } | undefined;
  readonly key: string;
  readonly openedAt: number;
  state: number;
  stateAt: number;
  /** what is taken of a hold may be less than was held */
  taken: number;
  readonly refunds: TheirRefund[];
  readonly due: Due[];
  /** calls back, oldest first: what was sent and what came of it */
  readonly told: {
    readonly what: string;
    readonly at: number;
    readonly status: number;
    readonly text: string;
  }[];
};

const HOLD_MS = 7 * 86_400_000;

/** The state at a moment: a link runs out, and a hold that nobody takes is let go, without anybody doing anything. */
export const stateAt = (operation: Operation, now: number): number => {
  const { state, until, stateAt: since } = operation;
  if (state === 5 && until !== undefined && now >= until) return 10;
  if (state === 20 && now >= since + HOLD_MS) return 10;
  return state;
};

/** What is left of it to give back. */
export const leftOf = ({ taken, refunds }: Operation): number =>
  refunds.reduce((left, { kopecks, cancelled }) => (cancelled ? left : left - kopecks), taken);

/** `150000` as `1500.00`. */
export const roubles = (kopecks: number): string => (kopecks / 100).toFixed(2);

/** The kopecks of a sum in a request; `undefined` for none. */
export const kopecksIn = (sum: string): number | undefined =>
  /^\d{1,8}([.]\d{1,2})?$/.test(sum) ? Math.round(Number(sum) * 100) : undefined;
