import * as z from 'zod';

const Sum = z.object({ value: z.number().min(0).optional(), vat_rate: z.number().nullish() });
const Phones = z.array(z.object({ number: z.string() })).optional();
const Party = z.looseObject({ name: z.string().min(1), phones: Phones });
const Place = z.looseObject({});
const Side = z.int().min(1).optional();

const Goods = z.looseObject({
  name: z.string().min(1),
  ware_key: z.string().min(1),
  payment: Sum,
  cost: z.number().min(0),
  weight: z.int().min(0),
  amount: z.int().min(1),
});

/** What the calculator needs of a package. */
export const Cargo = z.looseObject({ weight: z.int().min(1), length: Side, width: Side, height: Side });

const Package = Cargo.extend({ number: z.string().min(1), items: z.array(Goods).optional() });

/** The body of `POST /orders`, as far as the sandbox looks into it. */
export const OrderBody = z.looseObject({
  type: z.int().optional(),
  number: z.string().min(1).max(40).optional(),
  tariff_code: z.int(),
  shipment_point: z.string().optional(),
  delivery_point: z.string().optional(),
  from_location: Place.optional(),
  to_location: Place.optional(),
  delivery_recipient_cost: Sum.optional(),
  sender: Party.optional(),
  recipient: Party,
  packages: z.array(Package).min(1),
  print: z.string().optional(),
});
export type OrderBody = z.infer<typeof OrderBody>;

export const ChangeBody = OrderBody.partial().extend({
  uuid: z.string().optional(),
  cdek_number: z.coerce.string().optional(),
});

export const EstimateBody = z.looseObject({
  tariff_code: z.int().optional(),
  from_location: Place,
  to_location: Place,
  packages: z.array(Cargo).min(1),
  services: z.array(z.looseObject({ code: z.string(), parameter: z.string().optional() })).optional(),
});

const OrderRef = z.looseObject({
  order_uuid: z.string().optional(),
  cdek_number: z.coerce.string().optional(),
});
export const PrintBody = z.looseObject({
  orders: z.array(OrderRef).min(1).max(100),
  copy_count: z.int().optional(),
});

export const IntakeBody = OrderRef.extend({
  intake_date: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  intake_time_from: z.string().regex(/^\d{2}:\d{2}$/),
  intake_time_to: z.string().regex(/^\d{2}:\d{2}$/),
});

export const WebhookBody = z.looseObject({ url: z.url(), type: z.string().min(1) });
export const ReturnBody = z.looseObject({ tariff_code: z.int() });
