import { expect } from 'vitest';
import { refusal } from '../../world/staff.ts';
import { type Company, site, test } from './company.ts';

const moves = async (w: Company, deal: string, who = 'olha'): Promise<string[]> =>
  (await w.as(who).get(`/v1/deals/${deal}`)).deal.moves;

test('the stages offered are those the table leads to, and no other is reached [CL-00.1, CL-00.2, CL-01.5]', async ({
  w,
}) => {
  const deal = await w.begin();
  expect(await moves(w, deal)).toEqual(['selection-needed', 'send-quote', 'on-hold', 'refused']);
  expect(await refusal(w.as('olha').move(deal, 'deal-closing'))).toBe(
    '422 to: This deal cannot go from “new-request” to “deal-closing”; it may go to: selection-needed, send-quote, on-hold, refused',
  );
  expect(await w.stageOf(deal)).toBe('new-request');

  await w.as('olha').move(deal, 'selection-needed');
  expect(await moves(w, deal)).toEqual(['new-request', 'on-hold', 'refused']);
  await w.as('olha').move(deal, 'new-request');
  const quote = await w.as('olha').upload(deal, 'quoteFiles', 'quote.pdf');
  await w.as('olha').move(deal, 'send-quote', { quoteFiles: [quote] });
  expect(await moves(w, deal)).toEqual([
    'client-deciding',
    'reselection',
    'new-request',
    'on-hold',
    'refused',
  ]);
});

test('a deal is begun by a manager, a designer or the head of the company, in the first stage, and all it needs is named [CL-01.1, CL-01.2]', async ({
  w,
}) => {
  const create = (who: string, fields: object = site, more: object = { responsible: 'olha' }) =>
    w.as(who).create(fields as never, { pipeline: 'climate-sales', ...more });

  for (const who of ['olha', 'ihor', 'vira', 'taras']) await create(who);
  for (const who of ['lesia', 'nina-k', 'yurii', 'bohdan', 'stepan', 'danylo'])
    expect(await refusal(create(who))).toMatch(/^403 .*may not create deals in climate-sales/);
  const { brand: _, ...without } = site;
  expect(await refusal(create('olha', without))).toBe('422 fields.brand: Fill in “Brand”');
  expect(await refusal(create('olha', {}))).toBe(
    '422 fields.dealType: Fill in “Type”; fields.siteName: Fill in “Site”; fields.address: Fill in “Address”; fields.brand: Fill in “Brand”',
  );
  expect(await refusal(create('olha', site, {}))).toBe('422 stage: Choose who works the deal.');
});

test('whoever is given a deal by another hears of it, once [CL-01.3]', async ({ w }) => {
  const own = await w.begin();
  expect(await w.told('olha')).toEqual([]);
  await w.begin({}, 'vira');
  expect(await w.told('olha')).toEqual(['deal-assigned']);
  expect((await w.deal(own)).responsible).toBe('olha');
});

test('a channel that is switched off takes no request and says so; the administrator switches it on [CL-01.4]', async ({
  w,
}) => {
  const request = (externalId: string, channel: string) =>
    w.says('site', {
      type: 'request.received',
      externalId,
      pack: 'climate',
      pipeline: 'climate-sales',
      title: 'A letter from the site',
      channel,
      fields: site,
    });
  const deals = async () => (await w.as('vira').get('/v1/deals?pipeline=climate-sales')).items.length;
  const { items } = await w.as('climate-admin').get('/v1/settings');
  const channels = items.filter(({ id }: { id: string }) => id.startsWith('intake'));
  expect(
    channels.map((one: { id: string; setting: { value: boolean } }) => [one.id, one.setting.value]),
  ).toEqual([
    ['intakeManual', true],
    ['intakeSocial', false],
    ['intakeChat', false],
    ['intakeSite', false],
  ]);

  await expect(request('r1', 'site')).rejects.toThrow('switched off');
  expect(await deals()).toBe(0);
  await w.as('climate-admin').ask('PUT', '/v1/settings/climate/intakeSite', { value: true });
  await request('r1', 'site');
  expect(await deals()).toBe(1);
  await expect(request('r2', 'chat')).rejects.toThrow('switched off');
});

test('rights to see, create and change are a role’s own each, and a stage asks for what an administrator adds, from the next request on [CL-00.3, CL-00.4]', async ({
  w,
}) => {
  const deal = await w.begin();
  const admin = w.as('climate-admin');
  const role = (await admin.get('/v1/roles')).items.find(
    ({ id }: { id: string }) => id === 'climate-manager',
  );
  const { id: _, ...words } = role;
  const grants = words.grants.map((grant: { entity: string; pipeline: string; actions: string[] }) =>
    grant.entity === 'deal' && grant.pipeline === 'climate-sales' ? { ...grant, actions: ['view'] } : grant,
  );
  await admin.ask('PUT', '/v1/roles/climate-manager', { ...words, grants });
  expect(await refusal(w.as('olha').change(deal, { description: 'x' }))).toMatch(/^403/);
  expect(await refusal(w.begin())).toMatch(/^403/);
  expect((await w.as('olha').get(`/v1/deals/${deal}`)).deal.moves).toEqual([]);
  await admin.ask('PUT', '/v1/roles/climate-manager', words);

  await admin.ask('PUT', '/v1/pipelines/climate-sales/card', {
    fields: ['siteName'],
    required: { 'selection-needed': ['areaM2'] },
  });
  expect(await refusal(w.as('olha').move(deal, 'selection-needed'))).toContain('Area of the site');
  await w.as('olha').move(deal, 'selection-needed', { areaM2: 2400 });
});

test('an address is suggested and kept with its place, is found by a part of it, and several make a way [CL-00.5, CL-00.6, CL-00.7, CL-60.8]', async ({
  w,
}) => {
  const { items } = await w.as('olha').get('/v1/places?q=12%20test');
  expect(items).toEqual([{ text: '12 Test Street, Kyiv', lat: 50.4545, lng: 30.5278, place: 'test-12' }]);
  const near = await w.begin({ address: items[0] });
  const far = await w.begin({ address: '90 Test Street' });
  const mid = await w.begin({ address: { text: 'by the river', place: 'river-3' } });
  expect((await w.deal(far)).fields.address).toMatchObject({
    text: '90 Test Street',
    lat: 50.4857,
    place: 'test-90',
  });
  await w.as('olha').change(near, { address: { text: 'a yard without a name' } });
  expect((await w.deal(near)).fields.address).toEqual({ text: 'a yard without a name' });
  const build = (deals: string[], who = 'olha') => w.as(who).ask('POST', '/v1/routes', { deals });
  expect(await refusal(build([near, far]))).toContain('Deal CL-1 has no address on the map');

  await w.as('olha').change(near, { address: items[0] });
  const found = async (words: string, who = 'olha') =>
    (await w.as(who).get(`/v1/search?q=${encodeURIComponent(words)}`)).items
      .map(({ number }: { number: string }) => number)
      .sort();
  expect([
    await found('90 test'),
    await found('river'),
    await found('tes'),
    await found('tes', 'maryna'),
  ]).toEqual([['CL-2'], ['CL-3'], ['CL-1', 'CL-2'], []]);

  const way = await build([near, far, mid]);
  expect(way.stops.map(({ number }: { number: string }) => number)).toEqual(['CL-1', 'CL-3', 'CL-2']);
  expect(way.km).toBeGreaterThan(3);
  expect(way.link).toContain('origin=50.4545%2C30.5278');
  expect(await refusal(build([near, far], 'maryna'))).toMatch(/^404/);
});

test('whatever happens to a deal is in its history, with who and when; figures follow and nobody writes them [CL-00.8, CL-00.9]', async ({
  w,
}) => {
  const deal = await w.shipping();
  await w.income(deal, 1_000_000);
  await w.ship(deal, 20_000);

  const { facts } = await w.deal(deal);
  expect([
    facts.receivedUah,
    facts.receivedUsd,
    facts.shippedUsd,
    facts.balanceUsd,
    facts.undeliveredUsd,
  ]).toEqual([100_000_000, 2_409_639, 2_000_000, 2_450_361, 409_639]);
  expect(await refusal(w.as('vira').change(deal, { receivedUsd: 1 }))).toMatch(/^400/);
  await w.as('vira').change(deal, { description: 'roof units' });
  const { items: feed } = await w.as('vira').get(`/v1/deals/${deal}/feed?limit=200`);
  const lines = feed.map(
    ({ kind, by }: { kind: string; by: { user?: string } }) => `${kind} ${by.user ?? 'system'}`,
  );
  expect(lines).toEqual(
    expect.arrayContaining(['created olha', 'moved olha', 'money nina-k', 'money lesia', 'changed vira']),
  );
  expect(feed).toContainEqual(
    expect.objectContaining({
      at: '2026-02-02T08:00:00.000Z',
      by: { user: 'vira' },
      data: { description: [null, 'roof units'] },
    }),
  );
});

test('a company is client, contractor or both, and a contact has one of four positions [CL-00.10, CL-00.11]', async ({
  w,
}) => {
  const company = (kind: string[]) =>
    w.as('olha').ask('POST', '/v1/companies', { name: 'Demo LLC', extra: { kind } });
  expect((await company(['client', 'contractor'])).extra.kind).toEqual(['client', 'contractor']);
  expect(await refusal(company(['friend']))).toMatch(/^400/);
  const contact = (position: string) =>
    w.as('olha').ask('POST', '/v1/contacts', { name: 'Maksym', extra: { position } });
  for (const position of ['manager', 'director', 'accountant', 'designer'])
    expect((await contact(position)).extra.position).toBe(position);
  expect(await refusal(contact('poet'))).toMatch(/^400/);
});
