import { expect } from 'vitest';
import { send } from '../../../functions/testing/api.ts';
import { refusal } from '../../world/staff.ts';
import { type Company, slot, test } from './company.ts';

const atInstallation = async (w: Company) => {
  const deal = await w.agreedOrder('installation', {
    preparedAt: '2026-02-01',
    deliveredAt: '2026-02-01',
  });
  await w.as('irina').change(deal, { installationAt: slot('2026-02-03 09:00', 'kirill') });
  return deal;
};

test('without a photo nothing goes on: neither the task, nor a move to a later stage; with one the manager reads the result and what it suggests [FU-07.4, FU-07.5, FU-07.6, FU-07.7, FU-07.8]', async ({
  w,
}) => {
  const deal = await atInstallation(w);
  const kirill = w.as('kirill');

  expect(await refusal(kirill.complete(deal, 'install', { installResult: 'ok' }))).toMatch(/Load the photos/);
  for (const to of ['closed', 'rework'])
    expect(await refusal(w.as('irina').move(deal, to, { reworkNotes: 'дверь' }))).toMatch(/photo/);
  await kirill.complete(deal, 'install', {
    installPhotos: await w.photos('kirill', deal, 'installPhotos', '1.jpg', '2.jpg'),
    installResult: 'issues',
    installNotes: 'Дверь 2 поцарапана',
  });

  const told = (await w.told('irina')).at(-1);
  expect([told?.subject, told?.body]).toEqual([
    'D-1: монтаж выполнен, Есть замечания',
    expect.stringMatching(/Дверь 2 поцарапана[\s\S]*с замечаниями — передать на доработку\. Решаете вы/),
  ]);
  expect(await w.stageOf(deal)).toBe('installation');
  expect((await w.as('irina').get(`/v1/deals/${deal}`)).deal.fields.installPhotos).toHaveLength(2);
  await w.as('irina').move(deal, 'closed');
  expect((await w.card(deal)).deal).toMatchObject({ stage: 'closed', outcome: 'won' });
  expect(await w.fact(deal, 'result')).toBe('success');
});

test('rework is a task of whom the manager names, closed with a new photo; then the order closes or goes back [FU-08.1, FU-08.3, FU-08.4, FU-09.1]', async ({
  w,
}) => {
  const deal = await atInstallation(w);
  const irina = w.as('irina');
  await w.as('kirill').complete(deal, 'install', {
    installPhotos: await w.photos('kirill', deal, 'installPhotos', '1.jpg'),
    installResult: 'issues',
  });
  expect(await refusal(irina.move(deal, 'rework'))).toBe('422 fields.reworkNotes: Fill in “What to rework”');

  await irina.move(deal, 'rework', { reworkNotes: 'заменить полотно', reworkBy: 'matvey' });
  expect(await w.open(deal)).toEqual(['rework matvey 2026-02-05 09:00']);
  expect(await refusal(irina.move(deal, 'closed'))).toMatch(/^422/);
  expect(await refusal(w.as('matvey').complete(deal, 'rework'))).toMatch(/Load a new photo/);
  const reworkPhotos = await w.photos('matvey', deal, 'reworkPhotos', 'new.jpg');
  await w.as('matvey').complete(deal, 'rework', { reworkPhotos });

  await irina.move(deal, 'installation');
  await w.as('kirill').complete(deal, 'install');
  await irina.move(deal, 'rework');
  expect(await refusal(w.as('matvey').complete(deal, 'rework'))).toMatch(/Load a new photo/); // the one before is none
  await w.as('matvey').complete(deal, 'rework', {
    reworkPhotos: [...reworkPhotos, ...(await w.photos('matvey', deal, 'reworkPhotos', 'newer.jpg'))],
  });
  expect((await irina.get(`/v1/deals/${deal}`)).deal.moves).toEqual(['closed', 'installation', 'production']);
  await irina.move(deal, 'closed');
  expect([await w.fact(deal, 'result'), await w.fact(deal, 'reworkRound')]).toEqual([
    'success-after-rework',
    2,
  ]);

  await w.as('marina').move(deal, 'rework');
  expect((await w.card(deal)).deal).toMatchObject({ stage: 'rework' });
});

test('what a crew loads on site belongs to the order with its author and time; a lost network is tried again, and the task waits for what has not arrived [FU-51.1, FU-51.2, FU-51.3]', async ({
  w,
}) => {
  const deal = await atInstallation(w);
  const announce = () =>
    send('kirill', 'POST', `/v1/deals/${deal}/files`, {
      body: { name: 'done.jpg', type: 'image/jpeg', size: 8, field: 'installPhotos' },
      headers: { 'idempotency-key': 'phone-1' },
    });
  const { body: first } = await announce();
  const done = { installPhotos: [first.ref], installResult: 'ok' };
  expect(await refusal(w.as('kirill').complete(deal, 'install', done))).toMatch(/has not been uploaded yet/);
  expect(await w.open(deal)).toEqual(['install kirill 2026-02-03 13:00']);

  await w.advanceTo('2026-02-03 13:30');
  const { body: again } = await announce();
  expect(again.ref).toEqual(first.ref); // the same file, an address that is good again
  await fetch(again.put, { method: 'PUT', headers: again.headers, body: '8 bytes!' });
  await w.as('kirill').complete(deal, 'install', done);

  const { files } = await w.as('irina').get(`/v1/deals/${deal}`);
  expect(files).toMatchObject([
    { name: 'done.jpg', field: 'installPhotos', by: 'kirill', at: '2026-02-02T06:00:00.000Z' },
  ]);
});

test('a stage left in the very instant its task is completed: the task is done or cancelled, never both, and nothing hangs', async ({
  w,
}) => {
  const deal = await atInstallation(w);
  const installPhotos = await w.photos('kirill', deal, 'installPhotos', '1.jpg');
  const { id } = await w.task(deal, 'install');

  const [completed, moved] = await Promise.all([
    send('kirill', 'POST', `/v1/tasks/${id}/complete`, {
      body: { fields: { installPhotos, installResult: 'ok' } },
    }),
    send('irina', 'POST', `/v1/deals/${deal}/move`, { body: { to: 'delivery' } }),
  ]);
  await w.clock.settle();

  expect(moved.status).toBe(200);
  expect(await w.endsOf(deal, 'install')).toEqual([
    completed.status === 200 ? 'done by kirill' : 'stage left by irina',
  ]);
  expect(await w.stageOf(deal)).toBe('delivery');
  expect(w.runs(deal)).toEqual([`${deal}-2-delivery`]);
});
