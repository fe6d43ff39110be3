import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { PipelineWords } from '../statemachines/vocabulary/index.ts';

/**
 * The product's first promise: a process is edited in one place. The one thing replaced here is what `goods.ts` exports;
 * the pack, the machines, the board, the guard and the pictures are the shipped ones and know nothing of it.
 */
vi.mock('../statemachines/packs/industrial/goods.ts', async (original) => {
  const { atDue, headOf, hours, move, responsible, t, task, tell } = await import(
    '../statemachines/vocabulary/index.ts'
  );
  const { goods } = await original<{ goods: PipelineWords }>();
  const { picking, 'express-identification': express } = goods.stages;
  if (picking === undefined || express === undefined)
    throw new Error('goods have no picking or no identification any more; edit other stages here');
  const inspection = {
    title: t('Приёмка', 'Inspection'),
    aim: t('Товар проверен до отгрузки.', 'The goods are checked before they leave.'),
    enter: { required: ['deliveryTerms'] },
    work: [
      task('inspect-goods', {
        title: t('Проверить товар', 'Inspect the goods'),
        who: responsible,
        due: hours(4),
        late: [atDue(tell([headOf(responsible)], 'quote-late'))],
      }),
    ],
    moves: [move('shipment', ['responsible']), move('picking', ['responsible'])],
  };
  const hurried = express.work?.map((step) =>
    step.do === 'task' ? { ...step, due: { due: 'after', span: hours(1) } as const } : step,
  );
  const stages: PipelineWords['stages'] = Object.fromEntries(
    Object.entries(goods.stages).flatMap(([id, stage]): [string, typeof stage][] => {
      if (id === 'express-identification') return [[id, { ...stage, ...(hurried && { work: hurried }) }]];
      if (id !== 'picking') return [[id, stage]];
      return [
        [id, { ...picking, moves: [move('inspection', ['responsible'])] }],
        ['inspection', inspection],
      ];
    }),
  );
  return { goods: { ...goods, stages } };
});

const { packs } = await import('../statemachines/packs/index.ts');
const { machines } = await import('../statemachines/machines.ts');
const { lint } = await import('../statemachines/lint/lint.ts');
const { diagram } = await import('../statemachines/draw/diagram.ts');
const { describe } = await import('../statemachines/draw/describe.ts');
const { world } = await import('./world.ts');
const { refusal } = await import('./world/staff.ts');

let w: Awaited<ReturnType<typeof world>>;
beforeEach(async () => {
  w = await world({ at: '2026-02-02 09:15' });
});
afterEach(() => w.stop());

const edited = () => {
  const pack = packs.find(({ id }) => id === 'industrial');
  const pipeline = pack?.pipelines.find(({ id }) => id === 'goods');
  if (pack === undefined || pipeline === undefined) throw new Error('no industrial/goods');
  return { pack, pipeline };
};

test('the edited pipeline is one that may be deployed', () => {
  expect(lint(edited().pack)).toEqual([]);
});

test('the board has the new column in its place, with the deals that stand there', async () => {
  const deal = await w.enter('inspection', { deliveryTerms: 'pickup' });

  const { columns } = await w.as('pavel').get('/v1/boards/goods');

  expect(columns.map(({ stage }: { stage: string }) => stage)).toEqual([
    'unprocessed',
    'express-identification',
    'invoice-quote',
    'contract',
    'picking',
    'inspection',
    'shipment',
    'wrap-up',
    'won',
    'lost',
  ]);
  expect(columns[5]).toMatchObject({
    title: { ru: 'Приёмка', en: 'Inspection' },
    count: 1,
    deals: [{ id: deal }],
  });
});

test('the forms of the browser show the new stage, what it requires and where it leads', async () => {
  const { items } = await w.as('pavel').get('/v1/pipelines');

  const { stages } = items.find(({ id }: { id: string }) => id === 'goods');
  expect(stages.find(({ id }: { id: string }) => id === 'inspection')).toMatchObject({
    title: { en: 'Inspection' },
    required: ['deliveryTerms'],
    moves: [{ to: 'shipment' }, { to: 'picking' }],
  });
});

test('the guard sends deals through the new stage and asks for what it requires', async () => {
  const pavel = w.as('pavel');
  const deal = await w.enter('picking');

  expect(await refusal(pavel.move(deal, 'shipment'))).toContain('it may go to: inspection');
  expect(await refusal(pavel.move(deal, 'inspection'))).toBe(
    '422 fields.deliveryTerms: Fill in “Delivery terms”',
  );

  await pavel.move(deal, 'inspection', { deliveryTerms: 'pickup' });
  expect(await w.stageOf(deal)).toBe('inspection');
  await pavel.move(deal, 'shipment');
  expect(await w.stageOf(deal)).toBe('shipment');
});

test('there is a machine for the new stage, and it sets the task and tells the head when it is late', async () => {
  const machine = machines().find(({ id }) => id === 'industrial-goods-inspection');
  expect(Object.keys(machine?.definition.States ?? {})).toContain('Inspect goods');
  const deal = await w.enter('picking', { deliveryTerms: 'pickup' });

  await w.as('pavel').move(deal, 'inspection');
  expect(w.runs(deal)).toEqual([`${deal}-2-inspection`]);
  expect(await w.open(deal)).toEqual(['inspect-goods pavel 2026-02-02 13:15']);

  await w.advanceTo('2026-02-02 13:14:59');
  expect(await w.inbox('semyon')).toEqual([]);
  await w.advanceTo('2026-02-02 13:15');
  expect(await w.inbox('semyon')).toEqual(['2026-02-02 13:15 quote-late']);
});

test('a task whose time was changed falls due at the new time', async () => {
  const deal = await w.enter('express-identification');

  expect(await w.open(deal)).toEqual(['express-identification pavel 2026-02-02 10:15']);
});

test('the picture and the description show the new stage', () => {
  const { pack, pipeline } = edited();

  expect(diagram(pack, pipeline, 'en')).toContain('<g id="inspection">');
  expect(diagram(pack, pipeline, 'ru')).toContain('Проверить товар');
  const words = describe(pack, pipeline, 'en');
  expect(words).toContain('## 6. Inspection');
  expect(words).toContain('- Task “Inspect the goods”: Responsible, in 4 hours.');
});
