import { expect } from 'vitest';
import { refusal } from '../../world/staff.ts';
import { type Company, test } from './company.ts';

const article = (size: string) => ({ model: 'Boots', size, colour: 'black' });
const shelf = async ({ as }: Company, of = 'Boots') =>
  (await as('elena').get(`/v1/stock?pipeline=footwear-order&of=${of}`)).items.map(
    ({
      article: { size },
      quantity,
      reserved,
      free,
    }: Record<string, never> & { article: { size: string } }) =>
      `${size}: ${quantity}, ${reserved} promised, ${free} free`,
  );
const counted = ({ as }: Company, size: string, quantity: number) =>
  as('ion').ask('PUT', '/v1/stock', { pipeline: 'footwear-order', article: article(size), quantity });

test('whoever chooses a model reads what the warehouse has of it by size; who ships keeps the count, a manager does not [FW-02.5, FW-52.1]', async ({
  w,
}) => {
  await counted(w, '39', 3);
  await counted(w, '38', 2);
  await w.as('ion').ask('PUT', '/v1/stock', {
    pipeline: 'footwear-order',
    article: { model: 'Bootsies', size: '38', colour: 'red' },
    quantity: 1,
  });

  expect(await shelf(w)).toEqual(['38: 2, 0 promised, 2 free', '39: 3, 0 promised, 3 free']);
  expect(
    await refusal(
      w
        .as('elena')
        .ask('PUT', '/v1/stock', { pipeline: 'footwear-order', article: article('38'), quantity: 9 }),
    ),
  ).toContain('403');
  expect(await refusal(w.as('petru').get('/v1/stock?pipeline=footwear-order&of=x&limit=0'))).toContain('400');
});

test('an order reserves what it takes from stock with the move that promises it, is refused what is not there, and releases it when it is returned or refused [FW-52.2]', async ({
  w,
}) => {
  const { as, taken, boots, stageOf } = w;
  await counted(w, '38', 2);
  const deal = await taken();
  await as('elena').change(deal, { items: [{ ...boots, qty: 3, fromStock: true }] });
  await as('elena').pay(deal, 480, { account: 'card' });

  const tooMany = await refusal(as('elena').move(deal, 'advance-check'));
  await as('elena').change(deal, { items: [{ ...boots, qty: 2, fromStock: true }] });
  await as('elena').move(deal, 'advance-check');

  expect(tooMany).toBe(
    '422 fields.items: The warehouse has too little of Boots, 38, black: 2 free, 3 wanted',
  );
  expect(await shelf(w)).toEqual(['38: 2, 2 promised, 0 free']);
  expect(await refusal(counted(w, '38', 1))).toBe(
    '422 quantity: 2 are promised to orders: there cannot be fewer',
  );

  await as('vlad').decide(deal, 'check-advance', 'rejected', 'no money');
  expect([await stageOf(deal), await shelf(w)]).toEqual(['negotiation', ['38: 2, 0 promised, 2 free']]);
});

test('of two orders that want the last pair at the same instant one gets it and the other is told there is none [FW-52.2]', async ({
  w,
}) => {
  const { as, boots } = w;
  await counted(w, '38', 1);
  const orders = await Promise.all(
    ['elena', 'radu'].map(async (manager) => {
      const deal = await as(manager).create({ items: [{ ...boots, fromStock: true }] });
      await as(manager).ask('POST', `/v1/deals/${deal}/claim`);
      await as(manager).pay(deal, 480, { account: 'card' });
      return { manager, deal };
    }),
  );

  const moves = await Promise.allSettled(
    orders.map(({ manager, deal }) => as(manager).move(deal, 'advance-check')),
  );

  expect(moves.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(await shelf(w)).toEqual(['38: 1, 1 promised, 0 free']);
});

test('a pair that is shipped has left the warehouse and stays gone while its order goes on; given back it is there again [FW-52.2]', async ({
  w,
}) => {
  const { as, taken, boots, stageOf } = w;
  await counted(w, '38', 2);
  const deal = await taken();
  await as('elena').change(deal, { items: [{ ...boots, fromStock: true }] });
  await as('elena').pay(deal, 480, { account: 'card' });
  await as('elena').move(deal, 'advance-check');
  await as('vlad').decide(deal, 'check-advance', 'approved');
  await as('elena').complete(deal, 'agree-payment', { paymentMode: 'on-delivery' });
  const promised = await shelf(w);

  await as('ion').complete(deal, 'ship-parcel', { parcelNumber: '777' });
  const gone = await shelf(w);
  await as('elena').move(deal, 'return', { returnReason: 'model', returnMode: 'return' });
  const coming = await shelf(w);
  await as('doina').pay(deal, 480, { kind: 'refund', account: 'card' });
  await as('elena').complete(deal, 'take-back', { items: [{ ...boots, fromStock: true, returned: true }] });

  expect([promised, gone, coming]).toEqual([
    ['38: 2, 1 promised, 1 free'],
    ['38: 1, 0 promised, 1 free'],
    ['38: 1, 0 promised, 1 free'],
  ]);
  expect([await stageOf(deal), await shelf(w)]).toEqual(['final-check', ['38: 2, 0 promised, 2 free']]);
});

test('an order that is made with its lines says neither that they were sent nor parts of a pair [FW-52.2]', async ({
  w,
}) => {
  const { as, boots } = w;
  const make = (line: object) =>
    as('elena').ask('POST', '/v1/deals', {
      pipeline: 'footwear-order',
      title: 'Boots',
      fields: { items: [{ ...boots, fromStock: true, ...line }] },
    });

  const { id } = await make({ qty: 1, sent: true });
  const half = await refusal(make({ qty: 0.5 }));

  const { fields } = (await as('elena').get(`/v1/deals/${id}`)).deal;
  expect(fields.items).toEqual([{ ...boots, fromStock: true, qty: 1 }]);
  expect(half).toContain('A quantity is a whole number above zero');
});
