import * as z from 'zod';
import { DealId, EntityId, Slug } from '../ids.ts';
import { Money } from '../money.ts';
import { Parcel, Pickup } from '../parcel.ts';
import { Text } from '../text.ts';
import { endpoint, rawEndpoint } from './endpoint.ts';
import { DealView, IdParam, None } from './shapes.ts';

/** A parcel as a reader may see it: what hidden fields hold is absent. */
export const ParcelView = Parcel.omit({ writes: true, version: true }).extend({
  /** where it is, in words */
  stateTitle: Text,
  /** where the client follows it */
  trackLink: z.url().optional(),
});
export type ParcelView = z.infer<typeof ParcelView>;

const ParcelParam = z.strictObject({ id: DealId, parcel: EntityId });
const End = z.enum(['door', 'point', 'postamat']);

const City = z.strictObject({
  code: z.int(),
  name: z.string(),
  region: z.string().optional(),
  country: z.string(),
  /** nothing may be paid on delivery there */
  prepaidOnly: z.boolean(),
});

const Point = z.strictObject({
  code: z.string(),
  kind: z.enum(['point', 'postamat']),
  city: z.int(),
  cityName: z.string().optional(),
  address: z.string(),
  hours: z.string().optional(),
  phone: z.string().optional(),
  station: z.string().optional(),
  handsOut: z.boolean(),
  takesIn: z.boolean(),
  fitting: z.boolean(),
  payOnDelivery: z.boolean(),
  maxGrams: z.int().optional(),
  at: z.strictObject({ latitude: z.number(), longitude: z.number() }).optional(),
});

const Offer = z.strictObject({
  tariff: z.int(),
  name: z.string(),
  from: End,
  to: End,
  price: Money,
  workdays: z.strictObject({ min: z.int(), max: z.int() }),
  /** the days it would arrive, where CDEK names them */
  arrives: z.strictObject({ min: z.string(), max: z.string() }).optional(),
});

/** the pack whose account is used; that of the reader where absent */
const ofPack = { pack: Slug.optional() };
const place = {
  /** code of a point of delivery */
  point: z.string().min(1).max(20).optional(),
  /** CDEK's code of the city */
  city: z.int().positive().optional(),
};

/** Parcels of deals, and what is known of the ways to send one. */
export const delivery = {
  'delivery.cities': endpoint({
    method: 'GET',
    path: '/v1/delivery/cities',
    service: 'delivery',
    params: None,
    body: None,
    summary: 'Cities CDEK delivers to, by the beginning of a name or by a postal code',
    query: z.strictObject({
      ...ofPack,
      name: z.string().trim().min(2).max(100).optional(),
      postalCode: z
        .string()
        .regex(/^\d{6}$/)
        .optional(),
    }),
    answer: z.strictObject({ items: z.array(City) }),
  }),
  'delivery.points': endpoint({
    method: 'GET',
    path: '/v1/delivery/points',
    service: 'delivery',
    params: None,
    body: None,
    summary: 'Points and parcel lockers of a city where clients fetch their parcels',
    query: z.strictObject({
      ...ofPack,
      city: z.coerce.number().int().positive(),
      kind: z.enum(['point', 'postamat']).optional(),
      /** those alone where a client can pay for what comes */
      payOnDelivery: z.enum(['true']).optional(),
      /** words of the address, the station or the code */
      search: z.string().trim().max(100).optional(),
      limit: z.coerce.number().int().min(1).max(500).default(100),
    }),
    answer: z.strictObject({ items: z.array(Point) }),
  }),
  'delivery.tariffs': endpoint({
    method: 'POST',
    path: '/v1/deals/{id}/delivery/tariffs',
    service: 'delivery',
    params: IdParam,
    query: None,
    summary:
      'What sending the goods of a deal costs and how long it takes, by tariff; `choose` keeps one of them in the fields of the deal',
    body: z.strictObject({
      ...place,
      /** a tariff among the answers */
      choose: z.int().positive().optional(),
    }),
    answer: z.strictObject({ items: z.array(Offer), deal: DealView.optional() }),
  }),
  'parcels.list': endpoint({
    method: 'GET',
    path: '/v1/deals/{id}/parcels',
    service: 'delivery',
    params: IdParam,
    query: None,
    body: None,
    summary: 'Parcels of a deal with what the carrier said of them, newest first',
    answer: z.strictObject({ items: z.array(ParcelView) }),
  }),
  'parcels.order': endpoint({
    method: 'POST',
    path: '/v1/deals/{id}/parcels',
    service: 'delivery',
    status: 201,
    params: IdParam,
    query: None,
    summary:
      'Order a parcel of what the deal holds; refused while one is under way. The carrier is asked at once, its number comes by and by',
    body: z.strictObject({
      ...place,
      /** the `ship` step whose words are used; that of the stage where absent */
      step: Slug.optional(),
      tariff: z.int().positive().optional(),
    }),
    answer: ParcelView,
  }),
  'parcels.cancel': endpoint({
    method: 'POST',
    path: '/v1/deals/{id}/parcels/{parcel}/cancel',
    service: 'delivery',
    params: ParcelParam,
    query: None,
    body: None,
    summary: 'Call a parcel off: removed before it is handed in, turned back once it is under way',
    answer: ParcelView,
  }),
  'parcels.courier': endpoint({
    method: 'POST',
    path: '/v1/deals/{id}/parcels/{parcel}/courier',
    service: 'delivery',
    params: ParcelParam,
    query: None,
    body: Pickup,
    summary: 'Call a courier for a registered parcel, between 09:00 and 22:00 for three hours at least',
    answer: ParcelView,
  }),
  'parcels.return': endpoint({
    method: 'POST',
    path: '/v1/deals/{id}/parcels/{parcel}/return',
    service: 'delivery',
    params: ParcelParam,
    query: None,
    body: None,
    summary: 'Have a delivered parcel brought back from the client; what does it is a parcel of its own',
    answer: ParcelView,
  }),
  'cdek.webhook': rawEndpoint({
    method: 'POST',
    path: '/v1/webhooks/cdek/{token}',
    service: 'delivery',
    callback: true,
    params: z.strictObject({ token: z.string().min(1).max(200) }),
    summary: 'CDEK tells that the status of an order changed, or that a form is ready',
  }),
};
