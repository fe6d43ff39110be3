import type * as z from 'zod';
import { modes, tariffs } from '../../../functions/delivery/cdek/tariffs.ts';
import type { Clock } from '../../clock.ts';
import type { State } from '../../state/state.ts';
import type { FaultPlan } from '../faults.ts';
import type { Book, Order, Problem } from './book.ts';
import type { Callbacks, Subscription } from './callbacks.ts';
import { cities, cityLine, cityOf, pointLine, points } from './map.ts';
import type { FormKind, Papers } from './papers.ts';
import { insuranceOf, priceOf } from './prices.ts';
import {
  ChangeBody,
  EstimateBody,
  IntakeBody,
  OrderBody,
  PrintBody,
  ReturnBody,
  WebhookBody,
} from './shapes.ts';

/** A call, its token checked. */
export type Asked = {
  readonly account: string;
  readonly method: string;
  /** without `/v2` */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
};
export type Answered = { readonly status: number; readonly body?: unknown; readonly file?: Uint8Array };

type Given = Asked & { readonly id: string };
type Route = readonly [method: string, path: RegExp, answer: (asked: Given) => Answered];

export type Intake = {
  readonly uuid: string;
  readonly account: string;
  readonly order: Order | undefined;
  readonly body: z.infer<typeof IntakeBody>;
  readonly date_time: string;
  state: 'ACCEPTED' | 'SUCCESSFUL' | 'INVALID';
  errors: Problem[];
  number?: string;
};

const intakeKey = 'cdek/intake/';

/** Every method of the protocol, over what the sandbox holds. */
export const createApi = (parts: {
  readonly clock: Clock;
  readonly book: Book;
  readonly papers: Papers;
  readonly callbacks: Callbacks;
  readonly faults: FaultPlan;
  readonly state?: State | undefined;
}) => {
  const { clock, book, papers, callbacks, faults, state } = parts;
  const intakes = new Map<string, Intake>();
  const keepIntake = (intake: Intake): void => {
    intakes.set(intake.uuid, intake);
    state?.set(`${intakeKey}${intake.uuid}`, { ...intake, order: intake.order?.uuid });
  };

  const requestLine = (type: string, state: string, errors: readonly Problem[] = []) => ({
    request_uuid: book.newUuid(),
    type,
    date_time: book.stamp(),
    state,
    errors,
    warnings: [],
  });
  const refused = (type: string, problems: readonly Problem[], status = 400): Answered => ({
    status,
    body: { requests: [requestLine(type, 'INVALID', problems)] },
  });
  const accepted = (uuid: string, type: string): Answered => ({
    status: 202,
    body: { entity: { uuid }, requests: [requestLine(type, 'ACCEPTED')], related_entities: [] },
  });
  const missing = (code = 'v2_entity_not_found'): Answered =>
    refused('GET', [{ code, message: 'Entity is not found' }], 404);

  /** The body by its shape, or what is wrong with it. */
  const read = <S extends z.ZodType>(
    shape: S,
    body: unknown,
  ): { value: z.output<S> } | { refused: Answered } => {
    const parsed = shape.safeParse(body);
    if (parsed.success) return { value: parsed.data };
    return {
      refused: refused(
        'CREATE',
        parsed.error.issues.map(({ path, code }) => ({
          code: code === 'invalid_type' ? 'v2_invalid_value_type' : 'v2_invalid_format',
          message: `[${path.join('.')}] ${code}`,
        })),
      ),
    };
  };

  const orderLine = (order: Order) => ({
    entity: {
      ...order.body,
      uuid: order.uuid,
      number: order.number,
      ...(order.cdek_number === undefined ? {} : { cdek_number: order.cdek_number }),
      type: order.body.type ?? 1,
      delivery_mode: String(tariffs[order.body.tariff_code]?.mode ?? ''),
      is_return: order.kind === 'return',
      is_reverse: false,
      is_client_return: order.kind === 'client-return',
      packages: order.body.packages.map((pack, index) => ({
        ...pack,
        package_id: `${order.uuid.slice(0, 8)}-${index + 1}`,
      })),
      statuses: order.statuses.toReversed(), // the newest first
      ...(order.detail === undefined
        ? {}
        : { delivery_detail: order.detail, transacted_payment: order.paidOut === true }),
    },
    requests: order.requests,
    related_entities: order.related,
  });

  const withOrder = (asked: Given, then: (order: Order) => Answered): Answered => {
    const order = book.find(asked.account, { uuid: asked.id });
    return order === undefined ? missing() : then(order);
  };
  const refOf = (
    account: string,
    ref: { order_uuid?: string | undefined; cdek_number?: string | undefined },
  ) =>
    book.find(account, {
      ...(ref.order_uuid === undefined ? {} : { uuid: ref.order_uuid }),
      ...(ref.cdek_number === undefined ? {} : { cdek_number: ref.cdek_number }),
    });

  const paged = <Line>(lines: readonly Line[], query: URLSearchParams): Answered => {
    const size = Math.min(Number(query.get('size') ?? 1000) || 1000, 1000);
    const page = Number(query.get('page') ?? 0) || 0;
    return { status: 200, body: lines.slice(page * size, (page + 1) * size) };
  };

  const estimate = (asked: Given, one: boolean): Answered => {
    const given = read(EstimateBody, asked.body);
    if ('refused' in given)
      return {
        status: 400,
        body: { errors: [{ code: 'v2_invalid_format', message: 'Некорректный запрос' }] },
      };
    const { from_location, to_location, packages, services = [], tariff_code } = given.value;
    const from = cityOf(from_location);
    const to = cityOf(to_location);
    // The calculator says so with 200.
    const unknown = [
      ...(from === undefined
        ? [{ code: 'shipment_location_is_not_recognized', message: 'Не найден город отправления' }]
        : []),
      ...(to === undefined
        ? [{ code: 'delivery_location_is_not_recognized', message: 'Не найден город назначения' }]
        : []),
    ];
    if (from === undefined || to === undefined) return { status: 200, body: { errors: unknown } };
    const priced = (code: number) => priceOf(code, from, to, packages, clock.now());
    if (!one) {
      const tariff_codes = Object.keys(tariffs).flatMap((code) => {
        const line = priced(Number(code));
        if (line === undefined) return [];
        const { weight_calc: _, ...shown } = line;
        return [shown];
      });
      return { status: 200, body: { tariff_codes } };
    }
    const line = tariff_code === undefined ? undefined : priced(tariff_code);
    if (line === undefined)
      return { status: 200, body: { errors: [{ code: 'v2_entity_invalid', message: 'Тариф недоступен' }] } };
    const charged = services.flatMap(({ code, parameter }) =>
      code === 'INSURANCE' ? [{ code, sum: insuranceOf(Number(parameter ?? 0)) }] : [],
    );
    const extra = charged.reduce((sum, { sum: one }) => sum + Math.round(one * 100), 0);
    const { tariff_code: _, tariff_name: __, tariff_description: ___, delivery_mode: ____, ...shown } = line;
    return {
      status: 200,
      body: {
        ...shown,
        services: charged.map((service) => ({ ...service, total_sum: service.sum })),
        total_sum: (line.delivery_sum * 100 + extra) / 100,
        currency: 'RUB',
      },
    };
  };

  const makeOrder = (asked: Given): Answered => {
    const given = read(OrderBody, asked.body);
    if ('refused' in given) return given.refused;
    const body = given.value;
    const goods = body.packages.reduce((sum, { items = [] }) => sum + items.length, 0);
    const numbers = new Set(body.packages.map(({ number }) => number));
    const problems: Problem[] = [
      ...((body.shipment_point === undefined) === (body.from_location === undefined)
        ? [
            {
              code: 'v2_shipment_address_multivalued',
              message: 'Укажите одно из: shipment_point, from_location',
            },
          ]
        : []),
      ...((body.delivery_point === undefined) === (body.to_location === undefined)
        ? [
            {
              code: 'v2_delivery_address_multivalued',
              message: 'Укажите одно из: delivery_point, to_location',
            },
          ]
        : []),
      ...(goods > 126 ? [{ code: 'v2_number_items_is_more_126', message: 'Больше 126 вложений' }] : []),
      ...(numbers.size < body.packages.length
        ? [{ code: 'v2_entity_invalid', message: 'Номера упаковок повторяются' }]
        : []),
      ...((body.type ?? 1) === 1 && body.packages.some(({ items = [] }) => items.length === 0)
        ? [{ code: 'v2_field_is_empty', message: '[packages.items] is empty' }]
        : []),
      ...((body.type ?? 1) === 2 && body.sender === undefined
        ? [{ code: 'v2_field_is_empty', message: '[sender] is empty' }]
        : []),
    ];
    if (problems.length > 0) return refused('CREATE', problems);
    const taken = book.take(asked.account, body);
    if ('refused' in taken) return refused('CREATE', taken.refused);
    const { order } = taken;
    if (body.print !== undefined)
      book.later(2000, () => {
        if (order.cdek_number === undefined) return;
        const form = papers.make(asked.account, body.print === 'WAYBILL' ? 'orders' : 'barcodes', [order]);
        order.related.push({ type: body.print === 'WAYBILL' ? 'waybill' : 'barcode', uuid: form.uuid });
      });
    return accepted(order.uuid, 'CREATE');
  };

  const makeForm = (asked: Given, kind: FormKind): Answered => {
    const given = read(PrintBody, asked.body);
    if ('refused' in given) return given.refused;
    const orders = given.value.orders.map((ref) => refOf(asked.account, ref));
    const known = orders.filter((order) => order !== undefined);
    if (known.length < orders.length)
      return refused('CREATE', [{ code: 'v2_entity_not_found', message: 'Order is not found' }]);
    return accepted(papers.make(asked.account, kind, known).uuid, 'CREATE');
  };
  const formBy = (asked: Given, kind: FormKind) => {
    const form = papers.forms.get(asked.id);
    return form?.account === asked.account && form.kind === kind ? form : undefined;
  };
  const showForm = (asked: Given, kind: FormKind): Answered => {
    const form = formBy(asked, kind);
    if (form === undefined) return missing();
    return {
      status: 200,
      body: {
        entity: {
          uuid: form.uuid,
          orders: form.orders.map(({ uuid }) => ({ order_uuid: uuid })),
          statuses: form.statuses,
          ...(form.url === undefined ? {} : { url: form.url }),
        },
        requests: [requestLine('CREATE', 'SUCCESSFUL')],
      },
    };
  };
  const formFile = (asked: Given, kind: FormKind): Answered => {
    const form = formBy(asked, kind);
    return form?.url === undefined ? missing() : { status: 200, file: papers.fileOf(form) };
  };

  const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  /** What is found wrong with a call only a moment after it was taken on. */
  const validateIntake = (intake: Intake): void => {
    const { uuid, order, body } = intake;
    const there = [...intakes.values()].some(
      (one) => one.uuid !== uuid && one.order === order && one.state !== 'INVALID',
    );
    book.later(1000, () => {
      const from = minutes(body.intake_time_from);
      const to = minutes(body.intake_time_to);
      const errors: Problem[] = [
        ...(there ? [{ code: 'v2_intake_exists_by_order', message: 'Заявка по заказу уже есть' }] : []),
        ...(to - from < 180 || from < 540 || to > 1320
          ? [{ code: 'v2_invalid_format', message: 'Интервал ожидания курьера не меньше 3 часов, с 9 до 22' }]
          : []),
        ...(body.intake_date < clock.now().toISOString().slice(0, 10)
          ? [{ code: 'v2_invalid_format', message: 'Дата забора в прошлом' }]
          : []),
        ...(order?.cdek_number === undefined
          ? [{ code: 'v2_entity_invalid', message: 'Заказ не оформлен' }]
          : []),
      ];
      intake.errors = errors;
      intake.state = errors.length > 0 ? 'INVALID' : 'SUCCESSFUL';
      if (errors.length === 0) intake.number = String(700_000 + intakes.size);
      if (intakes.has(uuid)) keepIntake(intake);
    });
  };
  const keptIntakes = (state?.list<Omit<Intake, 'order'> & { order?: string }>(intakeKey) ?? []).map(
    ({ value: { order, ...intake } }): Intake => ({ ...intake, order: book.orders.get(order ?? '') }),
  );
  for (const intake of keptIntakes) intakes.set(intake.uuid, intake);
  for (const intake of keptIntakes) if (intake.state === 'ACCEPTED') validateIntake(intake);

  const makeIntake = (asked: Given): Answered => {
    const given = read(IntakeBody, asked.body);
    if ('refused' in given) return given.refused;
    const { value } = given;
    const order = refOf(asked.account, value);
    if (order === undefined)
      return refused('CREATE', [{ code: 'v2_order_not_found', message: 'Order is not found' }]);
    const intake: Intake = {
      uuid: book.newUuid(),
      account: asked.account,
      order,
      body: value,
      date_time: book.stamp(),
      state: 'ACCEPTED',
      errors: [],
    };
    keepIntake(intake);
    validateIntake(intake);
    return accepted(intake.uuid, 'CREATE');
  };
  const ownIntake = ({ account, id }: Given): Intake | undefined => {
    const intake = intakes.get(id);
    return intake?.account === account ? intake : undefined;
  };

  const subscribe = (asked: Given): Answered => {
    const given = read(WebhookBody, asked.body);
    if ('refused' in given) return given.refused;
    const { url, type } = given.value;
    const own = callbacks.subscriptions().filter(({ account }) => account === asked.account);
    const same = own.find((one) => one.url === url && one.type === type);
    if (same !== undefined) return { ...accepted(same.uuid, 'CREATE'), status: 200 };
    if (own.length >= 2)
      return refused('CREATE', [{ code: 'v2_entity_invalid', message: 'Подписок не больше двух' }]);
    const uuid = book.newUuid();
    callbacks.subscribe({ uuid, account: asked.account, url, type });
    return { ...accepted(uuid, 'CREATE'), status: 200 };
  };
  const ownSubscription = ({ account, id }: Given): Subscription | undefined => {
    return callbacks.subscriptions().find((one) => one.uuid === id && one.account === account);
  };

  const id = '([0-9a-f-]{36})';
  const path = (text: string): RegExp => new RegExp(`^${text.replace(':id', id)}$`);
  const routes: readonly Route[] = [
    ['POST', path('/calculator/tariff'), (asked) => estimate(asked, true)],
    ['POST', path('/calculator/tariffAndService'), (asked) => estimate(asked, false)],
    ['POST', path('/calculator/tarifflist'), (asked) => estimate(asked, false)],
    [
      'GET',
      path('/calculator/alltariffs'),
      () => ({
        status: 200,
        body: {
          tariff_codes: Object.entries(tariffs).map(([code, { name, mode }]) => ({
            tariff_code: Number(code),
            tariff_name: name,
            delivery_modes: [
              { delivery_mode: String(mode), delivery_mode_name: `${modes[mode]?.from}-${modes[mode]?.to}` },
            ],
          })),
        },
      }),
    ],
    [
      'GET',
      path('/location/cities'),
      ({ query }) => {
        const name = query.get('city')?.toLowerCase();
        const found = cities.filter(
          (city) =>
            (name === undefined || city.city.toLowerCase().startsWith(name)) &&
            (query.get('postal_code') === null ||
              city.postal.slice(0, 3) === query.get('postal_code')?.slice(0, 3)) &&
            (query.get('code') === null || city.code === Number(query.get('code'))) &&
            (query.get('fias_guid') === null || city.fias_guid === query.get('fias_guid')) &&
            (query.get('country_codes') ?? 'RU').split(',').includes('RU'),
        );
        const isPrepaid = faults.take('prepaid-only') !== undefined;
        return paged(
          found.map((city) => ({ ...cityLine(city), ...(isPrepaid ? { payment_limit: 0 } : {}) })),
          query,
        );
      },
    ],
    [
      'GET',
      path('/location/suggest/cities'),
      ({ query }) => ({
        status: 200,
        body: cities
          .filter(({ city }) => city.toLowerCase().startsWith((query.get('name') ?? '').toLowerCase()))
          .map(({ code, city, region, fias_guid }) => ({
            city_uuid: fias_guid,
            code,
            full_name: city === region ? `${city}, Россия` : `${city}, ${region}, Россия`,
            country_code: 'RU',
          })),
      }),
    ],
    [
      'GET',
      path('/location/regions'),
      ({ query }) =>
        paged(
          cities.map(({ region, region_code }) => ({
            country_code: 'RU',
            country: 'Россия',
            region,
            region_code,
          })),
          query,
        ),
    ],
    [
      'GET',
      path('/deliverypoints'),
      ({ query }) => {
        const flag = (name: string, has: (point: (typeof points)[number]) => boolean) => {
          const wanted = query.get(name);
          return (point: (typeof points)[number]) =>
            wanted === null || (wanted === 'true' || wanted === '1') === has(point);
        };
        const type = query.get('type') ?? 'ALL';
        const checks = [
          flag('allowed_cod', ({ payable }) => payable),
          flag('have_cash', ({ payable }) => payable),
          flag('is_reception', ({ takesIn }) => takesIn),
          flag('is_dressing_room', ({ fitting }) => fitting),
        ];
        const found = points.filter(
          (point) =>
            (type === 'ALL' || point.type === type) &&
            (query.get('code') === null || point.code === query.get('code')) &&
            (query.get('city_code') === null || point.city.code === Number(query.get('city_code'))) &&
            (query.get('postal_code') === null || point.city.postal === query.get('postal_code')) &&
            checks.every((check) => check(point)),
        );
        return paged(found.map(pointLine), query);
      },
    ],
    ['POST', path('/orders'), makeOrder],
    [
      'GET',
      path('/orders'),
      ({ account, query }) => {
        const im_number = query.get('im_number');
        const cdek_number = query.get('cdek_number');
        const order = book.find(
          account,
          im_number !== null ? { im_number } : { cdek_number: cdek_number ?? '' },
        );
        if (order === undefined)
          return refused(
            'GET',
            [
              {
                code: im_number !== null ? 'v2_entity_not_found_im_number' : 'v2_entity_not_found',
                message: 'Entity is not found',
              },
            ],
            400,
          );
        return { status: 200, body: orderLine(order) };
      },
    ],
    [
      'PATCH',
      path('/orders'),
      (asked) => {
        const given = read(ChangeBody, asked.body);
        if ('refused' in given) return given.refused;
        const { uuid, cdek_number, ...change } = given.value;
        const order = book.find(asked.account, {
          ...(uuid === undefined ? {} : { uuid }),
          ...(cdek_number === undefined ? {} : { cdek_number }),
        });
        if (order === undefined) return missing();
        if (!book.isEarly(order))
          return refused('UPDATE', [{ code: 'v2_update_forbidden', message: 'Изменение запрещено' }]);
        book.change(order, change as Partial<OrderBody>);
        return accepted(order.uuid, 'UPDATE');
      },
    ],
    [
      'GET',
      path('/orders/:id'),
      (asked) => withOrder(asked, (order) => ({ status: 200, body: orderLine(order) })),
    ],
    [
      'DELETE',
      path('/orders/:id'),
      (asked) =>
        withOrder(asked, (order) => {
          if (book.last(order) === 'REMOVED') return missing();
          book.remove(order);
          return accepted(order.uuid, 'DELETE');
        }),
    ],
    [
      'POST',
      path('/orders/:id/refusal'),
      (asked) =>
        withOrder(asked, (order) =>
          book.refuse(order)
            ? accepted(order.uuid, 'CREATE')
            : refused('CREATE', [{ code: 'v2_entity_invalid', message: 'Отказ невозможен в этом статусе' }]),
        ),
    ],
    [
      'POST',
      path('/orders/:id/clientReturn'),
      (asked) =>
        withOrder(asked, (order) => {
          const given = read(ReturnBody, asked.body);
          if ('refused' in given) return given.refused;
          const back = book.fromClient(order, given.value.tariff_code);
          return back === undefined
            ? refused('CREATE', [{ code: 'v2_entity_invalid', message: 'Заказ не вручен' }])
            : accepted(back.uuid, 'CREATE');
        }),
    ],
    [
      'GET',
      path('/orders/:id/intakes'),
      (asked) =>
        withOrder(asked, (order) => ({
          status: 200,
          body: {
            entity: [...intakes.values()]
              .filter((one) => one.order === order && one.state !== 'INVALID')
              .map(({ uuid }) => ({ uuid })),
            requests: [],
          },
        })),
    ],
    ['POST', path('/reverse/availability'), () => ({ status: 200, body: {} })],
    ['POST', path('/print/orders'), (asked) => makeForm(asked, 'orders')],
    ['POST', path('/print/barcodes'), (asked) => makeForm(asked, 'barcodes')],
    ['GET', path('/print/orders/:id'), (asked) => showForm(asked, 'orders')],
    ['GET', path('/print/barcodes/:id'), (asked) => showForm(asked, 'barcodes')],
    ['GET', path('/print/orders/:id\\.pdf'), (asked) => formFile(asked, 'orders')],
    ['GET', path('/print/barcodes/:id\\.pdf'), (asked) => formFile(asked, 'barcodes')],
    ['POST', path('/intakes'), makeIntake],
    [
      'GET',
      path('/intakes/:id'),
      (asked) => {
        const intake = ownIntake(asked);
        if (intake === undefined) return missing();
        return {
          status: 200,
          body: {
            entity: {
              ...intake.body,
              uuid: intake.uuid,
              ...(intake.number === undefined ? {} : { intake_number: Number(intake.number) }),
              statuses: [
                {
                  code: intake.state === 'SUCCESSFUL' ? 'CREATED' : intake.state,
                  name: '',
                  date_time: intake.date_time,
                },
              ],
            },
            requests: [requestLine('CREATE', intake.state, intake.errors)],
          },
        };
      },
    ],
    [
      'DELETE',
      path('/intakes/:id'),
      (asked) => {
        const intake = ownIntake(asked);
        if (intake === undefined) return missing();
        intakes.delete(intake.uuid);
        state?.delete(`${intakeKey}${intake.uuid}`);
        return accepted(intake.uuid, 'DELETE');
      },
    ],
    ['POST', path('/webhooks'), subscribe],
    [
      'GET',
      path('/webhooks'),
      ({ account }) => ({
        status: 200,
        body: callbacks
          .subscriptions()
          .filter((one) => one.account === account)
          .map(({ uuid, type, url }) => ({ uuid, type, url })),
      }),
    ],
    [
      'GET',
      path('/webhooks/:id'),
      (asked) => {
        const one = ownSubscription(asked);
        return one === undefined
          ? missing()
          : { status: 200, body: { entity: { uuid: one.uuid, type: one.type, url: one.url }, requests: [] } };
      },
    ],
    [
      'DELETE',
      path('/webhooks/:id'),
      (asked) => {
        const one = ownSubscription(asked);
        if (one === undefined) return missing();
        callbacks.unsubscribe(one.uuid);
        return accepted(one.uuid, 'DELETE');
      },
    ],
  ];

  return {
    intakes,
    answer(asked: Asked): Answered {
      for (const [method, pattern, answer] of routes) {
        const match = method === asked.method ? pattern.exec(asked.path) : null;
        if (match !== null) return answer({ ...asked, id: match[1] ?? '' });
      }
      return refused(asked.method, [{ code: 'v2_bad_request', message: 'No such method' }], 404);
    },
  };
};
