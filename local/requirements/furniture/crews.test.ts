import { expect } from 'vitest';
import { furniture } from '../../../statemachines/packs/furniture/index.ts';
import { refusal } from '../../world/staff.ts';
import { agreed, buyer, type Company, sizes, slot, test } from './company.ts';

/** What would give a price away: values, fields and words of the contract. */
const commercial =
  /14600000|400000|15000000|150\s000|baseTotal|paymentTerms|paymentNote|"total"|contractFile|contractDraft|contract\.pdf|draft\.pdf|50\/50/;

/** An order under way that holds all that is commercial, with every crew booked and a history of it. */
const fullOrder = async (w: Company): Promise<string> => {
  const irina = w.as('irina');
  const deal = await w.order('deal-conclusion', { measurements: sizes, measuredAt: '2026-02-01' });
  const contractFile = await irina.announce(deal, 'contractFile', 'contract.pdf');
  await irina.change(deal, {
    ...agreed,
    measurementAt: slot('2026-02-03 09:00', 'oleg'),
    deliveryAt: slot('2026-02-05 10:00', 'viktor'),
    installationAt: slot('2026-02-06 09:00', 'kirill'),
  });
  await irina.move(deal, 'production', { contractFile });
  return deal;
};

test.for([
  ['oleg', 'production'],
  ['kirill', 'production'],
  ['anton', 'production'],
  ['zoya', 'shipment-prep'],
  ['viktor', 'delivery'],
] as const)(
  '%s sees an order on %s and nothing commercial of it on any path [FU-00.5, FU-60.2]',
  async ([user, stage], { w }) => {
    const deal = await fullOrder(w);
    const contract = await w.as('irina').get(`/v1/deals/${deal}`);
    expect((await w.reads('irina', deal)).match(commercial)).not.toBeNull();
    await w.as('anton').complete(deal, 'produce');
    if (stage !== 'production') await w.as('irina').move(deal, 'shipment-prep');
    if (stage === 'delivery') {
      await w.as('zoya').complete(deal, 'prepare-shipment');
      await w.as('irina').move(deal, 'delivery');
    }

    const { deal: seen } = await w.as(user).get(`/v1/deals/${deal}`);
    expect(seen.fields).toMatchObject({ ...buyer, decor: 'дуб', extraWorks: [{ title: 'демонтаж' }] });
    expect((await w.reads(user, deal)).match(commercial)?.[0]).toBeUndefined();
    for (const field of ['baseTotal', 'paymentTerms', 'contractFile'])
      expect(await refusal(w.as(user).change(deal, { [field]: null }))).toMatch(/^403/);
    const [file] = contract.files.filter(({ field }: { field: string }) => field === 'contractFile');
    expect(await refusal(w.as(user).get(`/v1/deals/${deal}/files/${file.id}`))).toMatch(/^404/);
  },
);

test('the production board has the stages of the workshop alone, for the workshop without sums [FU-60.2]', async ({
  w,
}) => {
  await fullOrder(w);
  const board = async (user: string) => {
    const { items } = await w.as(user).get('/v1/desks/furniture-production-board');
    const { columns } = await w.as(user).get(items[0].board);
    return columns.map(({ stage, count, sum }: Record<string, unknown>) => `${stage} ${count} ${sum}`);
  };

  expect(await board('irina')).toEqual([
    'production 1 15000000',
    'shipment-prep 0 0',
    'delivery 0 0',
    'installation 0 0',
    'rework 0 0',
  ]);
  expect((await board('anton'))[0]).toBe('production 1 0');
  expect(await refusal(w.as('zoya').get('/v1/desks/furniture-production-board'))).toMatch(/^404/);
});

test('an order that is none of theirs, or not on their stage, is not there for a crew [FU-00.5]', async ({
  w,
}) => {
  const deal = await w.agreedOrder('deal-conclusion');

  for (const user of ['oleg', 'kirill', 'anton', 'zoya', 'viktor']) {
    expect(await refusal(w.as(user).get(`/v1/deals/${deal}`))).toMatch(/^404/);
    expect((await w.reads(user, deal)).includes('Шкаф')).toBe(false);
  }
});

test('a crew does all its work by a phone: visits, the order, files, photos and the task [FU-00.8]', async ({
  w,
}) => {
  const deal = await w.agreedOrder('installation', { deliveredAt: '2026-02-01' });
  await w.as('irina').change(deal, { installationAt: slot('2026-02-02 10:00', 'kirill') });
  const kirill = w.as('kirill');

  const [visit] = (await kirill.get('/v1/desks/furniture-my-visits')).items;
  expect(visit).toMatchObject({ deal, when: 'today', buyerPhone: '+79005552105' });
  const { deal: seen, tasks } = await kirill.get(`/v1/deals/${visit.deal}`);
  expect([seen.fields.siteAddress, tasks[0].fields]).toEqual([
    'Образцовая ул., 5',
    ['installPhotos', 'installResult', 'installNotes'],
  ]);
  const installPhotos = await w.photos('kirill', deal, 'installPhotos', '1.jpg');
  await kirill.ask('POST', `/v1/tasks/${tasks[0].id}/complete`, {
    fields: { installPhotos, installResult: 'ok' },
  });
  expect(await w.open(deal)).toEqual([]);
});

test('everybody has the instruction of their own role, step by step where they work on site [FU-00.9]', async ({
  w,
}) => {
  for (const { id, roles } of furniture.people) {
    const { pages } = await w.as(id).get('/v1/help');
    expect([id, pages.map(({ role }: { role: string }) => role)]).toEqual([id, roles]);
    if (['oleg', 'kirill', 'irina'].includes(id))
      expect(pages[0].text.ru).toMatch(/^1\. [\s\S]*\n2\. [\s\S]*\n3\. /);
  }
});

test('an order has a talk: its members are told of a message, who is mentioned in other words, and each sees how much is unread [FU-00.3, FU-00.4, FU-04.2]', async ({
  w,
}) => {
  const deal = await fullOrder(w);
  const unread = async (user: string) =>
    (await w.as(user).get('/v1/chats')).items.map(({ unread }: { unread: number }) => unread);
  const chats = async (user: string) => (await w.inbox(user)).filter((told) => told.includes('chat-'));
  await w.advanceTo('2026-02-02 12:00');

  await w.as('anton').ask('POST', `/v1/deals/${deal}/comments`, { text: 'Дуб пришёл' });
  await w.advanceTo('2026-02-02 12:30');
  await w.as('anton').ask('POST', `/v1/deals/${deal}/comments`, {
    text: 'Олег, проверьте нишу',
    mentions: ['oleg'],
  });

  expect(await chats('irina')).toEqual(['2026-02-02 12:00 chat-message', '2026-02-02 12:30 chat-message']);
  expect(await chats('bella')).toEqual(await chats('irina')); // the department is a member as much as Anton
  expect(await chats('oleg')).toEqual(['2026-02-02 12:30 chat-mention']);
  expect(await chats('anton')).toEqual([]);
  expect(w.pushed('oleg').slice(-1)).toEqual(['2026-02-02 12:30 chat-mention']); // on the phone at once
  expect(w.pushed('irina')).toEqual([]);
  expect((await w.told('irina')).at(-1)?.body).toBe('Антон Гусев: Олег, проверьте нишу');
  expect(await chats('zoya')).toEqual([]);

  expect([await unread('irina'), await unread('oleg'), await unread('anton')]).toEqual([[2], [1], []]);
  await w.as('irina').ask('POST', `/v1/deals/${deal}/seen`);
  expect(await unread('irina')).toEqual([]);
  expect(
    await refusal(w.as('anton').ask('POST', `/v1/deals/${deal}/comments`, { text: '?', mentions: ['zoya'] })),
  ).toMatch(/^400 mentions: zoya may not see this deal; its members are irina, anton, bella/);
});

test('a contract attached to a message is there for the office and not for the crews [FU-00.5]', async ({
  w,
}) => {
  const deal = await fullOrder(w);
  const ask = (path: string, body: unknown) => w.as('irina').ask('POST', `/v1/deals/${deal}/${path}`, body);
  const put = async (field: string, name: string): Promise<string> => {
    const { file, put, headers } = await ask('files', { name, field, type: 'application/pdf', size: 8 });
    await fetch(put, { method: 'PUT', headers, body: '8 bytes!' });
    return file.id;
  };
  const files = [await put('contractFile', 'contract-2.pdf'), await put('techCalculations', 'calc-2.pdf')];
  await ask('comments', { text: 'Смотрите расчёты', files });

  const attached = async (user: string) => {
    const { items } = await w.as(user).get(`/v1/deals/${deal}/feed`);
    const { data } = items.find(({ kind }: { kind: string }) => kind === 'comment');
    return data.files.map(({ name }: { name: string }) => name).sort();
  };
  expect(await attached('irina')).toEqual(['calc-2.pdf', 'contract-2.pdf']);
  expect(await attached('anton')).toEqual(['calc-2.pdf']);
});

test('all that happens to an order is in its history, with who did it and when [FU-00.10]', async ({ w }) => {
  const deal = await fullOrder(w);
  await w.as('anton').complete(deal, 'produce');

  const { items } = await w.as('irina').get(`/v1/deals/${deal}/feed`);
  const lines = items.map(
    ({ kind, by, data }: { kind: string; by: { user?: string }; data: Record<string, unknown> }) =>
      `${by.user ?? 'system'} ${kind} ${data.step ?? data.to ?? ''}`.trim(),
  );
  expect(lines).toEqual(
    expect.arrayContaining([
      'anton task-closed produce',
      'irina moved production',
      'irina changed',
      'irina task-cancelled agree-details',
    ]),
  );
});

test('an address is plain text with a link to a map, if there is one [FU-80.1]', async ({ w }) => {
  const deal = await w.as('irina').create({
    contact: await w.contact(),
    siteAddress: buyer.siteAddress,
    mapLink: 'https://maps.example/5',
  });

  const { fields } = (await w.as('irina').get(`/v1/deals/${deal}`)).deal;
  expect([fields.siteAddress, fields.mapLink]).toEqual(['Образцовая ул., 5', 'https://maps.example/5']);
});

test('what reports of orders will count is kept: stage and its day, manager, segment, reason, rounds, visits and the times of uploads', async ({
  w,
}) => {
  const deal = await w.agreedOrder('installation', {
    segment: 'retail',
    preparedAt: '2026-02-01',
    deliveredAt: '2026-02-01',
  });
  await w.as('irina').change(deal, { installationAt: slot('2026-02-02 09:00', 'kirill') });
  await w.advanceTo('2026-02-02 13:10');
  await w.as('kirill').complete(deal, 'install', {
    installPhotos: await w.photos('kirill', deal, 'installPhotos', '1.jpg'),
    installResult: 'issues',
  });
  await w.as('irina').move(deal, 'rework', { reworkNotes: 'дверь', reworkBy: 'kirill' });

  const { deal: seen, files } = await w.as('marina').get(`/v1/deals/${deal}`);
  expect(seen).toMatchObject({
    stage: 'rework',
    stageSince: '2026-02-02T10:10:00.000Z',
    responsible: 'irina',
    facts: {
      segment: 'retail',
      total: 15_000_000,
      reworkRound: 1,
      installationAt: { end: '2026-02-02T10:00:00.000Z' },
    },
  });
  expect(files).toMatchObject([{ by: 'kirill', at: '2026-02-02T10:10:00.000Z' }]);
  const { people } = await w.as('marina').get('/v1/availability?role=furniture-installer&from=2026-02-02');
  expect(people[0].busy).toMatchObject([{ deal, field: 'installationAt' }]);
});
