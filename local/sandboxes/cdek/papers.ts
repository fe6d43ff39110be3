import { cdekInstant } from '../../../functions/delivery/cdek/instants.ts';
import type { Clock } from '../../clock.ts';
import type { Order } from './book.ts';
import { pdfOf } from './pdf.ts';

export type FormKind = 'orders' | 'barcodes';
type Form = {
  readonly uuid: string;
  readonly account: string;
  readonly kind: FormKind;
  readonly orders: readonly Order[];
  readonly statuses: { code: string; name: string; date_time: string }[];
  url?: string;
};

const readyMs = 2000;
const keptMs = 3_600_000;

/** Waybills and stickers: made in two seconds, kept for an hour. */
export const createPapers = (
  clock: Clock,
  newUuid: () => string,
  heard: { ready(form: Form): void; url(form: Form): string },
) => {
  const forms = new Map<string, Form>();
  const say = (form: Form, code: string) =>
    form.statuses.push({ code, name: code, date_time: cdekInstant(clock.now()) });
  return {
    forms,
    make(account: string, kind: FormKind, orders: readonly Order[]): Form {
      const form: Form = { uuid: newUuid(), account, kind, orders, statuses: [] };
      forms.set(form.uuid, form);
      say(form, 'ACCEPTED');
      clock.at(clock.now().getTime() + readyMs, () => {
        // A form of an order that has no track number is never made.
        if (orders.some(({ cdek_number }) => cdek_number === undefined)) return void say(form, 'INVALID');
        say(form, 'PROCESSING');
        say(form, 'READY');
        form.url = heard.url(form);
        heard.ready(form);
        clock.at(clock.now().getTime() + keptMs, () => {
          say(form, 'REMOVED');
          delete form.url;
        });
      });
      return form;
    },
    fileOf: (form: Form): Uint8Array =>
      pdfOf([
        form.kind === 'orders' ? 'CDEK waybill (sandbox)' : 'CDEK barcode (sandbox)',
        ...form.orders.flatMap((order) => [
          `track ${order.cdek_number ?? '-'}`,
          `order ${order.number}`,
          `${order.body.packages.length} place(s), ${order.body.packages.reduce((sum, { weight }) => sum + weight, 0)} g`,
        ]),
      ]),
  };
};
export type Papers = ReturnType<typeof createPapers>;
