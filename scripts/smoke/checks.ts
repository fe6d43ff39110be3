import * as z from 'zod';
import type { Endpoint } from '../../schemas/api/endpoint.ts';
import { api } from '../../schemas/api/index.ts';
import { forgedTokens } from './forged.ts';
import { expect, NothingThere, type Reach } from './reach.ts';

/** One line of the table: does it, looks, and says what it saw. */
export type Check = { readonly name: string; readonly look: (reach: Reach) => Promise<string> };

const OpenApi = z.looseObject({ openapi: z.string(), paths: z.record(z.string(), z.unknown()) });

const endpoints = Object.values(api) as Endpoint[];

/** Addresses with something in the place of their parameters; nothing is sent to them with a good token. */
const addressOf = ({ path }: Endpoint): string => path.replace(/\{\w+\}/g, 'smoke');

const isRefused = (status: number): boolean => status === 401 || status === 403;

const document = async ({ ask }: Reach) => {
  const { status, body, headers } = await ask('/v1/openapi.json');
  expect(status === 200, `/v1/openapi.json answers ${status}`);
  return { ...OpenApi.parse(body), headers };
};

/** What can be asked without a token. `good` is only taken apart, to be forged. */
export const withoutToken = (good: string | undefined): Check[] => [
  {
    name: 'answers, and describes itself',
    look: async (reach) => {
      const { openapi, paths } = await document(reach);
      const missing = endpoints.filter(({ path }) => paths[path] === undefined);
      expect(
        missing.length === 0,
        `another version is deployed: it does not know ${missing.map(({ path }) => path).join(', ')}`,
      );
      return `OpenAPI ${openapi}, ${Object.keys(paths).length} paths`;
    },
  },
  {
    name: 'sends the headers that keep answers safe',
    look: async (reach) => {
      const { headers } = await document(reach);
      const wanted = {
        'x-content-type-options': /^nosniff$/,
        'strict-transport-security': /max-age=\d{7,}/,
        'content-security-policy': /default-src 'none'/,
        'cache-control': /no-store/,
      };
      const wrong = Object.entries(wanted).filter(([name, value]) => !value.test(headers.get(name) ?? ''));
      expect(wrong.length === 0, `missing or weak: ${wrong.map(([name]) => name).join(', ')}`);
      return Object.keys(wanted).join(', ');
    },
  },
  {
    name: 'lets no other site read its answers',
    look: async ({ ask }) => {
      const { headers } = await ask('/v1/me', {
        method: 'OPTIONS',
        headers: { origin: 'https://elsewhere.example', 'access-control-request-method': 'GET' },
      });
      const allowed = headers.get('access-control-allow-origin');
      expect(allowed === null, `it allows ${allowed} to https://elsewhere.example`);
      return 'no CORS for https://elsewhere.example';
    },
  },
  {
    name: 'refuses whoever is not signed in',
    look: async ({ ask }) => {
      const closed = endpoints.filter((endpoint) => endpoint.method === 'GET' && endpoint.public !== true);
      const open: string[] = [];
      for (const endpoint of closed) {
        const { status } = await ask(addressOf(endpoint));
        if (!isRefused(status)) open.push(`${endpoint.path} answers ${status}`);
      }
      expect(open.length === 0, open.join(', '));
      return `${closed.length} addresses`;
    },
  },
  {
    name: 'refuses forged tokens',
    look: async ({ ask }) => {
      const forged = Object.entries(forgedTokens(good));
      for (const [what, token] of forged) {
        const { status } = await ask('/v1/me', { headers: { authorization: `Bearer ${token}` } });
        expect(isRefused(status), `${what}: ${status}`);
      }
      return forged.map(([what]) => what).join(', ');
    },
  },
];

const firstPipeline = async ({ read }: Reach) => {
  const [first] = (await read('pipelines.list', '/v1/pipelines')).items;
  if (first === undefined) throw new NothingThere('this person may look into no pipeline');
  return first;
};

const firstDeal = async (reach: Reach) => {
  for (const { id } of (await reach.read('pipelines.list', '/v1/pipelines')).items) {
    const [deal] = (await reach.read('deals.list', `/v1/deals?pipeline=${id}&limit=1`)).items;
    if (deal !== undefined) return deal;
  }
  throw new NothingThere('no deal that this person may see');
};

/** What a signed-in person may read, each answer in the form that the API promises. */
export const withToken: Check[] = [
  {
    name: 'knows who I am',
    look: async ({ read }) => {
      const { user, roles } = await read('me.get', '/v1/me');
      return `${user.name}: ${roles.map(({ id }) => id).join(', ')}`;
    },
  },
  {
    name: 'boards',
    look: async (reach) => {
      const { items } = await reach.read('pipelines.list', '/v1/pipelines');
      const seen: string[] = [];
      for (const { id } of items) {
        const { columns } = await reach.read('deals.board', `/v1/boards/${id}?limit=5`);
        seen.push(`${id} ${columns.reduce((sum, { count }) => sum + count, 0)}`);
      }
      if (seen.length === 0) throw new NothingThere('this person may look into no pipeline');
      return seen.join(', ');
    },
  },
  {
    name: 'a list of deals',
    look: async (reach) => {
      const { id } = await firstPipeline(reach);
      const { items } = await reach.read('deals.list', `/v1/deals?pipeline=${id}&limit=20`);
      return `${id}: ${items.length}`;
    },
  },
  {
    name: "a deal's card and history",
    look: async (reach) => {
      const { id } = await firstDeal(reach);
      const { deal, tasks } = await reach.read('deals.card', `/v1/deals/${id}`);
      const { items } = await reach.read('deals.feed', `/v1/deals/${id}/feed`);
      return `${deal.number} on ${deal.stage}, ${tasks.length} tasks, ${items.length} lines`;
    },
  },
  {
    name: 'my tasks and inbox',
    look: async ({ read }) => {
      const tasks = await read('tasks.list', '/v1/tasks');
      const inbox = await read('inbox.list', '/v1/inbox');
      return `${tasks.items.length} tasks, ${inbox.items.length} notices`;
    },
  },
  {
    name: 'the report of a board',
    look: async (reach) => {
      const { id } = await firstPipeline(reach);
      const { rows } = await reach.read('reports.get', `/v1/reports/board?pipeline=${id}`);
      return `${id}: ${rows.length} rows`;
    },
  },
  {
    name: 'desks and help',
    look: async ({ read }) => {
      const { items } = await read('desks.list', '/v1/desks');
      const { pages } = await read('help.get', '/v1/help');
      return `${items.length} desks, ${pages.length} pages of help`;
    },
  },
];
