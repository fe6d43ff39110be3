import { createHash } from 'node:crypto';
import { cdekInstant, instantOf } from '../../../functions/delivery/cdek/instants.ts';
import { endsOf } from '../../../functions/delivery/cdek/tariffs.ts';
import type { FaultPlan } from '../faults.ts';
import type { SandboxContext } from '../sandbox.ts';
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
  /** what the client paid on delivery has reached the shop */
  paidOut?: true;
  journey?: Ending;
  /** its number is another's, which shows when it is validated */
  repeats?: true;
  /** the client has refused it, and it is about to be turned back */
  refusing?: true;
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

const repeated: Problem = {
  code: 'error_validate_im_dep_number_has_already_had_integration',
  message: 'Заказ с таким номером уже был передан',
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

/** What outlives a restart: all but callbacks under way, and forms, which are made again. */
const keys = { order: 'cdek/order/', made: 'cdek/made', always: 'cdek/always' } as const;

/** All orders of the sandbox, and all that happens to them on its clock. */
export const createBook = (
  { clock, state }: Pick<SandboxContext, 'clock' | 'state'>,
  faults: FaultPlan,
  heard: { status(order: Order, line: StatusLine): void },
) => {
  const orders = new Map<string, Order>();
  const byNumber = new Map<string, string>();
  let made = state?.get<number>(keys.made) ?? 0;
  let always = state?.get<Ending>(keys.always);
  const keep = (order: Order): void => state?.set(`${keys.order}${order.uuid}`, order);
  let next: string | undefined;

  const newUuid = (): string => {
    made += 1;
    state?.set(keys.made, made);
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
  /** Of an instant as it is written on an order; now, where there is none. */
  const instantAt = (text: string | undefined): number =>
    Date.parse(instantOf(text ?? '') ?? clock.now().toISOString());
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
    if (code === 'NOT_DELIVERED' && order.kind === 'direct') backOf(order, 'return', order.body.tariff_code);
    keep(order);
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
    // Ten digits, as theirs are; which one hangs on nothing but the orders that have one.
    const numbered = [...orders.values()].filter(({ cdek_number }) => cdek_number !== undefined).length;
    order.cdek_number = next ?? String(1_100_007_919 + numbered * 7919);
    next = undefined;
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
    keep(order);
    keep(back);
    comeBack(back);
    return back;
  };

  /** Two days from the client to the shop. */
  const comeBack = (back: Order): void => {
    const since = instantAt(back.requests[0]?.date_time);
    const [there, home] = [back.from?.city ?? '', back.to?.city ?? ''];
    const road = [
      { after: 0, code: 'CREATED', city: there },
      { after: 24, code: 'SENT_TO_RECIPIENT_CITY', city: there },
      { after: 44, code: 'ACCEPTED_IN_RECIPIENT_CITY', city: home },
      { after: 48, code: 'DELIVERED', city: home },
    ];
    for (const { after, code, city } of road)
      if (!back.statuses.some((line) => line.code === code))
        clock.at(since + after * hour + (after === 0 ? validationMs : 0), () => {
          if (!ended.has(last(back)) && !back.statuses.some((line) => line.code === code))
            put(back, code, city);
        });
  };

  /** What is found wrong only when an order is validated. */
  const wrongs = (order: Order): Problem[] => {
    const { body } = order;
    const ends = endsOf(body.tariff_code);
    return [
      ...(order.repeats ? [repeated] : []),
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
    keep(order);
    const from = instantAt(order.statuses.find(({ code }) => code === 'CREATED')?.date_time);
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

  const validate = (order: Order): void =>
    later(validationMs, () => {
      const [create] = order.requests;
      if (create?.state !== 'ACCEPTED') return;
      const problems = wrongs(order);
      if (problems.length > 0) {
        create.state = 'INVALID';
        create.errors = problems;
        // A number is used up by an order that is valid.
        if (!order.repeats) byNumber.delete(keyOf(order.account, order.number));
        put(order, 'INVALID', '');
        return;
      }
      create.state = 'SUCCESSFUL';
      number(order);
      put(order, 'CREATED', order.from?.city ?? '');
      if (always !== undefined) start(order, always);
    });

  const removeLater = (order: Order, line: RequestLine): void =>
    later(validationMs, () => {
      if (!early.has(last(order))) {
        line.state = 'INVALID';
        line.errors = [{ code: 'v2_update_forbidden', message: 'Заказ уже принят' }];
        return keep(order);
      }
      line.state = 'SUCCESSFUL';
      delete order.journey;
      byNumber.delete(keyOf(order.account, order.number));
      put(order, 'REMOVED', '');
    });

  const turnBack = (order: Order): void =>
    later(validationMs, () => {
      delete order.refusing;
      if (!ended.has(last(order))) put(order, 'NOT_DELIVERED', order.to?.city ?? '', '11');
    });

  // What was under way when the sandbox was stopped goes on.
  for (const { value: order } of state?.list<Order>(keys.order) ?? []) {
    orders.set(order.uuid, order);
    const isValid = order.requests[0]?.state !== 'INVALID' && last(order) !== 'REMOVED';
    if (order.kind === 'direct' && !order.repeats && isValid)
      byNumber.set(keyOf(order.account, order.number), order.uuid);
    if (order.requests[0]?.state === 'ACCEPTED') validate(order);
    for (const line of order.requests)
      if (line.type === 'DELETE' && line.state === 'ACCEPTED') removeLater(order, line);
    if (order.refusing) turnBack(order);
    if (order.kind !== 'direct') comeBack(order);
    else if (order.journey !== undefined) start(order, order.journey);
  }

  return {
    orders,
    newUuid,
    /** which number the next order that is registered gets */
    numberNext: (number: string): void => {
      next = number;
    },
    stamp,
    later,
    put,
    last,
    start,
    cityOf: (order: Order): string => order.to?.city ?? order.from?.city ?? '',

    /** Takes an order for validation; what it is refused for at once, or the order. */
    take(account: string, body: OrderBody): { readonly refused: Problem[] } | { readonly order: Order } {
      const isTaken = body.number !== undefined && byNumber.has(keyOf(account, body.number));
      const isLate = isTaken && faults.take('repeat-found-late') !== undefined;
      if (isTaken && !isLate) return { refused: [repeated] };
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
        ...(isLate ? { repeats: true } : {}),
      };
      orders.set(uuid, order);
      if (!isLate) byNumber.set(keyOf(account, order.number), uuid);
      put(order, 'ACCEPTED', '');
      validate(order);
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
      keep(order);
    },

    /** Removes an order by and by, where it has not been handed in. */
    remove(order: Order): void {
      const line = request('DELETE');
      order.requests.push(line);
      keep(order);
      removeLater(order, line);
    },

    /** The client refuses what is under way. */
    refuse(order: Order): boolean {
      if (early.has(last(order)) || ended.has(last(order))) return false;
      order.refusing = true;
      keep(order);
      turnBack(order);
      return true;
    },

    /** The client sends back what was delivered. */
    fromClient(order: Order, tariff: number): Order | undefined {
      if (!['DELIVERED', 'POSTOMAT_RECEIVED'].includes(last(order))) return undefined;
      return backOf(order, 'client-return', tariff);
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
      keep(order);
      heard.status(order, line);
    },

    payOut(order: Order): void {
      if (order.detail === undefined)
        throw new RangeError(`order ${order.number} is not delivered, and nothing was paid for it`);
      order.paidOut = true;
      keep(order);
    },

    always(ending: Ending | undefined): void {
      always = ending;
      if (ending === undefined) state?.delete(keys.always);
      else state?.set(keys.always, ending);
    },
  };
};
export type Book = ReturnType<typeof createBook>;
