import { afterEach, beforeEach, expect, test } from 'vitest';
import { field, move, pipeline, t } from '../statemachines/vocabulary/index.ts';
import { packOf } from './world/pack-of.ts';
import { refusal } from './world/staff.ts';
import { type World, world } from './world.ts';

const title = (en: string) => t(en, en);
const text = (en: string) => ({ type: 'text', title: title(en) }) as const;

const joinery = packOf('joinery', [
  pipeline({
    id: 'orders',
    kind: 'deal',
    title: title('Orders'),
    prefix: 'O',
    start: 'measured',
    fields: {
      works: field.rows(
        title('Extra works'),
        {
          what: { ...text('What'), required: true },
          metres: { type: 'number', title: title('Metres') },
          price: { type: 'money', title: title('Price'), currency: 'RUB', hiddenFrom: ['work-executor'] },
          offer: { type: 'file', title: title('Offer'), hiddenFrom: ['work-executor'] },
        },
        { max: 2 },
      ),
      worksTotal: field.computedMoney(title('Works'), 'RUB', '$sum(works.price)'),
      photos: field.files(title('Photos'), { images: true }),
    },
    stages: {
      measured: { title: title('Measured'), aim: title('Measured.'), moves: [move('built', ['anyone'])] },
      built: {
        title: title('Built'),
        aim: title('Built.'),
        outcome: 'won',
        enter: { required: ['works', 'photos'] },
        moves: [],
      },
    },
  }),
]);

let w: World;
beforeEach(async () => {
  w = await world({ at: '2026-02-02 09:00', packs: [joinery] });
});
afterEach(() => w.stop());

const enter = () => w.enter('measured', {}, { pipeline: 'orders' });

test('rows are read by their columns, and what would do is said by row and column', async () => {
  const deal = await enter();
  const given = (works: unknown) => refusal(w.as('pavel').change(deal, { works }));

  expect(await given([{ what: 'doors', metres: 'two' }])).toContain('row 1, metres: a number');
  expect(await given([{ what: 'doors' }, { metres: 2 }])).toContain('row 2: a value for what');
  expect(await given([{ what: 'doors', colour: 'red' }])).toContain('"colour" is no column');
  expect(await given([{ what: '1' }, { what: '2' }, { what: '3' }])).toContain('at most 2 rows');
  expect(await given([{ what: 'doors', price: 1.5 }])).toContain('whole minor units of RUB');

  const changed = await w.as('pavel').change(deal, { works: [{ what: 'doors', price: 400_000 }] });
  expect(changed.fields.works).toEqual([{ what: 'doors', price: 400_000 }]);
  expect(changed.facts.worksTotal).toBe(400_000);

  const emptied = await w.as('pavel').change(deal, { works: [] });
  expect('works' in emptied.fields).toBe(false);
  expect(await refusal(w.as('pavel').move(deal, 'built'))).toContain('Fill in “Extra works”');
});

test('a column hidden from a role is on no path of it, nor what follows from it, and is not overwritten', async () => {
  const deal = await enter();
  const works = [{ what: 'doors', metres: 2, price: 400_000 }];
  await w.as('pavel').change(deal, { works });
  const artem = w.as('artem');

  const card = await artem.get(`/v1/deals/${deal}`);
  const list = await artem.get('/v1/deals?pipeline=orders');
  const board = await artem.get('/v1/boards/orders');
  const [shape] = (await artem.get('/v1/pipelines')).items;
  expect(card.deal.fields.works).toEqual([{ what: 'doors', metres: 2 }]);
  for (const shown of [card, list, board, shape]) expect(JSON.stringify(shown)).not.toMatch(/price|400000/);
  expect(Object.keys(shape.fields.works.columns)).toEqual(['what', 'metres']);

  expect(await refusal(artem.change(deal, { works: [{ what: 'doors', price: 1 }] }))).toBe(
    '403 works: these columns are not open to your roles: price, offer',
  );
  expect(await refusal(artem.change(deal, { works: [{ what: 'doors' }] }))).toMatch(
    /^403 works: rows that hold more/,
  );
  expect((await w.card(deal)).deal.fields.works).toEqual(works);
});

test('a file counts once it has been put up, in a list and in a row', async () => {
  const deal = await enter();
  const pavel = w.as('pavel');
  const { ref } = await pavel.ask('POST', `/v1/deals/${deal}/files`, {
    name: 'door.jpg',
    field: 'photos',
    type: 'image/jpeg',
    size: 8,
  });

  expect(await refusal(pavel.move(deal, 'built', { works: [{ what: 'doors' }], photos: [ref] }))).toBe(
    '422 file: “door.jpg” was announced and has not been uploaded yet',
  );

  const photo = await pavel.upload(deal, 'photos', 'door.jpg');
  const offer = await pavel.upload(deal, 'works', 'offer.jpg');
  expect(await refusal(pavel.change(deal, { photos: [offer] }))).toContain(
    'would do: a file that was announced for photos',
  );
  await pavel.move(deal, 'built', { works: [{ what: 'doors', offer }], photos: [photo, photo] });
  const { deal: built, files } = await w.as('artem').get(`/v1/deals/${deal}`);
  expect(built.fields).toEqual({ works: [{ what: 'doors' }], photos: [photo] });
  expect(files.map(({ name }: { name: string }) => name).sort()).toEqual(['door.jpg', 'door.jpg']);
  expect(await refusal(w.as('artem').get(`/v1/deals/${deal}/files/${offer.id}`))).toMatch(/^404/);
});

test('pictures are asked for where pictures are wanted', async () => {
  const deal = await enter();

  expect(await refusal(w.as('pavel').announce(deal, 'photos', 'plan.pdf'))).toContain(
    '"photos" holds pictures',
  );
});
