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
  const weighing = {
    title: t('Взвешивание', 'Weighing'),
    aim: t('Вес товара известен до отгрузки.', 'The weight is known before the goods leave.'),
    enter: { required: ['deliveryTerms'] },
    work: [
      task('weigh-goods', {
        title: t('Взвесить товар', 'Weigh the goods'),
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
        [id, { ...picking, moves: [move('weighing', ['responsible'])] }],
        ['weighing', weighing],
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
  const deal = await w.enter('weighing', { deliveryTerms: 'pickup' });

  const { columns } = await w.as('pavel').get('/v1/boards/goods');

  const order = columns.map(({ stage }: { stage: string }) => stage);
  expect(order).toEqual(Object.keys(edited().pipeline.stages));
  expect(order.indexOf('weighing')).toBe(order.indexOf('picking') + 1);
  expect(columns[order.indexOf('weighing')]).toMatchObject({
    title: { ru: 'Взвешивание', en: 'Weighing' },
    count: 1,
    deals: [{ id: deal }],
  });
});

test('the forms of the browser show the new stage, what it requires and where it leads', async () => {
  const { items } = await w.as('pavel').get('/v1/pipelines');

  const { stages } = items.find(({ id }: { id: string }) => id === 'goods');
  expect(stages.find(({ id }: { id: string }) => id === 'weighing')).toMatchObject({
    title: { en: 'Weighing' },
    required: ['deliveryTerms'],
    moves: [{ to: 'shipment' }, { to: 'picking' }],
  });
});

test('the guard sends deals through the new stage and asks for what it requires', async () => {
  const pavel = w.as('pavel');
  const deal = await w.enter('picking');

  expect(await refusal(pavel.move(deal, 'shipment'))).toContain('it may go to: weighing');
  expect(await refusal(pavel.move(deal, 'weighing'))).toBe(
    '422 fields.deliveryTerms: Fill in “Delivery terms”',
  );

  await pavel.move(deal, 'weighing', { deliveryTerms: 'pickup' });
  expect(await w.stageOf(deal)).toBe('weighing');
  await pavel.move(deal, 'shipment');
  expect(await w.stageOf(deal)).toBe('shipment');
});

test('there is a machine for the new stage, and it sets the task and tells the head when it is late', async () => {
  const machine = machines().find(({ id }) => id === 'industrial-goods-weighing');
  expect(Object.keys(machine?.definition.States ?? {})).toContain('Weigh goods');
  const deal = await w.enter('picking', { deliveryTerms: 'pickup' });

  await w.as('pavel').move(deal, 'weighing');
  expect(w.runs(deal)).toEqual([`${deal}-2-weighing`]);
  expect(await w.open(deal)).toEqual(['weigh-goods pavel 2026-02-02 13:15']);

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

  expect(diagram(pack, pipeline, 'en')).toContain('<g id="weighing">');
  expect(diagram(pack, pipeline, 'ru')).toContain('Взвесить товар');
  const words = describe(pack, pipeline, 'en');
  expect(words).toMatch(/^## \d+\. Weighing$/m);
  expect(words).toContain('- Task “Weigh the goods”: Responsible, in 4 hours.');
});
