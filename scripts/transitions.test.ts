import '../functions/testing/quiet.ts';

import { expect, test } from 'vitest';
import { messageOf } from '../functions/shared/rows.ts';
import { send } from '../functions/testing/api.ts';
import { type World, world } from '../local/world.ts';
import { industrialGoods } from './walkthroughs/industrial-goods.ts';
import { type Driver, moscow } from './walkthroughs/scenario.ts';

/** People at a company that is all in this process; its letters stay in the outbox. */
const inProcess = (company: World): Driver => ({
  call: (user, method, path, body, headers) =>
    send(user, method, path, {
      ...(body === undefined ? {} : { body }),
      ...(headers === undefined ? {} : { headers }),
    }),
  advanceTo: (instant) => company.clock.advanceTo(instant),
  put: async (url, type, content) =>
    (await fetch(url, { method: 'PUT', headers: { 'content-type': type }, body: content })).status,
  letters: async () =>
    (await company.table.query({ index: 'g1', pk: 'OUTBOX#queued' })).items
      .map(messageOf)
      .map(({ to, subject, body, createdAt }) => ({ to, subject, text: body, at: createdAt })),
  openRuns: async () => company.runs(),
});

test('walk-through 9.1 takes 58 state transitions', async () => {
  const company = await world({ at: '2026-02-02 09:00' });
  const driver = inProcess(company);

  for (const { at, play } of industrialGoods(driver)) {
    await driver.advanceTo(moscow(at));
    await play();
  }

  // One more is $0.025 on 1,000 deals; the aim is 60 at most, and a state for each rung and look-up would make it 211.
  expect(company.engine.transitions().total).toBe(58);
  await company.stop();
});
