import * as z from 'zod';
import { EntityId } from '../ids.ts';
import { endpoint, rawEndpoint } from './endpoint.ts';
import { IdParam, None } from './shapes.ts';

const Token = z.string().min(1).max(80);
const service = 'pages' as const;

/** Whether the client of a deal may follow it, and by which link. */
export const TrackingView = z.strictObject({ on: z.boolean(), link: z.url().optional() });
export type TrackingView = z.infer<typeof TrackingView>;

/** The page on which a client follows an order. */
export const trackingApi = {
  'tracking.get': endpoint({
    method: 'GET',
    path: '/v1/deals/{id}/tracking',
    service,
    params: IdParam,
    query: None,
    body: None,
    summary: 'The link by which the client of a deal follows it',
    answer: TrackingView,
  }),
  'tracking.set': endpoint({
    method: 'POST',
    path: '/v1/deals/{id}/tracking',
    service,
    params: IdParam,
    query: None,
    body: z.strictObject({ do: z.enum(['on', 'off', 'new']) }),
    summary: 'Open the page of a deal’s client, shut it, or give it a new link in place of every one before',
    answer: TrackingView,
  }),
  'tracking.page': rawEndpoint({
    method: 'GET',
    path: '/v1/track/{token}',
    service,
    params: z.strictObject({ token: Token }),
    summary: 'The page on which a client follows an order',
  }),
  'tracking.file': rawEndpoint({
    method: 'GET',
    path: '/v1/track/{token}/files/{file}',
    service,
    params: z.strictObject({ token: Token, file: EntityId }),
    summary: 'Leads to one of the documents on that page',
  }),
};
