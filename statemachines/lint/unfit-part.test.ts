import { expect, test } from 'vitest';
import type { Pack } from '../../schemas/pack.ts';
import { footwear } from '../packs/footwear/index.ts';
import { lint } from './lint.ts';

const broken = (how: (order: Pack['pipelines'][number]) => void): string[] => {
  const pack = structuredClone(footwear);
  const [order] = pack.pipelines;
  if (order !== undefined) how(order);
  return lint(pack).map(({ code, message }) => `${code}: ${message}`);
};

test.for<[string, (order: Pack['pipelines'][number]) => void, string]>([
  [
    'a conversation takes its client from a text',
    (order) => Object.assign(order.conversation ?? {}, { client: 'shipTo' }),
    '"shipTo" is a field of type text; it has to be contact',
  ],
  [
    'an ended deal cannot be brought back',
    (order) => Object.assign(order.stages.archive ?? {}, { moves: [] }),
    '"archive" has no move there',
  ],
  [
    'quick replies are of no directory',
    (order) => Object.assign(order.conversation ?? {}, { quickReplies: 'replies' }),
    '"replies" is no directory of this pack; directories are quick-replies',
  ],
  [
    'stock is counted by a column of another type',
    (order) => Object.assign(order.stock ?? {}, { quantity: 'model' }),
    '"model" has to be a column of type number in "items"',
  ],
  [
    'a figure reads a column the rows do not have',
    (order) => Object.assign(order.fields.itemCount ?? {}, { formula: '$sum(items.pieces)' }),
    'reads "items.pieces", which is no column',
  ],
])('refused where %s', ([, how, said]) => {
  expect(broken(how).join('\n')).toContain(said);
});
