import { afterAll, beforeAll, expect, test } from 'vitest';
import { Deal } from '../schemas/deal.ts';
import { act } from '../functions/deals/act.ts';
import { readCard } from '../functions/deals/card.ts';
import { changeFields } from '../functions/deals/change.ts';
import { done } from '../functions/deals/context.ts';
import { move } from '../functions/deals/move.ts';
import { readerOf } from '../functions/access/rights.ts';
import { theCompany } from '../functions/shared/ports.ts';
import { dealRow } from '../functions/shared/rows.ts';
import { complete } from '../functions/tasks/close.ts';
import { world, type World } from './world.ts';

let w: World;
beforeAll(async () => {
  w = await world({ at: '2026-02-02T06:15:00Z' });
});
afterAll(() => w.stop());

const as = async (user: string) => {
  const company = await theCompany();
  const found = company.users.get(user);
  if (found === undefined) throw new Error(user);
  return { by: { user: found.id }, reader: readerOf(found, company) };
};
const open = async (deal: string) => (await readCard(w.table, deal)).tasks.filter((t) => t.status === 'open' && t.kind !== 'watch').map((t) => `${t.step} ${t.due ?? ''}`);

test('a deal is identified in time or three people hear of it', async () => {
  const at = w.clock.now().toISOString();
  await w.table.write({ put: dealRow(Deal.parse({ id: 'g1', pack: 'industrial', pipeline: 'goods', number: 'G-1', title: '12 bearings', stage: 'unprocessed', seq: 1, version: 1, fields: {}, totals: {}, stageSince: at, createdAt: at, createdBy: { user: 'pavel' }, changedAt: at, changedBy: { user: 'pavel' } })) });
  await w.clock.settle();
  await w.clock.advanceTo('2026-02-02T06:30:00Z');
  const pavel = await as('pavel');
  await act('g1', (card, c) => move(card, 'express-identification', c), pavel);
  await w.clock.settle();
  expect(await open('g1')).toEqual(['express-identification 2026-02-02T11:30:00.000Z']);
  await w.clock.advanceTo('2026-02-02T11:30:00Z');
  expect((await Promise.all(['pavel', 'semyon', 'nina'].map(w.inbox))).map((n) => n.map((x) => x.text))).toEqual([['identification-late'], ['identification-late'], ['identification-late']]);
  await w.clock.advanceTo('2026-02-02T12:00:00Z');
  const card = await readCard(w.table, 'g1');
  await act('g1', (now, c) => complete(now, card.tasks[0]?.id ?? '', c, { fields: { caseComplexity: 'complex', dealTotal: 24000000 } }), pavel);
  await w.clock.settle();
  await act('g1', (now, c) => move(now, 'invoice-quote', c), pavel);
  await w.clock.settle();
  expect(await open('g1')).toEqual(['send-quote 2026-02-05T12:00:00.000Z']);
  await w.clock.advanceTo('2026-02-03T08:00:00Z');
  const quote = (await readCard(w.table, 'g1')).tasks.find((t) => t.step === 'send-quote');
  await act('g1', (now, c) => complete(now, quote?.id ?? '', c), pavel);
  await w.clock.settle();
  expect(await open('g1')).toEqual(['get-quote-feedback 2026-02-06T08:00:00.000Z']);
  await w.clock.advanceTo('2026-02-06T12:00:00Z');
  const feedback = (await readCard(w.table, 'g1')).tasks.find((t) => t.step === 'get-quote-feedback');
  await act('g1', (now, c) => complete(now, feedback?.id ?? '', c), pavel);
  await w.clock.settle();
  expect(await open('g1')).toEqual([]);
  await w.clock.advanceTo('2026-02-07T00:00:00Z');
  expect(await open('g1')).toEqual(['update-feedback-date 2026-02-08T00:00:00.000Z']);
  await act('g1', (now, c) => done(changeFields(now, { quoteFeedbackDate: '2026-02-11T12:00:00+03:00' }, c)), pavel);
  await w.clock.settle();
  expect(await open('g1')).toEqual(['get-quote-feedback 2026-02-11T09:00:00.000Z']);
  await act('g1', (now, c) => done(changeFields(now, { quoteFeedbackDate: '2026-02-11T14:00:00+03:00' }, c)), pavel);
  await w.clock.settle();
  expect(await open('g1')).toEqual(['get-quote-feedback 2026-02-11T11:00:00.000Z']);
  console.log(w.engine.transitions(), w.table.calls);
});
