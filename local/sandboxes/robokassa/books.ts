import { createHash } from 'node:crypto';
import type { Operation } from './operation.ts';
import type { TheirShop } from './theirs.ts';

type Invoice = { readonly shop: TheirShop; readonly payload: Readonly<Record<string, unknown>> };
type KeptReceipt = {
  readonly at: number;
  readonly fails: boolean;
  readonly number: string;
  readonly body: unknown;
};

/** What the gateway keeps. */
export type Books = ReturnType<typeof createBooks>;

export const createBooks = (shops: () => readonly TheirShop[], ownUrl: () => string) => {
  const operations = new Map<string, Operation>();
  const invoices = new Map<string, Invoice>();
  const receipts = new Map<string, KeptReceipt>();
  const place = (login: string, invoice: string) => `${login}:${invoice}`;

  /** An id in the form of a GUID, the same on every run. */
  const id = (of: string): string =>
    createHash('sha256')
      .update(of)
      .digest('hex')
      .toUpperCase()
      .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');

  return {
    id,
    shop: (login: string): TheirShop | undefined => shops().find((shop) => shop.login === login),
    /** newest first */
    operations: (): Operation[] => [...operations.values()].reverse(),
    of: (login: string, invoice: string): Operation | undefined => operations.get(place(login, invoice)),
    byKey: (key: string): Operation | undefined => [...operations.values()].find((one) => one.key === key),
    keep: (operation: Operation): void => {
      operations.set(place(operation.shop.login, operation.invoice), operation);
    },
    /** The link of a new invoice; undefined if there is one of this number. */
    keepInvoice: (shop: TheirShop, payload: Readonly<Record<string, unknown>>): string | undefined => {
      const key = id(`invoice ${place(shop.login, String(payload.InvId))}`).toLowerCase();
      if (invoices.has(key)) return undefined;
      invoices.set(key, { shop, payload });
      return `${ownUrl()}/Merchant/Invoice/${key}`;
    },
    invoice: (key: string): Invoice | undefined => invoices.get(key),
    /** Takes a final receipt up. @returns why not */
    keepReceipt: (
      shop: TheirShop,
      body: Readonly<Record<string, unknown>>,
      at: number,
      fails: boolean,
    ): string | undefined => {
      const { id: number, originId, items } = body;
      if (number === originId) return 'id equals originId';
      if (operations.get(place(shop.login, String(originId)))?.state !== 100) return 'originId is not paid';
      if (!Array.isArray(items) || items.some(({ payment_method }) => payment_method !== 'full_payment'))
        return 'payment_method is not full_payment';
      const key = place(shop.login, String(number));
      const before = [...receipts.values()].filter(
        (kept) =>
          (kept.body as typeof body).originId === originId &&
          (kept.body as typeof body).merchantId === shop.login,
      );
      if (receipts.has(key)) return 'id is taken';
      if (before.length >= 2) return 'two receipts are there already';
      receipts.set(key, { at, fails, number: String(135_771 + receipts.size), body });
      return undefined;
    },
    receipt: (shop: TheirShop, number: string): KeptReceipt | undefined =>
      receipts.get(place(shop.login, number)),
    receipts: (): KeptReceipt[] => [...receipts.values()].reverse(),
  };
};
