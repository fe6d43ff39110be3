import { describe, expect } from 'vitest';
import type { Grant, Role } from '../../../schemas/people.ts';
import { industrial } from '../../../statemachines/packs/industrial/index.ts';
import { refusal } from '../../world/staff.ts';
import type { World } from '../../world.ts';
import { test } from './company.ts';

/** An administrator changes what managers may. */
const grantManagers = async (w: World, change: (grants: Grant[]) => Grant[], hides: string[] = []) => {
  const { items } = await w.as('admin').get('/v1/roles');
  const { id, ...manager } = items.find((role: Role) => role.id === 'manager');
  await w.as('admin').ask('PUT', `/v1/roles/${id}`, { ...manager, grants: change(manager.grants), hides });
};
const without = (action: string, entity: string, pipeline?: string) => (grants: Grant[]) =>
  grants.flatMap((grant) =>
    grant.entity !== entity || (pipeline !== undefined && grant.pipeline !== pipeline)
      ? [grant]
      : grant.actions.length > 1 || grant.actions[0] !== action
        ? [{ ...grant, actions: grant.actions.filter((one) => one !== action) }]
        : [],
  );

describe('rights', () => {
  test('a right to change deals is taken from one pipeline alone [IN-X-00.1]', async ({ w }) => {
    const goods = await w.enter('contract');
    const services = await w.enter('contract', {}, { pipeline: 'services' });
    await w.as('pavel').complete(goods, 'send-contract');
    await w.as('pavel').complete(services, 'send-contract');
    await w
      .as('semyon')
      .ask('POST', `/v1/tasks/${(await w.task(goods, 'fill-contract-feedback-date')).id}/reassign`, {
        assignee: 'semyon',
      }); // work on a deal is a right to it of its own

    await grantManagers(w, without('edit', 'deal', 'goods'));

    expect(await refusal(w.as('pavel').change(goods, { dealTotal: 1 }))).toMatch(/^403 /);
    expect(await refusal(w.as('pavel').move(goods, 'picking'))).toMatch(/^403 /);
    await w.as('pavel').change(services, { dealTotal: 1 });
    expect(await w.fact(services, 'dealTotal')).toBe(1);
  });

  test('a right to create deals is taken from one pipeline alone [IN-X-00.1]', async ({ w }) => {
    await w.as('pavel').create();

    await grantManagers(w, without('create', 'deal', 'goods'));

    expect(await refusal(w.as('pavel').create())).toMatch(/^403 /);
    await w.as('pavel').create({}, { pipeline: 'services' });
  });

  test('deals that may not be seen are in no list, on no board and have no card [IN-X-00.1]', async ({
    w,
  }) => {
    const deal = await w.as('pavel').create({}, { responsible: 'pavel' });
    await w.as('pavel').get(`/v1/deals/${deal}`);

    await grantManagers(w, (grants) =>
      grants.filter(({ entity, pipeline }) => entity !== 'deal' || pipeline !== 'goods'),
    );

    expect(await refusal(w.as('pavel').get(`/v1/deals/${deal}`))).toMatch(/^404 /);
    expect(await refusal(w.as('pavel').get('/v1/deals?pipeline=goods'))).toMatch(/^403 /);
    expect(await refusal(w.as('pavel').get('/v1/boards/goods'))).toMatch(/^403 /);
    await w.as('pavel').get('/v1/boards/services');
  });

  test('other entities have rights of their own [IN-X-00.1]', async ({ w }) => {
    const deal = await w.enter('picking', { dealTotal: 24_000_000 });
    await w.as('pavel').pay(deal, 1_000);
    await w.as('pavel').ask('POST', '/v1/companies', { name: 'Foundry' });

    await grantManagers(w, (grants) => without('create', 'ledger')(without('create', 'company')(grants)));

    expect(await refusal(w.as('pavel').pay(deal, 1_000))).toMatch(/^403 /);
    expect(await refusal(w.as('pavel').ask('POST', '/v1/companies', { name: 'Forge' }))).toMatch(/^403 /);
    expect((await w.as('pavel').get(`/v1/deals/${deal}`)).ledger).toHaveLength(1);
  });

  test('a field hidden from a role is neither read nor written by it [IN-X-00.1]', async ({ w }) => {
    const deal = await w.enter('picking', { dealTotal: 24_000_000, company: 'plant' });
    expect((await w.as('pavel').get(`/v1/deals/${deal}`)).deal.facts.debt).toBe(24_000_000);

    await grantManagers(w, (grants) => grants, ['dealTotal']);

    const { deal: seen } = await w.as('pavel').get(`/v1/deals/${deal}`);
    expect([seen.fields, seen.facts.dealTotal, seen.facts.debt]).toEqual([
      { company: 'plant' },
      undefined,
      undefined,
    ]);
    expect(await refusal(w.as('pavel').change(deal, { dealTotal: 1 }))).toMatch(/^403 /);
  });

  test('only an administrator edits roles [IN-X-00.1]', async ({ w }) => {
    const { items } = await w.as('admin').get('/v1/roles');
    const { id: _, ...manager } = items.find((role: Role) => role.id === 'manager');

    expect(await refusal(w.as('semyon').ask('PUT', '/v1/roles/manager', manager))).toMatch(/^403 /);
  });

  test('people see the deals that are theirs to see [IN-X-00.1]', async ({ w }) => {
    const deal = await w.enter('picking', {}, { pipeline: 'goods' });
    const seen = async (user: string) =>
      w
        .as(user)
        .get(`/v1/deals/${deal}`)
        .then(
          () => true,
          () => false,
        );

    expect(await Promise.all(['pavel', 'semyon', 'galina', 'rita', 'nina', 'artem'].map(seen))).toEqual([
      true,
      true,
      true,
      true,
      true,
      false,
    ]);
  });
});

describe('cards', () => {
  type View = { id: string; card: string[]; stages: { id: string; required: string[] }[]; fields: object };
  const pipelinesOf = async (w: World): Promise<View[]> => (await w.as('pavel').get('/v1/pipelines')).items;
  const named = (views: View[], id: string) => views.find((view) => view.id === id);

  test('the two pipelines have fields of their own [IN-X-00.2, IN-X-00.4]', async ({ w }) => {
    const views = await pipelinesOf(w);
    const goods = named(views, 'goods')?.card ?? [];
    const services = named(views, 'services')?.card ?? [];

    expect(goods.filter((field) => !services.includes(field))).toContain('deliveryTerms');
    expect(services.filter((field) => !goods.includes(field))).toContain('plannedReadinessDate');
    expect(goods.filter((field) => services.includes(field))).toContain('quoteFeedbackDate');
  });

  test('an administrator chooses what the card of one pipeline shows [IN-X-00.2]', async ({ w }) => {
    const services = named(await pipelinesOf(w), 'services');

    await w.as('admin').ask('PUT', '/v1/pipelines/goods/card', { fields: ['company', 'items', 'dealTotal'] });

    const after = await pipelinesOf(w);
    expect(named(after, 'goods')?.card).toEqual(['company', 'items', 'dealTotal']);
    expect(named(after, 'services')).toEqual(services);
  });

  test('a field an administrator requires of a stage is asked for by every mover [IN-X-00.2]', async ({
    w,
  }) => {
    await w.as('admin').ask('PUT', '/v1/pipelines/goods/card', {
      fields: ['company', 'items', 'dealTotal'],
      required: { 'invoice-quote': ['company', 'dealTotal'] },
    });
    const deal = await w.enter('express-identification', { company: 'plant' });

    expect(await refusal(w.as('pavel').move(deal, 'invoice-quote'))).toBe(
      '422 fields.dealTotal: Fill in “Deal total”',
    );
    await w.as('pavel').move(deal, 'invoice-quote', { dealTotal: 100 });

    const services = await w.enter('primary-identification', {}, { pipeline: 'services' });
    await w.as('pavel').move(services, 'invoice-quote'); // the other pipeline asks for nothing
  });

  test('a card of fields that are not there is refused, naming them [IN-X-00.2]', async ({ w }) => {
    const asked = w.as('admin').ask('PUT', '/v1/pipelines/goods/card', { fields: ['colour'] });

    expect(await refusal(asked)).toMatch(/^400 fields: no field "colour" in goods; fields are company/);
  });

  test('cards of companies and contacts take fields of their own [IN-X-00.2]', async ({ w }) => {
    const company = await w.as('pavel').ask('POST', '/v1/companies', {
      name: 'Foundry',
      extra: { region: 'Ural', shifts: 3 },
    });
    const contact = await w.as('pavel').ask('POST', '/v1/contacts', {
      name: 'Igor',
      extra: { position: 'Chief mechanic' },
    });

    expect((await w.as('pavel').get(`/v1/companies/${company.id}`)).extra).toEqual({
      region: 'Ural',
      shifts: 3,
    });
    expect((await w.as('pavel').get(`/v1/contacts/${contact.id}`)).extra).toEqual({
      position: 'Chief mechanic',
    });
  });
});

describe('two pipelines', () => {
  test('have stages, fields and machines of their own [IN-X-00.4]', () => {
    const stages = (id: string) =>
      Object.keys(industrial.pipelines.find((pipeline) => pipeline.id === id)?.stages ?? {});

    expect(stages('goods')).toEqual([
      'unprocessed',
      'express-identification',
      'invoice-quote',
      'contract',
      'picking',
      'shipment',
      'wrap-up',
      'won',
      'lost',
    ]);
    expect(stages('services')).toEqual([
      'unprocessed',
      'primary-identification',
      'invoice-quote',
      'contract',
      'awaiting-visit',
      'in-progress',
      'wrap-up',
      'won',
      'lost',
    ]);
  });

  test('a stage of one is no stage of the other [IN-X-00.4]', async ({ w }) => {
    const deal = await w.enter('contract', {}, { pipeline: 'services' });

    expect(await refusal(w.as('pavel').move(deal, 'picking'))).toMatch(
      /^400 to: no stage "picking" in services/,
    );
  });

  test('a stage with the same name works differently in each [IN-X-00.4]', async ({ w }) => {
    const goods = await w.enter('invoice-quote', { caseComplexity: 'simple' });
    const services = await w.enter('invoice-quote', {}, { pipeline: 'services' });

    expect(await w.open(goods)).toEqual(['send-quote pavel 2026-02-03 09:00']);
    expect(await w.open(services)).toEqual([
      'send-prep-sheet pavel 2026-02-02 11:00',
      'send-quote pavel 2026-02-02 11:00',
    ]);
  });
});

describe('help', () => {
  test.for(['pavel', 'semyon', 'nina', 'galina', 'rita', 'artem', 'admin'] as const)(
    '%s reads working instructions for each role held, in both languages [IN-X-00.5]',
    async (user, { w }) => {
      const roles = industrial.people.find(({ id }) => id === user)?.roles;

      const { pages } = await w.as(user).get('/v1/help');

      expect(pages.map(({ role }: { role: string }) => role)).toEqual(roles);
      for (const { text } of pages)
        for (const language of ['ru', 'en']) expect(text[language]).toMatch(/\w|[а-я]/);
    },
  );
});

describe('documents', () => {
  test('there are two quotes, two contracts and two invoices, one of each for a pipeline [IN-X-00.3]', () => {
    const kinds = industrial.documents.map(({ kind, pipeline }) => `${kind} ${pipeline}`).sort();

    expect(kinds).toEqual([
      'contract goods',
      'contract services',
      'invoice goods',
      'invoice services',
      'quote goods',
      'quote services',
    ]);
  });

  const items = [
    { name: 'Bearing 6205', quantity: 12, price: 1_500_000 },
    { name: 'Grease', quantity: 0.5, price: 120_000 },
  ];
  const deal = { company: 'plant', items, dealTotal: 24_000_000, deliveryTerms: 'pickup' };
  const service = {
    company: 'plant',
    serviceKinds: ['laser-alignment'],
    plannedReadinessDate: '2026-02-06T10:00:00+03:00',
    dealTotal: 9_000_000,
  };

  test.for([
    ['goods', 'goods-quote', 'quoteFile', deal, 'Bearing 6205: 12'],
    ['goods', 'goods-contract', 'contractDraft', deal, 'Grease: 0,5'],
    ['goods', 'goods-invoice', 'invoiceFile', deal, 'К оплате: 240'],
    ['services', 'services-quote', 'quoteFile', service, 'Лазерная'],
    ['services', 'services-contract', 'contractDraft', service, 'Plant Demo-1'],
    ['services', 'services-invoice', 'invoiceFile', service, 'К оплате: 90'],
  ] as const)(
    '%s: %s is filled from the deal and kept on it [IN-X-00.3]',
    async ([pipeline, template, field, fields, words], { w }) => {
      const id = await w.enter('invoice-quote', fields, { pipeline });

      const { ref, text } = await w.as('pavel').ask('POST', `/v1/deals/${id}/documents`, { template });

      for (const word of ['Plant Demo-1', words]) expect(text).toContain(word);
      expect(text).not.toMatch(/\{\{|undefined|—/);
      expect(await w.fact(id, field)).toEqual(ref);
      const { files } = await w.as('pavel').get(`/v1/deals/${id}`);
      expect(files).toMatchObject([{ id: ref.id, field, version: 1, by: 'pavel' }]);
    },
  );

  test('a document made again is the next version beside the first [IN-X-00.3]', async ({ w }) => {
    const id = await w.enter('invoice-quote', deal);
    const make = () => w.as('pavel').ask('POST', `/v1/deals/${id}/documents`, { template: 'goods-quote' });

    await make();
    await make();

    expect(await w.fact(id, 'quoteFile')).toMatchObject({ version: 2 });
    expect((await w.as('pavel').get(`/v1/deals/${id}`)).files).toHaveLength(2);
  });

  test('a template of the other pipeline is refused, naming those that would do [IN-X-00.3]', async ({
    w,
  }) => {
    const id = await w.enter('invoice-quote', deal);

    expect(
      await refusal(w.as('pavel').ask('POST', `/v1/deals/${id}/documents`, { template: 'services-quote' })),
    ).toMatch(/^400 .*goods-quote, goods-contract, goods-invoice/);
  });
});
