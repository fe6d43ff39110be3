import { expect, test } from 'vitest';
import { compile } from '../statemachines/compile/compile.ts';
import { aNotice, aPipeline } from '../statemachines/compile/example.ts';
import { answer } from './asl.ts';

const all = compile(aPipeline([aNotice('tell-head')]));

test('a stage is printed as JSON', () => {
  const said = answer(['industrial/goods', 'quote'], all);

  expect(said.ok).toBe(true);
  expect(JSON.parse(said.text)).toEqual(all[0]?.definition);
});

test.each([
  [['industrial/good', 'quote'], '"industrial/good" is no pipeline; pipelines are industrial/goods\n'],
  [['industrial/goods', 'qoute'], '"qoute" is no stage of industrial/goods; stages are quote, won\n'],
  [['industrial/goods'], 'name a stage of industrial/goods; stages are quote, won\n'],
])('%j is answered with the names there are', (words, text) => {
  expect(answer(words, all)).toEqual({ ok: false, text });
});
