import { expect } from 'vitest';
import type { StreamRecord } from '../../../functions/shared/table/records.ts';
import { Answered } from '../../world/staff.ts';
import { test } from './company.ts';

const result = { capacityKw: 112, outdoorUnits: 4, indoorUnits: 32, areaM2: 2400, floors: 5 };

test('a calculation that is finished after its deal was refused brings nothing and moves nothing', async ({
  w,
}) => {
  const deal = await w.begin();
  await w.as('olha').move(deal, 'selection-needed');
  const { processes } = await w.as('olha').get(`/v1/deals/${deal}`);
  const calculation = processes[0].deal;
  await w.as('danylo').assign(calculation, 'ihor');
  await w.as('ihor').move(calculation, 'in-progress');

  const held: (readonly StreamRecord[])[] = [];
  w.between.deliver = (batch) => {
    held.push(batch);
    return [];
  };
  await w.as('olha').move(deal, 'refused', { refusalReason: 'other', refusalNote: 'x' });
  await w.as('ihor').move(calculation, 'done', result);
  w.between.deliver = (batch) => [batch];
  for (const batch of held.reverse()) await w.deliver(batch); // what was last is heard of first

  const { deal: refused } = await w.card(deal);
  expect([refused.stage, refused.fields.capacityKw, refused.fields.calculations]).toEqual([
    'refused',
    undefined,
    undefined,
  ]);
  expect((await w.card(calculation)).deal.outcome).toBeDefined();
  expect(w.runs(deal)).toEqual([]);
});

test('a task whose stage is left in the same instant is done or withdrawn, never both, and says so', async ({
  w,
}) => {
  const { deal } = await w.quoted();
  await w.as('olha').move(deal, 'on-hold', { unfreezeOn: '2026-02-03' });
  await w.advanceTo('2026-02-03 09:00');
  const { id } = await w.task(deal, 'contact-client');

  const [moved, completed] = await Promise.allSettled([
    w.as('olha').move(deal, 'deal-closing'),
    w.as('olha').ask('POST', `/v1/tasks/${id}/complete`, {}),
  ]);

  expect([moved.status, await w.stageOf(deal)]).toEqual(['fulfilled', 'deal-closing']);
  const ends = await w.endsOf(deal, 'contact-client');
  if (completed.status === 'fulfilled') expect(ends).toEqual(['done by olha']);
  else {
    expect(ends).toEqual(['stage left by olha']);
    expect(completed.reason).toBeInstanceOf(Answered);
    expect(String(completed.reason)).toContain('was withdrawn: stage left');
  }
  const again = await w.as('olha').ask('POST', `/v1/tasks/${id}/complete`, {}).catch(String);
  expect(typeof again === 'string' ? again : again.status).toMatch(/withdrawn: stage left|done/);
});
