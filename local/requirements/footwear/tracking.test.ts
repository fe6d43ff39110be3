import { expect } from 'vitest';
import { linesOf } from '../../integrations/pages/lines.ts';
import { test } from './company.ts';

test('a client who asks where the order is gets a page in Romanian, by the network they wrote by [FW-51.1]', async ({
  w,
}) => {
  const deal = await w.taken();
  await w.advanceTo('2026-02-02 10:05');

  const { text } = await w
    .as('elena')
    .ask('POST', `/v1/deals/${deal}/messages`, { quickReply: 'where-is-it' });

  const [link = ''] = /http\S+$/.exec(text) ?? [];
  expect(text).toMatch(/^Starea comenzii și numărul coletului: http/);
  const page = await w.ask(link);
  expect(page.text).toContain('<html lang="ro">');
  expect(page.text).toContain('<a href="?lang=ru"');
  expect(linesOf(page.text).slice(0, 4)).toEqual([
    expect.stringMatching(/^Comanda FW-/),
    expect.anything(),
    'Stabilim comanda',
    'din 02.02.2026',
  ]);
});
