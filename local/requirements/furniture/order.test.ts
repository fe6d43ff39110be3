import { expect } from 'vitest';
import { refusal } from '../../world/staff.ts';
import { agreed, sizes, slot, test } from './company.ts';

const stages: Record<string, string[]> = {
  'order-intake': ['measurement', 'closed'],
  measurement: ['order-intake', 'closed'],
  'deal-conclusion': ['production', 'measurement', 'closed'],
  production: ['shipment-prep', 'deal-conclusion', 'closed'],
  'shipment-prep': ['delivery', 'production', 'closed'],
  delivery: ['installation', 'shipment-prep', 'closed'],
  installation: ['closed', 'rework', 'delivery'],
  rework: ['closed', 'installation', 'production'],
  closed: [],
};

test('an order has nine stages as columns, and goes from each where the table leads and nowhere else [FU-00.1, FU-00.11, FU-08.2, FU-60.1]', async ({
  w,
}) => {
  const desk = await w.as('irina').get('/v1/desks/furniture-orders');
  const board = await w.as('irina').get(desk.items[0].board);
  expect(board.columns.map(({ stage }: { stage: string }) => stage)).toEqual(Object.keys(stages));

  for (const [stage, moves] of Object.entries(stages)) {
    const deal = await w.order(stage);
    const { deal: seen } = await w.as('irina').get(`/v1/deals/${deal}`);
    expect([stage, seen.moves]).toEqual([stage, moves]);
    for (const to of Object.keys(stages).filter((one) => !moves.includes(one) && one !== stage))
      expect(await refusal(w.as('irina').move(deal, to))).toMatch(
        stage === 'closed' ? /^403|^422/ : /cannot go from/,
      );
  }
});

test('an order needs a buyer with a phone, has its creator as owner, and takes the three documents before it goes to be measured [FU-01.1, FU-01.2, FU-01.3]', async ({
  w,
}) => {
  const irina = w.as('irina');
  const silent = await irina.ask('POST', '/v1/contacts', { name: 'Полина' });
  expect(await refusal(irina.create({ contact: silent.id }))).toBe(
    "422 fields.buyerPhone: Fill in “Buyer's phone”",
  );

  const deal = await irina.create({ contact: await w.contact() });
  expect((await w.card(deal)).deal).toMatchObject({ stage: 'order-intake', responsible: 'irina' });
  expect(await refusal(irina.move(deal, 'measurement'))).toBe(
    "422 fields.contractDraft: Fill in “Contract draft”; fields.techCalculations: Fill in “Primary technological calculations”; stage: Attach the buyer's requirements, or write them down.",
  );
  for (const field of ['contractDraft', 'buyerRequirements', 'techCalculations'])
    await irina.change(deal, { [field]: await irina.announce(deal, field, `${field}.pdf`) });
  await irina.move(deal, 'measurement');

  expect(await w.stageOf(deal)).toBe('measurement');
});

test('every stage sets its own work when an order comes to it [FU-00.2, FU-03.1, FU-04.1, FU-05.1, FU-08.1]', async ({
  w,
}) => {
  const done = { producedAt: '2026-02-01', preparedAt: '2026-02-01', deliveredAt: '2026-02-01' };
  const works = async (stage: string, fields = {}) =>
    w.open(await w.agreedOrder(stage, { ...done, ...fields }));

  expect(await w.open(await w.order('deal-conclusion'))).toEqual(['agree-details irina 2026-02-03 09:00']);
  expect(await works('production')).toEqual(['produce anton 2026-02-16 18:00']);
  expect(await works('shipment-prep')).toEqual(['prepare-shipment zoya 2026-02-03 09:00']);
  expect(await works('delivery')).toEqual(['deliver viktor 2026-02-09 09:00']);
  expect(await works('installation')).toEqual(['install kirill 2026-02-09 09:00']);
  expect(await works('rework', { reworkBy: 'matvey' })).toEqual(['rework matvey 2026-02-05 09:00']);
});

test('details are written into the card, the total follows extra works, and one press concludes the contract [FU-03.2, FU-03.3, FU-03.4]', async ({
  w,
}) => {
  const irina = w.as('irina');
  const deal = await w.order('deal-conclusion', { measurements: sizes, measuredAt: '2026-02-01' });

  expect((await irina.change(deal, agreed)).facts.total).toBe(15_000_000);
  const more = [...agreed.extraWorks, { title: 'вынос', price: 150_000 }];
  expect((await irina.change(deal, { extraWorks: more })).facts.total).toBe(15_150_000);
  expect((await irina.change(deal, { extraWorks: null })).facts.total).toBe(14_600_000);

  await irina.change(deal, { decor: null });
  expect(await refusal(irina.move(deal, 'production'))).toBe(
    '422 fields.decor: Fill in “Decor”; fields.contractFile: Fill in “Contract”',
  );
  expect(await w.fact(deal, 'contractSignedAt')).toBeUndefined();
  const contractFile = await irina.announce(deal, 'contractFile', 'contract.pdf');
  const { fields } = await irina.move(deal, 'production', { decor: 'ясень', contractFile });
  expect(fields.contractSignedAt).toBe('2026-02-02');
});

test('who makes, packs or brings tells the manager at once, who moves the order on; production that is late the executive hears of too [FU-00.6, FU-04.3, FU-04.4, FU-04.5, FU-05.2, FU-06.3]', async ({
  w,
}) => {
  const late = await w.agreedOrder('production', { productionDueAt: '2026-02-03' });
  await w.advanceTo('2026-02-03 17:59:59');
  expect(await w.inbox('marina')).toEqual([]);
  await w.advanceTo('2026-02-03 18:00');
  expect([await w.inbox('irina'), await w.inbox('marina')]).toEqual([
    ['2026-02-03 18:00 production-late'],
    ['2026-02-03 18:00 production-late'],
  ]);

  await w.as('anton').complete(late, 'produce');
  expect(await w.stageOf(late)).toBe('production');
  await w.as('irina').move(late, 'shipment-prep');
  await w.as('zoya').complete(late, 'prepare-shipment');
  await w.as('marina').move(late, 'delivery', { deliveryAt: slot('2026-02-05 10:00', 'viktor') });
  await w.as('viktor').complete(late, 'deliver');

  expect((await w.inbox('irina')).slice(1).sort()).toEqual([
    '2026-02-03 18:00 delivered',
    '2026-02-03 18:00 order-moved', // by Marina: nobody is told of their own moves
    '2026-02-03 18:00 prepared',
    '2026-02-03 18:00 produced',
  ]);
});

test('conditions an administrator adds to a stage bind the moves that follow [FU-00.7]', async ({ w }) => {
  const first = await w.order('order-intake');
  await w.as('irina').move(first, 'measurement');
  const [shape] = (await w.as('furniture-admin').get('/v1/pipelines')).items;

  await w.as('furniture-admin').ask('PUT', '/v1/pipelines/furniture-order/card', {
    fields: shape.card,
    required: { measurement: ['segment'] },
  });

  const second = await w.order('order-intake');
  expect(await refusal(w.as('irina').move(second, 'measurement'))).toBe(
    '422 fields.segment: Fill in “Segment”',
  );
  await w.as('irina').move(second, 'measurement', { segment: 'retail' });
});

test('a move by an integration that misses something is undone and the manager told what is missing [FU-00.10, FU-00.12]', async ({
  w,
}) => {
  const deal = await w.order('order-intake', { techCalculations: null });
  const body = { to: 'measurement', unmet: 'rollback', fields: { techCalculations: null } };

  const answer = await w.as('irina').ask('POST', `/v1/deals/${deal}/move`, body);
  expect(answer.warnings).toMatchObject([{ en: 'Fill in “Primary technological calculations”' }]);

  expect((await w.card(deal)).deal).toMatchObject({ stage: 'order-intake', seq: 3 });
  const [told] = await w.told('irina');
  expect([told?.text, told?.body]).toEqual([
    'move-undone',
    expect.stringContaining('Заполните поле «Первичные технологические расчеты»'),
  ]);
  const { items } = await w.as('irina').get(`/v1/deals/${deal}/feed`);
  expect(
    items.flatMap(({ kind, data }: { kind: string; data: object }) => (kind === 'moved' ? [data] : [])),
  ).toMatchObject([
    { from: 'measurement', to: 'order-intake' },
    { from: 'order-intake', to: 'measurement' },
  ]);

  await w.as('irina').ask('POST', `/v1/deals/${deal}/move`, {
    ...body,
    fields: { techCalculations: await w.as('irina').announce(deal, 'techCalculations', 'calc.pdf') },
  });
  expect(await w.stageOf(deal)).toBe('measurement');
});

test('an order is cancelled with a reason: its work and visits go, who was booked is told, and only the executive changes it [FU-09.2, FU-09.3]', async ({
  w,
}) => {
  const irina = w.as('irina');
  const deal = await w.agreedOrder('delivery');
  await irina.change(deal, { deliveryAt: slot('2026-02-05 10:00', 'viktor') });

  expect(await refusal(irina.move(deal, 'closed'))).toMatch(/to cancel it say why/);
  await irina.move(deal, 'closed', { cancelReason: 'site' });

  const { deal: closed } = await w.as('marina').get(`/v1/deals/${deal}`);
  expect([closed.outcome, closed.facts.result, closed.fields.deliveryAt]).toEqual([
    'lost',
    'cancelled',
    undefined,
  ]);
  expect(await w.open(deal)).toEqual([]);
  expect(await w.inbox('viktor')).toContain('2026-02-02 09:00 visit-cancelled');
  const { people } = await irina.get('/v1/availability?role=furniture-delivery&from=2026-02-05');
  expect(people[0].busy).toEqual([]);

  expect(await refusal(irina.change(deal, { decor: 'сосна' }))).toMatch(/^403/);
  expect(await refusal(irina.move(deal, 'rework'))).toMatch(/^4/);
  await w.as('marina').change(deal, { decor: 'сосна' });
});
