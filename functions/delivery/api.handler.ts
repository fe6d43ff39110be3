import { serve } from '../shared/serve.ts';
import { callCourier, cancelParcel, listParcels, order, returnParcel } from './parcels.ts';
import { findCities, findPoints } from './places.ts';
import { tariffsOfDeal } from './tariffs.ts';
import { cdekWebhook } from './webhook.ts';

export const handler = serve('delivery', {
  'delivery.cities': findCities,
  'delivery.points': findPoints,
  'delivery.tariffs': tariffsOfDeal,
  'parcels.list': listParcels,
  'parcels.order': order,
  'parcels.cancel': cancelParcel,
  'parcels.courier': callCourier,
  'parcels.return': returnParcel,
  'cdek.webhook': cdekWebhook,
});
