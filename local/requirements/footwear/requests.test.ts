import { expect } from 'vitest';
import { refusal } from '../../world/staff.ts';
import { commenting, saying, test } from './company.ts';

const claim = (deal: string) => ['POST', `/v1/deals/${deal}/claim`] as const;

test('of two managers who take a request at the same instant exactly one has it, at negotiation; the other is told who, and so is who comes later [FW-01.2, FW-01.3]', async ({
  w,
}) => {
  const { as, says, order, stageOf } = w;
  await says('instagram', commenting('c-1'));
  const deal = await order();

  const claims = await Promise.allSettled(['elena', 'radu'].map((who) => as(who).ask(...claim(deal))));

  expect(claims.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const { responsible } = (await as('doina').get(`/v1/deals/${deal}`)).deal;
  const [other, name] = responsible === 'elena' ? ['radu', 'Elena Rusu'] : ['elena', 'Radu Ceban'];
  expect(await stageOf(deal)).toBe('negotiation');
  expect(await refusal(as(other).ask(...claim(deal)))).toBe(`422 responsible: ${name} has it already`);
  expect((await as(responsible).ask(...claim(deal))).responsible).toBe(responsible);
  expect(await refusal(as('petru').ask(...claim(deal)))).toContain('404');
});

test('the head hands an order to another manager, both read so, and nobody else may; back in the queue it is nobody’s [FW-01.4]', async ({
  w,
}) => {
  const { as, taken, advanceTo, inbox } = w;
  const deal = await taken();
  await advanceTo('2026-02-02 12:00');

  expect(await refusal(as('elena').assign(deal, 'radu'))).toContain('403');
  expect(await refusal(as('radu').assign(deal, 'radu'))).toContain('404');
  await as('doina').assign(deal, 'radu');

  for (const manager of ['elena', 'radu'])
    expect((await inbox(manager)).filter((line) => line.endsWith('handed-over'))).toEqual([
      '2026-02-02 12:00 handed-over',
    ]);
  expect(await refusal(as('elena').get(`/v1/deals/${deal}`))).toContain('404');
  await as('doina').move(deal, 'new-request');
  expect((await as('elena').get(`/v1/deals/${deal}`)).deal.responsible).toBeUndefined();
  expect((await as('elena').ask(...claim(deal))).responsible).toBe('elena');
});

test('an order at negotiation is changed by who has it and the head alone; moves that the process does not know are refused, and a refusal says why [FW-00.12, FW-02.1, FW-02.6]', async ({
  w,
}) => {
  const { as, taken, boots, stageOf } = w;
  const deal = await taken();

  expect(await refusal(as('radu').change(deal, { items: [boots] }))).toContain('404');
  await as('elena').change(deal, { items: [boots] });
  await as('doina').change(deal, { discount: 10_000 });
  for (const to of ['production', 'ready-to-ship', 'in-transit', 'final-check', 'archive'])
    expect(await refusal(as('elena').move(deal, to))).toContain('422 to: This deal cannot go from');
  expect(await refusal(as('elena').move(deal, 'refused'))).toBe(
    '422 fields.refusalReason: Fill in “Reason of the refusal”',
  );
  expect(await refusal(as('vlad').change(deal, { discount: 0 }))).toContain('404');
  await as('elena').move(deal, 'refused', { refusalReason: 'price' });

  expect(await stageOf(deal)).toBe('refused');
});

test('the manager’s desk shows urgent and favourite orders in blocks of their own above the columns; stars are everybody’s own, and urgent is cleared by hand too [FW-00.3, FW-00.4, FW-60.1]', async ({
  w,
}) => {
  const { as, says, taken, boots } = w;
  const urgent = await taken();
  await as('elena').change(urgent, { items: [boots] });
  const quiet = await as('elena').create({ items: [boots] }, { title: 'Ana' });
  await as('elena').ask('POST', `/v1/deals/${quiet}/claim`);
  const shown = async (who: string, desk: string) =>
    (await as(who).get(`/v1/desks/footwear-${desk}`)).items.map(({ deal }: { deal: string }) => deal);

  await as('elena').ask('PUT', `/v1/deals/${quiet}/favourite`);
  await as('doina').ask('PUT', `/v1/deals/${urgent}/favourite`);

  expect((await as('elena').get('/v1/desks/footwear-orders')).items).toMatchObject([
    { desk: 'footwear-urgent', highlighted: true, block: '/v1/desks/footwear-urgent' },
    { desk: 'footwear-favourites', highlighted: true },
    { pipeline: 'footwear-order', board: '/v1/boards/footwear-order' },
  ]);
  expect([await shown('elena', 'urgent'), await shown('elena', 'favourites')]).toEqual([[urgent], [quiet]]);
  expect([await shown('doina', 'favourites'), await shown('radu', 'urgent')]).toEqual([[urgent], []]);
  expect((await as('elena').get(`/v1/deals/${quiet}`)).favourite).toBe(true);
  expect((await as('elena').get('/v1/boards/footwear-order')).columns).toMatchObject([
    { stage: 'new-request', count: 0 },
    { stage: 'negotiation', count: 2 },
    ...Array(9).fill({ count: 0 }),
  ]);

  await as('elena').change(urgent, { urgent: false });
  await as('elena').ask('DELETE', `/v1/deals/${quiet}/favourite`);
  expect([await shown('elena', 'urgent'), await shown('elena', 'favourites')]).toEqual([[], []]);
  await says('instagram', saying('m-2'));
  expect(await shown('elena', 'urgent')).toEqual([urgent]);
  await as('elena').move(urgent, 'refused', { refusalReason: 'silent' });
  expect(await shown('elena', 'urgent')).toEqual([]); // nobody waits in an order that is over
});

test('the card shows at a glance how many items and payments there are, their sums, the stage and the photo [FW-00.5]', async ({
  w,
}) => {
  const { as, taken, boots } = w;
  const deal = await taken();
  const photo = await as('elena').upload(deal, 'productPhoto', 'boots.jpg');
  await as('elena').change(deal, { items: [boots, { ...boots, size: '40', qty: 2 }], productPhoto: [photo] });
  await as('elena').pay(deal, 480, { account: 'card' });

  const { deal: shown, files } = await as('elena').get(`/v1/deals/${deal}`);

  expect(shown.stage).toBe('negotiation');
  expect(shown.facts).toMatchObject({ itemCount: 3, orderTotal: 480_000, paymentCount: 0, paidTotal: 0 });
  expect(files).toMatchObject([{ field: 'productPhoto', name: 'boots.jpg' }]);
  await as('elena').move(deal, 'advance-check');
  await as('vlad').decide(deal, 'check-advance', 'approved');
  expect((await as('elena').get(`/v1/deals/${deal}`)).deal.facts).toMatchObject({
    paymentCount: 1,
    paidTotal: 48_000,
  });
});

test('the head of sales keeps the list of quick replies; a manager picks from it and may not edit it [FW-51.2]', async ({
  w,
}) => {
  const { as, taken, advanceTo } = w;
  const deal = await taken();
  const reply = {
    title: { ru: 'Оплата', en: 'Payment', ro: 'Plata' },
    data: {
      order: 0,
      text: 'Avansul este de 30%.',
      files: [{ name: 'rechizite.pdf', link: 'https://files.example/rechizite.pdf' }],
    },
  };
  const list = '/v1/directories/quick-replies';

  expect(await refusal(as('elena').ask('PUT', `${list}/payment`, reply))).toContain('403');
  await as('doina').ask('PUT', `${list}/payment`, reply);
  await advanceTo('2026-02-02 10:01');

  expect((await as('elena').get(list)).items[0]).toMatchObject({ id: 'payment' });
  expect(
    await as('elena').ask('POST', `/v1/deals/${deal}/messages`, { quickReply: 'payment' }),
  ).toMatchObject({ text: 'Avansul este de 30%.', files: [{ name: 'rechizite.pdf' }] });
  await as('doina').ask('PUT', `${list}/payment`, { ...reply, active: false });
  expect(
    await refusal(as('elena').ask('POST', `/v1/deals/${deal}/messages`, { quickReply: 'payment' })),
  ).toContain('There is no such quick reply');
});
