import { createHash } from 'node:crypto';
import { cdekInstant } from '../../../functions/delivery/cdek/instants.ts';
import { endsOf } from '../../../functions/delivery/cdek/tariffs.ts';
import type { Clock } from '../../clock.ts';
import type { FaultPlan } from '../faults.ts';
import { type City, cityOf, pointBy } from './map.ts';
import { countedWeight, insuranceOf, priceOf } from './prices.ts';
import type { OrderBody } from './shapes.ts';

export type Problem = { readonly code: string; readonly message: string };
export type RequestLine = {
  readonly request_uuid: string;
  readonly type: 'CREATE' | 'UPDATE' | 'DELETE';
  readonly date_time: string;
  state: 'ACCEPTED' | 'SUCCESSFUL' | 'INVALID';
  errors: Problem[];
};
export type StatusLine = {
  readonly code: string;
  readonly name: string;
  readonly date_time: string;
  readonly city: string;
  readonly reason_code?: string;
  deleted?: boolean;
};
type Related = { readonly type: string; readonly uuid: string; readonly cdek_number?: string };

export type Order = {
  readonly uuid: string;
  readonly account: string;
  body: OrderBody;
  number: string;
  cdek_number?: string;
  readonly kind: 'direct' | 'return' | 'client-return';
  readonly from: City | undefined;
  readonly to: City | undefined;
  readonly statuses: StatusLine[];
  readonly requests: RequestLine[];
  readonly related: Related[];
  detail?: Record<string, unknown>;
  journey?: Ending;
};

export type Ending = 'delivered' | 'refused';
export const endings: readonly Ending[] = ['delivered', 'refused'];

const names: Readonly<Record<string, string>> = {
  ACCEPTED: 'Принят',
  CREATED: 'Создан',
  REMOVED: 'Удален',
  INVALID: 'Некорректный заказ',
  RECEIVED_AT_SHIPMENT_WAREHOUSE: 'Принят на склад отправителя',
  READY_FOR_SHIPMENT_IN_SENDER_CITY: 'Выдан на отправку в г. отправителе',
  TAKEN_BY_TRANSPORTER_FROM_SENDER_CITY: 'Сдан перевозчику в г. отправителе',
  SENT_TO_RECIPIENT_CITY: 'Отправлен в г. получатель',
  ACCEPTED_IN_RECIPIENT_CITY: 'Встречен в г. получателе',
  ACCEPTED_AT_RECIPIENT_CITY_WAREHOUSE: 'Принят на склад доставки',
  ACCEPTED_AT_PICK_UP_POINT: 'Принят на склад до востребования',
  POSTOMAT_POSTED: 'Заложен в постамат',
  TAKEN_BY_COURIER: 'Выдан на доставку',
  DELIVERED: 'Вручен',
  POSTOMAT_RECEIVED: 'Изъят из постамата клиентом',
  NOT_DELIVERED: 'Не вручен',
};

/** Legacy numbers of statuses, as callbacks carry them beside the codes. */
export const statusNumbers: Readonly<Record<string, string>> = {
  ACCEPTED: '0',
  CREATED: '1',
  REMOVED: '2',
  RECEIVED_AT_SHIPMENT_WAREHOUSE: '3',
  DELIVERED: '4',
  NOT_DELIVERED: '5',
  READY_FOR_SHIPMENT_IN_SENDER_CITY: '6',
  TAKEN_BY_TRANSPORTER_FROM_SENDER_CITY: '7',
  SENT_TO_RECIPIENT_CITY: '8',
  ACCEPTED_IN_RECIPIENT_CITY: '9',
  ACCEPTED_AT_RECIPIENT_CITY_WAREHOUSE: '10',
  TAKEN_BY_COURIER: '11',
  ACCEPTED_AT_PICK_UP_POINT: '12',
  INVALID: '404',
};

const hour = 3_600_000;

/** Where a parcel is when, from its registration on: three days to the client. */
const roadOf = (
  order: Order,
): readonly { readonly after: number; readonly code: string; readonly there: boolean }[] => {
  const end =
    endsOf(order.body.tariff_code)?.to ?? (order.body.delivery_point === undefined ? 'door' : 'point');
  const road = [
    { after: 4, code: 'RECEIVED_AT_SHIPMENT_WAREHOUSE', there: false },
    { after: 8, code: 'READY_FOR_SHIPMENT_IN_SENDER_CITY', there: false },
    { after: 12, code: 'TAKEN_BY_TRANSPORTER_FROM_SENDER_CITY', there: false },
    { after: 20, code: 'SENT_TO_RECIPIENT_CITY', there: false },
    { after: 44, code: 'ACCEPTED_IN_RECIPIENT_CITY', there: true },
  ];
  switch (end) {
    case 'door':
      return [
        ...road,
        { after: 48, code: 'ACCEPTED_AT_RECIPIENT_CITY_WAREHOUSE', there: true },
        { after: 68, code: 'TAKEN_BY_COURIER', there: true },
        { after: 72, code: 'DELIVERED', there: true },
      ];
    case 'postamat':
      return [
        ...road,
        { after: 48, code: 'POSTOMAT_POSTED', there: true },
        { after: 72, code: 'POSTOMAT_RECEIVED', there: true },
      ];
    case 'point':
      return [
        ...road,
        { after: 48, code: 'ACCEPTED_AT_PICK_UP_POINT', there: true },
        { after: 72, code: 'DELIVERED', there: true },
      ];
    default:
      return end satisfies never;
  }
};

const ended = new Set([
  'DELIVERED',
  'POSTOMAT_RECEIVED',
  'NOT_DELIVERED',
  'POSTOMAT_SEIZED',
  'REMOVED',
  'INVALID',
]);
/** Whether a status leaves an order where it can still be changed or removed. */
const early = new Set(['ACCEPTED', 'CREATED']);

export const validationMs = 1000;

/** All orders of the sandbox, and all that happens to them on its clock. */
export const createBook = (
  clock: Clock,
  faults: FaultPlan,
  heard: { status(order: Order, line: StatusLine): void },
) => {
  const orders = new Map<string, Order>();
  const byNumber = new Map<string, string>();
  let made = 0;
  let always: Ending | undefined;

  const newUuid = (): string => {
    made += 1;
    const hex = createHash('sha256').update(`cdek ${made} ${clock.now().toISOString()}`).digest('hex');
    return [
      hex.slice(0, 8),
      hex.slice(8, 12),
      `4${hex.slice(13, 16)}`,
      `9${hex.slice(17, 20)}`,
      hex.slice(20, 32),
    ].join('-');
  };
  const stamp = (): string => cdekInstant(clock.now());
  const later = (ms: number, what: () => void) => void clock.at(clock.now().getTime() + ms, what);
  const request = (type: RequestLine['type']): RequestLine => ({
    request_uuid: newUuid(),
    type,
    date_time: stamp(),
    state: 'ACCEPTED',
    errors: [],
  });
  const last = (order: Order): string =>
    order.statuses.findLast(({ deleted }) => deleted !== true)?.code ?? '';
  const keyOf = (account: string, number: string): string => JSON.stringify([account, number]);

  /** Puts a status on an order and tells its subscribers. */
  const put = (order: Order, code: string, city: string, reason?: string): void => {
    const line: StatusLine = {
      code,
      name: names[code] ?? code,
      date_time: stamp(),
      city,
      ...(reason === undefined ? {} : { reason_code: reason }),
    };
    order.statuses.push(line);
    if (code === 'DELIVERED' || code === 'POSTOMAT_RECEIVED') order.detail = detailOf(order);
    if (code === 'NOT_DELIVERED' && order.kind === 'direct') sendBack(order);
    heard.status(order, line);
  };

  const detailOf = (order: Order): Record<string, unknown> => {
    const { packages, delivery_recipient_cost } = order.body;
    const goods = packages.flatMap(({ items }) => items ?? []);
    const paid =
      goods.reduce((sum, { payment, amount }) => sum + Math.round((payment?.value ?? 0) * 100) * amount, 0) /
        100 +
      (delivery_recipient_cost?.value ?? 0);
    const worth = goods.reduce((sum, { cost, amount }) => sum + cost * amount, 0);
    const price =
      order.from === undefined || order.to === undefined
        ? undefined
        : priceOf(order.body.tariff_code, order.from, order.to, packages, clock.now());
    const delivery = price?.delivery_sum ?? 0;
    return {
      date: stamp(),
      recipient_name: order.body.recipient.name,
      payment_sum: paid,
      payment_info: paid > 0 ? [{ type: 'CARD', sum: paid }] : [],
      delivery_sum: delivery,
      total_sum: Math.round((delivery + insuranceOf(worth)) * 100) / 100,
    };
  };

  const number = (order: Order): string => {
    // Ten digits, as theirs are.
    order.cdek_number = String(1_100_000_000 + orders.size * 7919 + made);
    return order.cdek_number;
  };

  /** An order that carries the goods of another back. */
  const backOf = (order: Order, kind: 'return' | 'client-return', tariff: number): Order => {
    const back: Order = {
      uuid: newUuid(),
      account: order.account,
      body: { ...order.body, tariff_code: tariff },
      number: order.number,
      kind,
      from: order.to,
      to: order.from,
      statuses: [],
      requests: [{ ...request('CREATE'), state: 'SUCCESSFUL' }],
      related: [
        {
          type: kind === 'return' ? 'direct_order' : 'client_direct_order',
          uuid: order.uuid,
          ...(order.cdek_number === undefined ? {} : { cdek_number: order.cdek_number }),
        },
      ],
    };
    orders.set(back.uuid, back);
    const cdek_number = number(back);
    order.related.push({
      type: kind === 'return' ? 'return_order' : 'client_return_order',
      uuid: back.uuid,
      cdek_number,
    });
    return back;
  };

  const sendBack = (order: Order): void => {
    const back = backOf(order, 'return', order.body.tariff_code);
    const home = order.from?.city ?? '';
    later(0, () => put(back, 'CREATED', order.to?.city ?? ''));
    later(24 * hour, () => put(back, 'SENT_TO_RECIPIENT_CITY', order.to?.city ?? ''));
    later(44 * hour, () => put(back, 'ACCEPTED_IN_RECIPIENT_CITY', home));
    later(48 * hour, () => put(back, 'DELIVERED', home));
  };

  /** What is found wrong only when an order is validated. */
  const wrongs = (order: Order): Problem[] => {
    const { body } = order;
    const ends = endsOf(body.tariff_code);
    return [
      ...(ends === undefined ? [{ code: 'v2_entity_invalid', message: 'Тариф недоступен по договору' }] : []),
      ...(order.from === undefined
        ? [
            {
              code: 'v2_sender_location_not_recognized',
              message: 'Не удалось определить местоположение отправителя',
            },
          ]
        : []),
      ...(order.to === undefined
        ? [
            {
              code: 'v2_recipient_location_not_recognized',
              message: 'Не удалось определить местоположение получателя',
            },
          ]
        : []),
      ...(ends?.to === 'postamat' && pointBy(body.delivery_point)?.type !== 'POSTAMAT'
        ? [{ code: 'v2_entity_invalid', message: 'Тариф доставляет в постамат' }]
        : []),
      ...(pointBy(body.delivery_point)?.type === 'POSTAMAT' &&
      (body.packages.length > 1 || countedWeight(body.packages) > 15)
        ? [{ code: 'v2_entity_invalid', message: 'В постамат помещается одно место до 15 кг' }]
        : []),
      ...(faults.take('invalid-order') === undefined
        ? []
        : [
            {
              code: 'v2_invalid_format',
              message: `Некорректный телефон ${body.recipient.phones?.[0]?.number ?? ''}`,
            },
          ]),
    ];
  };

  const start = (order: Order, ending: Ending): void => {
    order.journey = ending;
    const since = order.statuses.find(({ code }) => code === 'CREATED')?.date_time;
    const from = since === undefined ? clock.now().getTime() : Date.parse(since.replace('+0000', 'Z'));
    for (const { after, code, there } of roadOf(order)) {
      clock.at(Math.max(clock.now().getTime(), from + after * hour), () => {
        if (order.journey !== ending || ended.has(last(order))) return;
        const city = (there ? order.to : order.from)?.city ?? '';
        if (ending === 'refused' && (code === 'DELIVERED' || code === 'POSTOMAT_RECEIVED'))
          put(order, 'NOT_DELIVERED', city, '11');
        else if (!order.statuses.some((line) => line.code === code)) put(order, code, city);
      });
    }
  };

  return {
    orders,
    newUuid,
    stamp,
    later,
    put,
    last,
    start,
    cityOf: (order: Order): string => order.to?.city ?? order.from?.city ?? '',

    /** Takes an order for validation; what it is refused for at once, or the order. */
    take(account: string, body: OrderBody): { readonly refused: Problem[] } | { readonly order: Order } {
      const taken = body.number === undefined ? undefined : byNumber.get(keyOf(account, body.number));
      const repeated: Problem[] =
        taken === undefined
          ? []
          : [
              {
                code: 'error_validate_im_dep_number_has_already_had_integration',
                message: 'Заказ с таким номером уже был передан',
              },
            ];
      const isLate = repeated.length > 0 && faults.take('repeat-found-late') !== undefined;
      if (repeated.length > 0 && !isLate) return { refused: repeated };
      const uuid = newUuid();
      const order: Order = {
        uuid,
        account,
        body,
        number: body.number ?? uuid,
        kind: 'direct',
        from: pointBy(body.shipment_point)?.city ?? cityOf(body.from_location),
        to: pointBy(body.delivery_point)?.city ?? cityOf(body.to_location),
        statuses: [],
        requests: [request('CREATE')],
        related: [],
      };
      orders.set(uuid, order);
      if (!isLate) byNumber.set(keyOf(account, order.number), uuid);
      put(order, 'ACCEPTED', '');
      later(validationMs, () => {
        const [create] = order.requests;
        if (create === undefined || create.state !== 'ACCEPTED') return;
        const problems = [...repeated, ...wrongs(order)];
        if (problems.length > 0) {
          create.state = 'INVALID';
          create.errors = problems;
          // A number is used up by an order that is valid.
          if (!isLate) byNumber.delete(keyOf(account, order.number));
          put(order, 'INVALID', '');
          return;
        }
        create.state = 'SUCCESSFUL';
        number(order);
        put(order, 'CREATED', order.from?.city ?? '');
        if (always !== undefined) start(order, always);
      });
      return { order };
    },

    /** The order a question names by uuid, track number or the shop's number. */
    find(
      account: string,
      by: { uuid?: string; cdek_number?: string; im_number?: string },
    ): Order | undefined {
      const own = (order: Order | undefined) => (order?.account === account ? order : undefined);
      if (by.uuid !== undefined) return own(orders.get(by.uuid));
      if (by.im_number !== undefined)
        return own(orders.get(byNumber.get(keyOf(account, by.im_number)) ?? ''));
      return [...orders.values()].find(
        (order) =>
          order.account === account &&
          order.cdek_number !== undefined &&
          order.cdek_number === by.cdek_number,
      );
    },

    /** Whether it can still be changed or removed. */
    isEarly: (order: Order): boolean => order.kind === 'direct' && early.has(last(order)),

    change(order: Order, given: Partial<OrderBody>): void {
      order.body = { ...order.body, ...given };
      order.requests.push({ ...request('UPDATE'), state: 'SUCCESSFUL' });
    },

    /** Removes an order by and by, where it has not been handed in. */
    remove(order: Order): void {
      const line = request('DELETE');
      order.requests.push(line);
      later(validationMs, () => {
        if (!early.has(last(order))) {
          line.state = 'INVALID';
          line.errors = [{ code: 'v2_update_forbidden', message: 'Заказ уже принят' }];
          return;
        }
        line.state = 'SUCCESSFUL';
        delete order.journey;
        byNumber.delete(keyOf(order.account, order.number));
        put(order, 'REMOVED', '');
      });
    },

    /** The client refuses what is under way. */
    refuse(order: Order): boolean {
      if (early.has(last(order)) || ended.has(last(order))) return false;
      later(validationMs, () => {
        if (!ended.has(last(order))) put(order, 'NOT_DELIVERED', order.to?.city ?? '', '11');
      });
      return true;
    },

    /** The client sends back what was delivered. */
    fromClient(order: Order, tariff: number): Order | undefined {
      if (!['DELIVERED', 'POSTOMAT_RECEIVED'].includes(last(order))) return undefined;
      const back = backOf(order, 'client-return', tariff);
      later(validationMs, () => put(back, 'CREATED', order.to?.city ?? ''));
      return back;
    },

    /** The next status of its road, now. */
    step(order: Order): string {
      if (ended.has(last(order)))
        throw new RangeError(`order ${order.number} has come to its end: ${last(order)}`);
      const next = roadOf(order).find(({ code }) => !order.statuses.some((line) => line.code === code));
      if (next === undefined || last(order) === 'ACCEPTED')
        throw new RangeError(`order ${order.number} is not registered yet`);
      put(order, next.code, (next.there ? order.to : order.from)?.city ?? '');
      return next.code;
    },

    /** Takes a status back, as CDEK does with one set by mistake. */
    takeBack(order: Order, code: string): void {
      const line = order.statuses.findLast((one) => one.code === code && one.deleted !== true);
      if (line === undefined)
        throw new RangeError(
          `order ${order.number} has no status ${code}; it has ${order.statuses.map((one) => one.code).join(', ')}`,
        );
      line.deleted = true;
      heard.status(order, line);
    },

    always(ending: Ending | undefined): void {
      always = ending;
    },
  };
};
export type Book = ReturnType<typeof createBook>;
