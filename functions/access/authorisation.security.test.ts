import '../testing/quiet.ts';

import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { Accrual } from '../../schemas/accrual.ts';
import { Call } from '../../schemas/call.ts';
import { Deal } from '../../schemas/deal.ts';
import { LedgerEntry } from '../../schemas/ledger.ts';
import { OutgoingMessage } from '../../schemas/message.ts';
import type { Currency } from '../../schemas/money.ts';
import type { Pack } from '../../schemas/pack.ts';
import type { Action, Entity, Role } from '../../schemas/people.ts';
import type { Column, Field, Pipeline } from '../../schemas/pipeline.ts';
import { Received } from '../../schemas/received.ts';
import { packs } from '../../statemachines/packs/index.ts';
import { callRow, receivedRow } from '../calls/rows.ts';
import { consume } from '../reports/consume.ts';
import { definitionsOf } from '../reports/worth.ts';
import { companyKey, configKey, contactKey } from '../shared/keys.ts';
import { forgetCompany } from '../shared/ports.ts';
import { accrualRow, dealRow, ledgerRow, messageRow } from '../shared/rows.ts';
import type { Item } from '../shared/table/port.ts';
import type { StreamRecord } from '../shared/table/records.ts';
import { createMemoryTable } from '../shared/table/table-memory.ts';
import { type Answer, as, office } from '../testing/api.ts';
import { authorisationMatrix, grantsOf, scopeOf } from './matrix.ts';

const at = '2026-10-01T09:00:00.000Z';
const reports = ['board', 'debts', 'money', 'sla', 'deals', 'payments', 'signing', 'documents', 'discipline'];
const address = 'zq-address@client.example';
const companyName = 'zq-company';

test.each(packs.map((pack) => [pack.id, pack] as const))(
  'docs/security/authorisation-%s.md is what the pack says now',
  (id, pack) => {
    const page = new URL(`../../docs/security/authorisation-${id}.md`, import.meta.url);

    // `node scripts/authorisation-matrix.ts` writes it anew
    expect(readFileSync(page, 'utf8')).toBe(authorisationMatrix(pack));
  },
);

/** A value of a column, of its own type: figures are computed from it. */
const sampleIn = (column: Column, id: string, n: number): unknown => {
  switch (column.type) {
    case 'text':
      return `zq-${id}`;
    case 'number':
      return 2;
    case 'money':
      return 9_300_000 + n;
    case 'boolean':
      return false;
    case 'date':
      return `2041-${dayOf(n)}`;
    case 'file':
      return { id: `zq-${id}`, name: `zq-${id}.jpg`, version: 1 };
    case 'enum':
      return Object.keys(column.options)[0];
    default:
      return column satisfies never;
  }
};

/** A day of its own for each field, of which there may be more than a month has. */
const dayOf = (n: number): string =>
  `${String(Math.floor(n / 28) + 1).padStart(2, '0')}-${String((n % 28) + 1).padStart(2, '0')}`;

/** A value of a field that is found again in whatever answer shows it. */
/** The deal of that pipeline that is whose it is; an id is no longer than 26 signs. */
const dealIn = (pipeline: string, whose: string): string =>
  `${pipeline.replaceAll('-', '').slice(-18)}${whose}`;

const sampleOf = (id: string, field: Field, n: number): unknown => {
  switch (field.type) {
    case 'text':
      return `zq-${id}`;
    case 'number':
      return 9_100_000 + n;
    case 'money':
      return 9_200_000 + n * 101;
    case 'boolean':
      return true;
    case 'date':
      return `2041-${dayOf(n)}`;
    case 'datetime':
      return `2042-${dayOf(n)}T10:00:00.000Z`;
    case 'enum':
      return Object.keys(field.options)[0];
    case 'set':
      return Object.keys(field.options).slice(0, 1);
    case 'users':
      return ['artem'];
    case 'user':
      return 'artem';
    case 'company':
      return 'acme';
    case 'contact':
      return 'olga';
    case 'address':
      return { text: `zq-${id}` };
    case 'file':
      return { id: `zq-${id}`, name: `zq-${id}.pdf`, version: 1 };
    case 'files':
      return [{ id: `zq-${id}`, name: `zq-${id}.jpg`, version: 1 }];
    case 'slot':
      return {
        start: `2042-${dayOf(n)}T10:00:00.000Z`,
        end: `2042-${dayOf(n)}T12:00:00.000Z`,
        people: ['artem'],
      };
    case 'rows':
      return [
        Object.fromEntries(
          Object.entries(field.columns).map(([name, column]) => [name, sampleIn(column, id, n)]),
        ),
      ];
    case 'lines':
      return [{ name: `zq-${id}`, quantity: 1, price: 9_300_000 + n }];
    case 'rates':
    case 'total':
    case 'accrued':
    case 'computed':
      return undefined;
    default:
      return field satisfies never;
  }
};

/** A field by which a person may be named in a deal, with this one. */
const namedMe = ({ fields }: Pipeline, id: string): Record<string, unknown> => ({
  [id]:
    fields[id]?.type === 'slot'
      ? { start: '2042-01-01T10:00:00.000Z', end: '2042-01-01T12:00:00.000Z', people: ['me'] }
      : fields[id]?.type === 'users'
        ? ['me']
        : 'me',
});

const fieldsOf = (pipeline: Pipeline): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(pipeline.fields)
      .map(([id, field], n) => [id, sampleOf(id, field, n)] as const)
      .filter(([, value]) => value !== undefined),
  );

/** What an answer would show a value by; nothing where the value is one that many fields have. */
const signOf = (value: unknown): RegExp | undefined => {
  const text = JSON.stringify(value);
  if (text === undefined || !/zq-|9[123]\d{5}|204[12]-/.test(text)) return undefined;
  const [sign = ''] = /zq-[A-Za-z]+|\b9[123]\d{5}\b|204[12]-\d\d-\d\d/.exec(text) ?? [];
  return new RegExp(`\\b${sign}\\b`);
};

/** Fields a role may not see, by the words of the pack alone: what it hides, and what is computed from that. */
const hiddenBy = (role: Role, { fields }: Pipeline): string[] => {
  const hidden = Object.entries(fields).flatMap(([id, field]) =>
    role.hides.includes(id) || field.hiddenFrom?.includes(role.id) ? [id] : [],
  );
  const figures = Object.entries(fields).flatMap(([id, field]) =>
    field.type === 'computed' && hidden.some((name) => new RegExp(`\\b${name}\\b`).test(field.formula))
      ? [id]
      : [],
  );
  return [...new Set([...hidden, ...figures])];
};

/** Whether deals of a pipeline bring people pay. */
const accruedIn = ({ fields }: Pipeline): boolean =>
  Object.values(fields).some(({ type }) => type === 'accrued');

const payOf = (employee: string, { id, pipeline }: Deal): Accrual =>
  Accrual.parse({
    id: `pay-${employee}`,
    deal: id,
    pipeline,
    employee,
    role: { ru: 'x', en: 'x' },
    base: { amount: 100, currency: 'USD' },
    percent: 5,
    amount: { amount: 5, currency: 'USD' },
    day: '2026-10-01',
    state: 'accrued',
    at,
    by: { system: 'test' },
  });

type Whose = 'mine' | 'below' | 'foreign' | 'named';

/** The figure of a pipeline that payments are counted in. */
const paidOf = ({ fields }: Pipeline): { id: string; currency: Currency } | undefined => {
  const [found] = Object.entries(fields).flatMap(([id, field]) =>
    field.type === 'total' && field.of.includes('payment') ? [{ id, currency: field.currency }] : [],
  );
  return found;
};

/** A company with one person of one role, somebody below them, and deals of each in every pipeline. */
const companyWith = async (pack: Pack, role: Role) => {
  const table = createMemoryTable({ now: () => new Date(at) });
  const records: StreamRecord[] = [];
  table.changes((changed) => void records.push(...changed));
  await office(table);
  const person = (id: string, more: object) => ({
    put: {
      ...configKey('user', id),
      row: 'user',
      id,
      name: id,
      language: 'ru',
      channels: ['app'],
      active: true,
      ...more,
    },
  });
  const seller = pack.roles.find((one) => scopeOf(one, 'create', 'deal') !== undefined)?.id;
  await table.batch([
    person('me', { roles: [role.id] }),
    person('under-me', { roles: [seller], head: 'me' }),
    person('somebody', { roles: [seller] }),
    {
      put: {
        ...companyKey('acme'),
        row: 'company',
        id: 'acme',
        name: companyName,
        extra: {},
        debtTotal: 0,
        version: 1,
        changedAt: at,
      },
    },
    {
      put: {
        ...contactKey('olga'),
        row: 'contact',
        id: 'olga',
        name: 'Olga',
        email: address,
        language: 'ru',
        extra: {},
        version: 1,
        changedAt: at,
      },
    },
  ]);
  const responsible: Record<Whose, string> = {
    mine: 'me',
    below: 'under-me',
    foreign: 'somebody',
    named: 'somebody',
  };
  const ids = new Map<string, string>();
  for (const pipeline of pack.pipelines)
    for (const [n, whose] of (['mine', 'below', 'foreign', 'named'] as const).entries()) {
      const named = Object.assign(
        {},
        ...role.grants.map(({ scope, entity }) =>
          typeof scope === 'object' && entity === 'deal' && scope.field in pipeline.fields
            ? namedMe(pipeline, scope.field)
            : {},
        ),
      );
      const id = dealIn(pipeline.id, whose);
      const paid = paidOf(pipeline);
      const deal = Deal.parse({
        id,
        pack: pack.id,
        pipeline: pipeline.id,
        number: `${pipeline.prefix}-${n + 1}`,
        title: `zt-${id}.`,
        stage: pipeline.start,
        seq: 1,
        version: 1,
        responsible: responsible[whose],
        fields: {
          ...fieldsOf(pipeline),
          ...(whose === 'named' ? named : {}),
        },
        totals: paid === undefined ? {} : { [paid.id]: 9_400_000 },
        stageSince: at,
        createdAt: at,
        createdBy: { system: 'test' },
        changedAt: at,
        changedBy: { system: 'test' },
      });
      const letter = OutgoingMessage.parse({
        id: `letter-${id}`,
        channel: 'email',
        to: address,
        deal: id,
        text: 'track-number',
        subject: 'x',
        body: 'x',
        language: 'ru',
        state: 'sent',
        attempts: 1,
        createdAt: at,
        changedAt: at,
      });
      await table.batch([
        { put: dealRow(deal) },
        { put: messageRow(letter) },
        ...asked(deal).map((put) => ({ put })),
        ...(accruedIn(pipeline)
          ? ['me', 'somebody'].map((employee) => ({ put: accrualRow(payOf(employee, deal)) }))
          : []),
        ...(paid === undefined
          ? []
          : [
              {
                put: ledgerRow(
                  LedgerEntry.parse({
                    id: `paid-${id}`,
                    deal: id,
                    pipeline: pipeline.id,
                    kind: 'payment',
                    amount: { amount: 9_400_000, currency: paid.currency },
                    day: '2026-10-01',
                    source: 'test',
                    at,
                    by: { system: 'test' },
                  }),
                ),
              },
            ]),
      ]);
      ids.set(`${pipeline.id} ${whose}`, id);
    }
  await consume(records.splice(0), { table, definitions: definitionsOf(packs) });
  forgetCompany();
  return as('me');
};

/** What an outside system was asked and said, with all that a deal holds and its client's address. */
const asked = (deal: Deal): Item[] => {
  const words = JSON.stringify([deal.fields, address]);
  const call = Call.parse({
    id: `asked-${deal.id}`,
    provider: 'probe',
    kind: 'ask',
    pack: deal.pack,
    pipeline: deal.pipeline,
    deal: deal.id,
    about: 'x',
    input: { fields: deal.fields, address },
    state: 'done',
    attempts: 1,
    failures: 0,
    answer: words.slice(0, 500),
    history: [{ n: 1, at, as: 'done', said: words.slice(0, 500) }],
    resent: 0,
    createdAt: at,
    changedAt: at,
  });
  const received = Received.parse({
    id: `said-${deal.id}`,
    provider: 'probe',
    kind: 'answer',
    externalId: 'x',
    pack: deal.pack,
    deal: deal.id,
    raw: words,
    state: 'taken',
    attempts: 0,
    at,
    changedAt: at,
  });
  return [callRow(call), receivedRow(received)];
};

/** Whether a role has a right over one of the deals, all of which are on the first stage; payments stand for money. */
const covers = (role: Role, action: Action, entity: Entity, pipeline: Pipeline, whose: Whose): boolean =>
  grantsOf(role, action, entity, pipeline.id, pipeline.start)
    .filter(({ kinds }) => kinds?.includes('payment') !== false)
    .some(({ scope }) => {
      if (scope === 'all') return true;
      if (typeof scope === 'object') return whose === 'named';
      return whose === 'mine' || (scope === 'subordinates' && whose === 'below');
    });

/** Whether the first stage lets a person of a role change a deal, where it names who may. */
const isEditor = (role: Role, { stages, start }: Pipeline, whose: Whose): boolean =>
  stages[start]?.editedBy?.some((actor) => {
    if (typeof actor === 'object') return actor.role === role.id;
    return (
      actor === 'anyone' ||
      (actor === 'responsible' && whose === 'mine') ||
      (actor === 'head' && whose === 'below')
    );
  }) !== false;

const cases = packs.flatMap((pack) => pack.roles.map((role) => [role.id, pack, role] as const));

describe.each(cases)('%s', (_, pack, role) => {
  let me: ReturnType<typeof as>;
  beforeAll(async () => {
    me = await companyWith(pack, role);
  });
  const may = (action: Action, entity: Entity) => scopeOf(role, action, entity) !== undefined;

  /** Every way to read about deals of a pipeline, by name. */
  const readings = async (pipeline: string): Promise<[string, Answer][]> => {
    const paths = [
      `/v1/boards/${pipeline}`,
      `/v1/deals?pipeline=${pipeline}`,
      `/v1/deals?pipeline=${pipeline}&company=acme`,
      ...['mine', 'below', 'foreign', 'named'].flatMap((whose, n) => [
        `/v1/deals/${dealIn(pipeline, whose)}`,
        `/v1/deals/${dealIn(pipeline, whose)}/feed`,
        `/v1/deals/${dealIn(pipeline, whose)}/ledger`,
        `/v1/deals/${dealIn(pipeline, whose)}/messages`,
        `/v1/outbox?deal=${dealIn(pipeline, whose)}`,
        `/v1/deals?pipeline=${pipeline}&number=${pack.pipelines.find(({ id }) => id === pipeline)?.prefix}-${n + 1}`,
      ]),
      ...reports.map((report) => `/v1/reports/${report}?pipeline=${pipeline}&from=2026-09-01&to=2026-10-31`),
      `/v1/reports/deals?pipeline=${pipeline}&company=acme&from=2026-09-01&to=2026-10-31`,
      ...pack.desks.map(({ id }) => `/v1/desks/${id}`),
      '/v1/pipelines',
      '/v1/tasks',
      '/v1/inbox',
      '/v1/outbox?state=done',
      '/v1/outbox?state=taken',
      `/v1/outbox/asked-${dealIn(pipeline, 'mine')}`,
      `/v1/outbox/said-${dealIn(pipeline, 'foreign')}`,
      '/v1/events',
      '/v1/ledger?account=bank&from=2026-10-01&to=2026-10-01',
    ];
    return Promise.all(paths.map(async (path) => [path, await me.get(path)] as [string, Answer]));
  };

  describe.each(pack.pipelines.map((pipeline) => [pipeline.id, pipeline] as const))('%s', (id, pipeline) => {
    const sees = (whose: Whose) => covers(role, 'view', 'deal', pipeline, whose);
    const edits = (whose: Whose) =>
      covers(role, 'edit', 'deal', pipeline, whose) && isEditor(role, pipeline, whose);

    test('a deal is shown where the matrix shows it, and on no other path', async () => {
      const answers = await readings(id);

      for (const whose of ['mine', 'below', 'foreign', 'named'] as const) {
        const showing = answers.filter(
          ([, { status, body }]) =>
            status === 200 && JSON.stringify(body).includes(`zt-${dealIn(id, whose)}.`),
        );
        const card = answers.find(([path]) => path === `/v1/deals/${dealIn(id, whose)}`)?.[1];
        expect([whose, card?.status]).toEqual([whose, sees(whose) ? 200 : 404]);
        if (!sees(whose)) expect(showing.map(([path]) => path)).toEqual([]);
        else
          expect(showing.map(([path]) => path)).toEqual(
            expect.arrayContaining([`/v1/boards/${id}`, `/v1/deals?pipeline=${id}`]),
          );
      }
    });

    test('a hidden field is on no path, by name or by value, and every other one is on the card', async () => {
      const answers = await readings(id);
      const hidden = hiddenBy(role, pipeline);
      const values = fieldsOf(pipeline);

      // What pipelines and desks are made of names fields; rows and values are what is looked for.
      const rows = answers.filter(([path, { status }]) => status === 200 && path !== '/v1/pipelines');
      for (const field of hidden) {
        const sign = signOf(values[field]);
        const telling = rows.filter(([, { body }]) => {
          const { items, ...rest } = body; // a page calls its rows as a field of goods is called
          const text = JSON.stringify(ofPipeline([items, rest], id));
          return text.includes(`"${field}":`) || sign?.test(text) === true;
        });
        expect([field, telling.map(([path]) => path)]).toEqual([field, []]);
      }
      if (pipeline.worth !== undefined && hidden.includes(pipeline.worth))
        for (const [path, { body }] of rows.filter(([path]) => path.startsWith('/v1/boards')))
          expect([path, body.columns.map(({ sum }: { sum: number }) => sum)]).toEqual([
            path,
            body.columns.map(() => 0),
          ]);
      const seen = (['mine', 'below', 'foreign', 'named'] as const).filter(sees);
      const cards = rows.filter(([path]) => seen.some((whose) => path === `/v1/deals/${dealIn(id, whose)}`));
      expect(cards).toHaveLength(seen.length);
      for (const card of cards)
        expect(Object.keys(card[1].body.deal.fields).sort()).toEqual(
          Object.keys(values)
            .filter((field) => !hidden.includes(field))
            .sort(),
        );
    });

    test('deals are created and changed where the matrix says so, hidden fields by nobody', async () => {
      const created = await me.post('/v1/deals', { pipeline: id, title: 'x' });
      expect(created.status === 403).toBe(scopeOf(role, 'create', 'deal', id) === undefined);

      for (const whose of ['mine', 'below', 'foreign', 'named'] as const) {
        const { status } = await me.patch(`/v1/deals/${dealIn(id, whose)}`, {
          title: `zt-${dealIn(id, whose)}.`,
        });
        expect([whose, status]).toEqual([whose, !sees(whose) ? 404 : edits(whose) ? 200 : 403]);
        const [first] = hiddenBy(role, pipeline);
        if (first !== undefined && edits(whose))
          expect(
            (await me.patch(`/v1/deals/${dealIn(id, whose)}`, { fields: { [first]: null } })).status,
          ).toBe(403);
      }
    });

    test('money is shown and entered where the matrix says so', async () => {
      const paid = paidOf(pipeline);
      if (paid === undefined) return;
      for (const whose of ['mine', 'below', 'foreign'] as const) {
        const shown = await me.get(`/v1/deals/${dealIn(id, whose)}/ledger`);
        const isOpen = sees(whose) && covers(role, 'view', 'ledger', pipeline, whose);
        expect([whose, shown.status, shown.body.items?.length ?? 0]).toEqual([
          whose,
          sees(whose) ? 200 : 404,
          isOpen ? 1 : 0,
        ]);
        const entered = await me.post(`/v1/deals/${dealIn(id, whose)}/ledger`, {
          kind: 'payment',
          amount: { amount: 1, currency: paid.currency },
          externalId: dealIn(id, whose),
        });
        const enters = covers(role, 'create', 'ledger', pipeline, whose) && isEditor(role, pipeline, whose);
        expect([whose, entered.status]).toEqual([whose, !sees(whose) ? 404 : enters ? 201 : 403]);
      }
      const entries = await me.get('/v1/ledger?account=bank&from=2026-10-01&to=2026-10-01');
      expect(entries.status === 403).toBe(!may('view', 'ledger'));
      const foreign = covers(role, 'view', 'ledger', pipeline, 'foreign');
      expect(JSON.stringify(entries.body).includes(`paid-${dealIn(id, 'foreign')}`)).toBe(foreign);
    });

    test('pay is shown and settled where the matrix says so, to everybody their own', async () => {
      if (!accruedIn(pipeline)) return;
      for (const whose of ['mine', 'below', 'foreign'] as const) {
        const path = `/v1/deals/${dealIn(id, whose)}`;
        const { body } = await me.get(path);
        const isOpen = covers(role, 'view', 'accrual', pipeline, whose);
        expect([whose, body.accruals?.map(({ employee }: Accrual) => employee).sort()]).toEqual([
          whose,
          !sees(whose) ? undefined : isOpen ? ['me', 'somebody'] : ['me'],
        ]);
        const told = (await me.get(`${path}/feed`)).body.items ?? [];
        expect(told.filter(({ kind }: { kind: string }) => kind === 'accrual').length).toBe(
          !sees(whose) ? 0 : isOpen ? 2 : 1,
        );
        const settles = covers(role, 'edit', 'accrual', pipeline, whose);
        const paid = await me.post(`${path}/accruals/pay-somebody/pay`);
        expect([whose, paid.status]).toEqual([whose, !sees(whose) ? 404 : settles ? 200 : 403]);
      }
    });

    test('tasks are set, and the guard is overridden, where the matrix says so', async () => {
      for (const whose of ['mine', 'below', 'foreign', 'named'] as const) {
        const path = `/v1/deals/${dealIn(id, whose)}`;
        const sets = covers(role, 'create', 'task', pipeline, whose);
        const set = await me.post(`${path}/tasks`, { title: 'x', assignee: 'somebody' });
        expect([whose, set.status]).toEqual([whose, !sees(whose) ? 404 : sets ? 201 : 403]);

        if (!sees(whose) || !edits(whose)) continue;
        const moved = await me.post(`${path}/move`, { to: pipeline.start, override: true, reason: 'x' });
        expect([whose, moved.status]).toEqual([whose, role.override ? 200 : 422]);
      }
      const others = await me.get('/v1/tasks?assignee=somebody');
      const seesAll = pack.pipelines.every((one) =>
        grantsOf(role, 'view', 'task', one.id).some(
          ({ scope, stages }) => scope === 'all' && stages === undefined,
        ),
      );
      expect(others.status).toBe(seesAll ? 200 : 403);
    });

    test('reports are open where the matrix says so', async () => {
      const isOpen = scopeOf(role, 'view', 'report', id) !== undefined;
      for (const report of reports) {
        const { status } = await me.get(`/v1/reports/${report}?pipeline=${id}&from=2026-09-01&to=2026-10-31`);
        if (isOpen) expect([report, status]).not.toEqual([report, 403]);
        else expect([report, status]).toEqual([report, 403]);
      }
    });
  });

  test('contacts, companies and articles are open where the matrix says so', async () => {
    const article = { name: 'x', price: 1, currency: 'RUB' };
    const asked: [Action, Entity, Answer][] = [
      ['view', 'contact', await me.get('/v1/contacts')],
      ['view', 'contact', await me.get('/v1/contacts/olga')],
      ['create', 'contact', await me.post('/v1/contacts', { name: 'x' })],
      ['edit', 'contact', await me.patch('/v1/contacts/olga', { name: 'x' })],
      ['delete', 'contact', await me.get('/v1/contacts/olga/export')],
      ['view', 'company', await me.get('/v1/companies')],
      ['view', 'company', await me.get('/v1/companies/acme')],
      ['create', 'company', await me.post('/v1/companies', { name: 'x' })],
      ['edit', 'company', await me.patch('/v1/companies/acme', { name: companyName })],
      ['view', 'product', await me.get('/v1/products')],
      ['create', 'product', await me.post('/v1/products', article)],
    ];

    for (const [action, entity, { status }] of asked)
      expect([action, entity, status === 403]).toEqual([action, entity, !may(action, entity)]);
  });

  test('a client’s address and a company’s name reach nobody who may not look at contacts and companies', async () => {
    const answers = (await Promise.all(pack.pipelines.map(({ id }) => readings(id)))).flat();
    const saying = (what: string) =>
      answers.filter(([, { body }]) => JSON.stringify(body).includes(what)).map(([path]) => path);

    if (!may('view', 'contact')) expect(saying(address)).toEqual([]);
    if (!may('view', 'company')) expect(saying(companyName)).toEqual([]);
  });

  test('people, roles, settings and lists are open where the matrix says so', async () => {
    const { grants } = role;
    const asked: [Action, Entity, Answer][] = [
      ['view', 'users', await me.get('/v1/users')],
      ['view', 'users', await me.get('/v1/roles')],
      ['edit', 'users', await me.put('/v1/users/new', { name: 'x', roles: [role.id] })],
      [
        'edit',
        'users',
        await me.put(`/v1/roles/${role.id}`, { title: role.title, grants, hides: role.hides }),
      ],
      ['view', 'settings', await me.get('/v1/settings')],
      ['edit', 'settings', await me.put(`/v1/settings/${pack.id}/none`, { value: 1 })],
      ['view', 'outbox', await me.get('/v1/outbox')],
      ['view', 'events', await me.get('/v1/events')],
      ['view', 'events', await me.get('/v1/webhooks')],
    ];
    const [list] = pack.directories;
    if (list !== undefined)
      asked.push(
        ['view', 'directory', await me.get(`/v1/directories/${list.id}`)],
        [
          'edit',
          'directory',
          await me.put(`/v1/directories/${list.id}/new`, { title: { ru: 'x', en: 'x' } }),
        ],
      );

    for (const [n, [action, entity, { status }]] of asked.entries()) {
      const isNamed = entity === 'directory' && action === 'edit' && list?.editedBy?.includes(role.id);
      expect([n, action, entity, status === 403]).toEqual([
        n,
        action,
        entity,
        !may(action, entity) && isNamed !== true,
      ]);
    }
  });
});

/** An answer without rows of other pipelines, whose fields may be called the same and be open. */
function ofPipeline(body: unknown, pipeline: string): unknown {
  if (Array.isArray(body)) return body.map((one) => ofPipeline(one, pipeline));
  if (typeof body !== 'object' || body === null) return body;
  if ('pipeline' in body && typeof body.pipeline === 'string' && body.pipeline !== pipeline) return undefined;
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, ofPipeline(value, pipeline)]));
}
