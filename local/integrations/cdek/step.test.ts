import { expect, test } from 'vitest';
import { Pack } from '../../../schemas/pack.ts';
import { industrial } from '../../../statemachines/packs/industrial/index.ts';
import { is, notify, responsible, t, tell, thread } from '../../../statemachines/vocabulary/index.ts';
import { shipping } from './company.ts';

const hours = (count: number) => count * 3_600_000;

/** The industrial company whose step says something else. */
const saying = (words: Record<string, unknown>): Pack => {
  const pack = structuredClone(industrial) as Pack;
  const stage = pack.pipelines.find(({ id }) => id === 'goods')?.stages.shipment;
  const step = stage?.work?.find(({ id }) => id === 'carrier-order');
  if (stage === undefined || step === undefined) throw new Error('goods are shipped');
  Object.assign(step, words);
  stage.on = [
    thread('came-back', {
      title: t('Посылка возвращается', 'The parcel comes back'),
      on: { event: 'became', condition: is('parcel', 'returned') },
      work: [notify('back', tell([responsible], 'place-missing'))],
    }),
  ] as never;
  return Pack.parse(pack);
};

test('a step that waits for the delivery goes on when it is there, its rung fires once, and the client’s money is known', async () => {
  const w = await shipping('2026-02-02 09:00', saying({ wait: 'delivered', cod: 'dealTotal' }));
  const deal = await w.registered();
  const [{ number, cod }] = await w.parcels(deal);
  expect(await w.letters(deal)).toEqual([]);
  expect(w.runs(deal)).toHaveLength(1);

  await w.cdek({ do: 'journey', order: number, end: 'delivered' });
  await w.clock.advance(hours(80));

  expect(await w.inbox('pavel')).toEqual(['2026-02-02 11:00 parcel-order-late']);
  expect(await w.letters(deal)).toEqual([expect.stringMatching(/^2026-02-05 09:00:\d\d track-number/)]);
  expect(cod).toEqual({ amount: 24_000_000, currency: 'RUB' });
  expect((await w.parcels(deal))[0]).toMatchObject({ state: 'delivered', paid: cod });
  await w.cdek({ do: 'pay-out', order: number });
  await w.clock.advance(hours(25));
  expect((await w.parcels(deal))[0]).toMatchObject({ paidOut: true });
  expect(await w.open(deal)).toEqual([]); // passed over: it was delivered
  expect(w.runs(deal)).toEqual([]);
  await w.stop();
});

test('a step that does not wait goes on at once; what the parcel becomes begins a thread', async () => {
  const w = await shipping('2026-02-02 09:00', saying({ wait: false }));
  const deal = await w.shipped();
  expect((await w.open(deal)).map((line) => line.split(' ')[0])).toEqual(['confirm-delivery']);

  await w.clock.advance(hours(1));
  const [{ number }] = await w.parcels(deal);
  await w.cdek({ do: 'status', order: number, code: 'NOT_DELIVERED', reason: '11' });

  expect(await w.inbox('pavel')).toEqual(['2026-02-02 10:00 place-missing']);
  const task = (await w.tasks(deal)).find(({ step }) => step === undefined);
  expect(task?.about).toContain('Причина СДЭК: 11.');
  await w.stop();
});

test('a deal that leaves the stage takes its run along, and its parcel goes on', async () => {
  const w = await shipping('2026-02-02 09:00', saying({ wait: 'delivered' }));
  const deal = await w.registered();

  await w.as('pavel').move(deal, 'picking');
  const [{ number }] = await w.parcels(deal);
  await w.cdek({ do: 'status', order: number, code: 'DELIVERED' });
  await w.as('pavel').move(deal, 'shipment');
  await w.as('pavel').complete(deal, 'arrange-shipment');

  // Shipped once: its number is there, so that nothing is ordered again.
  expect(await w.parcels(deal)).toHaveLength(1);
  expect(await w.fact(deal, 'parcel')).toBe('delivered');
  await w.stop();
});
