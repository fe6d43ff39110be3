import { expect, test } from 'vitest';
import { Pack } from '../../schemas/pack.ts';
import type { Pipeline } from '../../schemas/pipeline.ts';
import { packs } from './index.ts';

const pipeline = (pack: string, id: string): Pipeline => {
  const found = packs.find((one) => one.id === pack)?.pipelines.find((one) => one.id === id);
  if (!found) throw new Error(`no pipeline ${pack}/${id}`);
  return found;
};

const moves = (of: Pipeline): string[] =>
  Object.entries(of.stages).flatMap(([id, stage]) =>
    stage.moves.map(
      ({ to, by }) =>
        `${id} → ${to} (${by.map((one) => (typeof one === 'string' ? one : one.role)).join(', ')})`,
    ),
  );

test('goods go one stage forward, one back, or are lost, and the head alone brings them back from an end', () => {
  expect(moves(pipeline('industrial', 'goods'))).toEqual([
    'unprocessed → express-identification (anyone)',
    'unprocessed → lost (anyone)',
    'express-identification → invoice-quote (responsible)',
    'express-identification → unprocessed (responsible)',
    'express-identification → lost (responsible)',
    'invoice-quote → contract (responsible)',
    'invoice-quote → express-identification (responsible)',
    'invoice-quote → lost (responsible)',
    'contract → picking (responsible, system)',
    'contract → invoice-quote (responsible)',
    'contract → lost (responsible)',
    'picking → shipment (responsible)',
    'picking → contract (responsible)',
    'picking → lost (responsible)',
    'shipment → wrap-up (responsible)',
    'shipment → picking (responsible)',
    'wrap-up → won (responsible)',
    'wrap-up → shipment (responsible)',
    'won → wrap-up (head)',
    'lost → came-from (head)',
  ]);
});

test('goods and services have stages, fields and automation of their own', () => {
  const goods = pipeline('industrial', 'goods');
  const services = pipeline('industrial', 'services');

  expect(Object.keys(goods.stages).filter((id) => !(id in services.stages))).toEqual([
    'express-identification',
    'picking',
    'shipment',
  ]);
  expect(Object.keys(goods.fields).filter((id) => !(id in services.fields))).toContain('trackNumber');
  expect(Object.keys(services.fields).filter((id) => !(id in goods.fields))).toContain('workExecutor');
});

test('whoever executes the work sees no money', () => {
  const executor = packs[0]?.roles.find(({ id }) => id === 'work-executor');

  const money = Object.entries(pipeline('industrial', 'services').fields)
    .filter(([, field]) => 'currency' in field && field.currency !== undefined)
    .map(([id]) => id);
  expect(executor?.hides).toEqual(expect.arrayContaining(money));
});

test('roles, pipelines, desks, directories and people are called otherwise in every pack', () => {
  const names = packs.flatMap(({ roles, pipelines, desks, directories, people }) =>
    Object.entries({ roles, pipelines, desks, directories, people }).flatMap(([kind, all]) =>
      all.map(({ id }) => `${kind} ${id}`),
    ),
  );

  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test('a pack parses to itself: nothing is lost or added on the way through JSON', () => {
  for (const pack of packs) expect(Pack.parse(JSON.parse(JSON.stringify(pack)))).toEqual(pack);
});
