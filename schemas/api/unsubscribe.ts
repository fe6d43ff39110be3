import * as z from 'zod';
import { rawEndpoint } from './endpoint.ts';

const path = '/v1/unsubscribe/{token}';
const params = z.strictObject({ token: z.string().min(1).max(250) });

/** Where a client turns letters down, by a link of the letter and without signing in. */
export const unsubscribe = {
  'unsubscribe.page': rawEndpoint({
    method: 'GET',
    path,
    service: 'pages',
    params,
    maxBytes: 1024,
    summary: 'A page with a button that turns letters down; opening it does nothing',
  }),
  'unsubscribe.do': rawEndpoint({
    method: 'POST',
    path,
    service: 'pages',
    params,
    maxBytes: 4096,
    summary: 'Turns letters down: the button of the page, and the one click of mail programs (RFC 8058)',
  }),
};
