import * as z from 'zod';
import { DealId } from '../ids.ts';
import { Instant } from '../time.ts';
import { endpoint } from './endpoint.ts';
import { IdParam, None, Paging } from './shapes.ts';

/** A deal's talk that holds messages its reader has not seen. */
export const Unread = z.strictObject({
  deal: DealId,
  number: z.string(),
  title: z.string(),
  unread: z.int().positive(),
  /** the newest of them */
  at: Instant,
});
export type Unread = z.infer<typeof Unread>;

/** Talks of deals. */
export const chat = {
  'chat.list': endpoint({
    method: 'GET',
    path: '/v1/chats',
    service: 'deals',
    params: None,
    body: None,
    summary: 'Talks with messages that the caller has not seen, and how many',
    query: z.strictObject(Paging),
    answer: z.strictObject({ items: z.array(Unread), cursor: z.string().optional() }),
  }),
  'chat.seen': endpoint({
    method: 'POST',
    path: '/v1/deals/{id}/seen',
    service: 'deals',
    params: IdParam,
    query: None,
    body: None,
    summary: "The caller has seen the deal's talk",
    answer: z.strictObject({ unread: z.int() }),
  }),
};
