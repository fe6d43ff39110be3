import type { Endpoint, Service } from '../../schemas/api/endpoint.ts';
import { api } from '../../schemas/api/index.ts';
import { createFront, type Front } from '../http/front.ts';

type Handler = (event: never, context?: never) => Promise<unknown>;

/** Functions behind the API, read when the first request comes for one: most worlds are never asked anything. */
const services: Readonly<Record<Service, () => Promise<{ readonly handler: unknown }>>> = {
  deals: () => import('../../functions/deals/api.handler.ts'),
  tasks: () => import('../../functions/tasks/api.handler.ts'),
  ledger: () => import('../../functions/ledger/api.handler.ts'),
  contacts: () => import('../../functions/contacts/api.handler.ts'),
  admin: () => import('../../functions/admin/api.handler.ts'),
  inbox: () => import('../../functions/notify/api.handler.ts'),
  'reports-api': () => import('../../functions/reports/api.handler.ts'),
  payments: () => import('../../functions/payments/api.handler.ts'),
  delivery: () => import('../../functions/delivery/api.handler.ts'),
  outbox: () => import('../../functions/outbox/api.handler.ts'),
  pages: () => import('../../functions/pages/api.handler.ts'),
};

const routes = (Object.values(api) as Endpoint[]).map(({ method, path, service, public: open }) => ({
  method,
  path,
  functionArn: service,
  ...(open ? {} : { authorizer: { issuer: 'world', audience: ['world'] } }),
}));

/** The HTTP API of a world, by its real handlers. A token is the id of whoever holds it: `Bearer pavel`. */
export const worldFront = (now: () => Date, onFault: (error: unknown) => void): Front =>
  createFront({
    api: { routes },
    invoke: async (service, event) => {
      const { handler } = await services[service as Service]();
      return (handler as Handler)(event as never);
    },
    verify: async (token) => ({ sub: token, token_use: 'access' }),
    now,
    onFault: ({ error }) => onFault(error),
  });
