import { createHash } from 'node:crypto';
import type { State } from '../../state/state.ts';
import type { Operation } from './operation.ts';
import type { TheirShop } from './theirs.ts';

type Invoice = { readonly login: string; readonly payload: Readonly<Record<string, unknown>> };
type KeptReceipt = {
  readonly at: number;
  readonly fails: boolean;
  readonly number: string;
  readonly body: unknown;
};

/** What the gateway keeps. */
export type Books = ReturnType<typeof createBooks>;

export const createBooks = (
  shops: () => readonly TheirShop[],
  ownUrl: () => string,
  state: State | undefined,
) => {
  const place = (login: string, invoice: string) => `${login}:${invoice}`;
  const shopOf = (login: string) => shops().find((shop) => shop.login === login);
  /** What was kept before a restart. */
  const kept = <T>(list: string) => state?.list<T>(`robokassa#${list}#`) ?? [];
  const placeIn = (list: string, key: string) => key.slice(`robokassa#${list}#`.length);
  const write = (list: string, key: string, value: unknown) => state?.set(`robokassa#${list}#${key}`, value);

  const operations = new Map(
    kept<Omit<Operation, 'shop'> & { login: string }>('operation')
      .sort((one, other) => one.value.openedAt - other.value.openedAt)
      .flatMap(({ key, value: { login, ...rest } }): [string, Operation][] => {
        const shop = shopOf(login);
        return shop === undefined ? [] : [[placeIn('operation', key), { ...rest, shop }]];
      }),
  );
  const invoices = new Map(
    kept<Invoice>('invoice').map(({ key, value }) => [placeIn('invoice', key), value]),
  );
  const receipts = new Map(
    kept<KeptReceipt>('receipt').map(({ key, value }) => [placeIn('receipt', key), value]),
  );

  /** An id in the form of a GUID, the same on every run. */
  const id = (of: string): string =>
    createHash('sha256')
      .update(of)
      .digest('hex')
      .toUpperCase()
      .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');

  return {
    id,
    shop: shopOf,
    /** newest first */
    operations: (): Operation[] => [...operations.values()].reverse(),
    of: (login: string, invoice: string): Operation | undefined => operations.get(place(login, invoice)),
    byKey: (key: string): Operation | undefined => [...operations.values()].find((one) => one.key === key),
    /** Keeps what is new of it. */
    keep: (operation: Operation): void => {
      const { shop, ...rest } = operation;
      const key = place(shop.login, operation.invoice);
      operations.set(key, operation);
      write('operation', key, { ...rest, login: shop.login });
    },
    /** The link of a new invoice; undefined if there is one of this number. */
    keepInvoice: (shop: TheirShop, payload: Readonly<Record<string, unknown>>): string | undefined => {
      const key = id(`invoice ${place(shop.login, String(payload.InvId))}`).toLowerCase();
      if (invoices.has(key)) return undefined;
      const invoice = { login: shop.login, payload };
      invoices.set(key, invoice);
      write('invoice', key, invoice);
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
      const receipt = { at, fails, number: String(135_771 + receipts.size), body };
      receipts.set(key, receipt);
      write('receipt', key, receipt);
      return undefined;
    },
    receipt: (shop: TheirShop, number: string): KeptReceipt | undefined =>
      receipts.get(place(shop.login, number)),
    receipts: (): KeptReceipt[] => [...receipts.values()].reverse(),
  };
};
