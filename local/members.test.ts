import { expect, test } from 'vitest';
import {
  field,
  goto,
  members,
  move,
  notify,
  pipeline,
  responsible,
  role,
  t,
  task,
  tell,
} from '../statemachines/vocabulary/index.ts';
import { packOf } from './world/pack-of.ts';
import { world } from './world.ts';

const title = (en: string) => t(en, en);

const joint = packOf('joint', [
  pipeline({
    id: 'works',
    kind: 'deal',
    title: title('Works'),
    prefix: 'W',
    start: 'made',
    fields: { note: field.text(title('Note')) },
    stages: {
      made: {
        title: title('Made'),
        aim: title('Made.'),
        work: [task('make', { title: title('Make'), who: role('work-executor') }), goto('checked')],
        moves: [move('checked', ['system'])],
      },
      checked: {
        title: title('Checked'),
        aim: title('Checked.'),
        work: [
          notify('tell-all', tell([members], 'goods-ready')),
          task('check', { title: title('Check'), who: responsible }),
        ],
        moves: [move('made', ['responsible'])],
      },
    },
  }),
]);

test('members of a deal are who has it and who has or had work on it, and nobody else', async () => {
  const w = await world({ at: '2026-02-02 09:00', packs: [joint] });
  const deal = await w.enter('made', {}, { pipeline: 'works' });

  await w.as('artem').complete(deal, 'make');

  const told = '2026-02-02 09:00 goods-ready';
  expect([await w.inbox('pavel'), await w.inbox('artem'), await w.inbox('nina')]).toEqual([
    [told],
    [told],
    [],
  ]);
  await w.stop();
});
