import * as z from 'zod';
import { Slug } from '../ids.ts';
import { Language } from '../text.ts';
import { endpoint, rawEndpoint } from './endpoint.ts';
import { None } from './shapes.ts';

/** A message of a pack in one language, with the facts of a deal that does not exist. */
export const Preview = z.strictObject({
  text: Slug,
  kind: z.enum(['service', 'promo', 'urgent']),
  language: Language,
  subject: z.string(),
  body: z.string(),
});
export type Preview = z.infer<typeof Preview>;

/** How letters look before anybody is sent one. */
export const previews = {
  'previews.list': endpoint({
    method: 'GET',
    path: '/v1/messages/preview/{pack}',
    service: 'pages',
    params: z.strictObject({ pack: Slug }),
    query: None,
    body: None,
    summary:
      'Every message of a pack in its languages, with facts made up; for who may change settings. `page` shows them in a browser for a day',
    answer: z.strictObject({ items: z.array(Preview), page: z.url() }),
  }),
  'previews.page': rawEndpoint({
    method: 'GET',
    path: '/v1/messages/page/{token}',
    service: 'pages',
    params: z.strictObject({ token: z.string().min(1).max(120) }),
    maxBytes: 1024,
    summary:
      'The messages of a pack as a page, by a link that `previews.list` gave; `?text=&language=` shows one letter as it looks',
  }),
};
