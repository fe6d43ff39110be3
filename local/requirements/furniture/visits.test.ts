import { expect } from 'vitest';
import { send } from '../../../functions/testing/api.ts';
import { refusal } from '../../world/staff.ts';
import { type Company, sizes, slot, test } from './company.ts';

const reminders = async (w: Company, user: string, kind: string) =>
  (await w.inbox(user)).filter((told) => told.includes(`${kind}-to`));
const form = async (w: Company, user: string, query: string) =>
  (await w.as(user).get(`/v1/availability?${query}`)).people;

test('a planned measurement is a task with the buyer and the time; done with data it moves the order on and the manager hears of it [FU-02.1, FU-02.7, FU-02.8, FU-02.9, FU-02.10]', async ({
  w,
}) => {
  const deal = await w.order('measurement');
  expect(await w.open(deal)).toEqual([]);

  await w.as('irina').change(deal, { measurementAt: slot('2026-02-05 14:00', 'oleg') });
  expect(await w.open(deal)).toEqual(['measure oleg 2026-02-05 16:00']);
  const card = await w.as('oleg').get(`/v1/deals/${deal}`);
  expect(card.deal.fields).toMatchObject({ buyerName: 'Полина', buyerPhone: '+79005552105' });
  expect(await refusal(w.as('oleg').complete(deal, 'measure'))).toBe(
    '422 fields.measurements: Load the data of the measurement first.',
  );
  const measurementFiles = await w.photos('oleg', deal, 'measurementFiles', 'a.jpg', 'b.jpg');
  await w.as('oleg').change(deal, { measurements: sizes, measurementFiles });
  expect((await w.as('irina').get(`/v1/deals/${deal}`)).deal.fields).toMatchObject({
    measurements: sizes,
    measurementFiles,
  });

  await w.advanceTo('2026-02-05 15:20');
  await w.as('oleg').complete(deal, 'measure');
  expect(await w.stageOf(deal)).toBe('deal-conclusion');
  expect((await w.inbox('irina')).sort()).toEqual([
    '2026-02-05 15:20 measured',
    '2026-02-05 15:20 order-moved',
  ]);
});

test('a repeated order is measured by the sizes of the buyer, without a visit [FU-02.8]', async ({ w }) => {
  const deal = await w.order('measurement');
  await w.as('irina').change(deal, { ownSizes: true });

  expect(await refusal(w.as('irina').complete(deal, 'measure-by-buyer'))).toMatch(
    /^422 fields\.measurements/,
  );
  await w.as('irina').complete(deal, 'measure-by-buyer', { measurements: sizes });

  expect(await w.stageOf(deal)).toBe('deal-conclusion');
});

test('the booking form shows who is busy and who is free, the absent not at all [FU-02.2, FU-50.1, FU-50.3, FU-60.4]', async ({
  w,
}) => {
  const deal = await w.order('measurement');
  await w.as('irina').change(deal, { measurementAt: slot('2026-02-05 10:00', 'oleg') });
  const away = { user: 'pavla', from: '2026-02-05', to: '2026-02-05', reason: 'отпуск' };
  await w.as('marina').ask('POST', '/v1/absences', away);

  const desk = await w.as('irina').get('/v1/desks/furniture-measurers?from=2026-02-05&to=2026-02-05');
  expect(desk.items).toMatchObject([{ role: 'furniture-measurer' }]);
  expect((await w.as('irina').get(desk.items[0].calendar)).people).toMatchObject([
    {
      user: 'oleg',
      busy: [{ kind: 'visit', start: '2026-02-05T07:00:00.000Z', end: '2026-02-05T09:00:00.000Z', deal }],
      free: [
        { start: '2026-02-05T06:00:00.000Z', end: '2026-02-05T07:00:00.000Z' },
        { start: '2026-02-05T09:00:00.000Z', end: '2026-02-05T15:00:00.000Z' },
      ],
    },
    { user: 'pavla', busy: [{ kind: 'absence', reason: 'отпуск' }], free: [] },
  ]);
  expect(
    await refusal(w.as('irina').change(deal, { measurementAt: slot('2026-02-05 10:00', 'pavla') })),
  ).toMatch(/^422 .*absent on 05\.02\.2026/);
  expect(await form(w, 'oleg', 'role=furniture-measurer&from=2026-02-05')).toMatchObject([{ user: 'oleg' }]);
});

test('booking one slot from ten clients at once: one gets it, the others read who has it [FU-02.3, FU-50.2]', async ({
  w,
}) => {
  const deals: string[] = [];
  for (let n = 0; n < 10; n += 1) deals.push(await w.order('measurement'));

  const answers = await Promise.allSettled(
    deals.map((deal) => w.as('irina').change(deal, { measurementAt: slot('2026-02-05 14:00', 'oleg') })),
  );

  const won = answers.findIndex(({ status }) => status === 'fulfilled');
  expect(answers.flatMap((answer) => (answer.status === 'rejected' ? answer.reason.reasons : []))).toEqual(
    Array.from(
      { length: 9 },
      () =>
        `fields.measurementAt: Олег Комов is busy 05.02.2026 14:00–16:00 (D-${won + 1}); choose another time`,
    ),
  );
  expect(await w.fact(deals[won] ?? '', 'measurementAt')).toEqual({
    start: '2026-02-05T11:00:00.000Z',
    end: '2026-02-05T13:00:00.000Z', // two hours, since no end was given
    people: ['oleg'],
  });
  expect(
    await refusal(
      w.as('irina').change(deals[won] ?? '', { measurementAt: slot('2026-02-05 17:00', 'oleg') }),
    ),
  ).toMatch(/outside the company's working hours/);
  expect(
    await refusal(
      w.as('irina').change(deals[won] ?? '', { measurementAt: slot('2026-01-30 14:00', 'oleg') }),
    ),
  ).toMatch(/is over already; choose another time/);
});

test.for([
  ['measurement', 'measurementAt', 'measurement', 'oleg', 'FU-02'],
  ['delivery', 'deliveryAt', 'delivery', 'viktor', 'FU-06'],
  ['installation', 'installationAt', 'installation', 'kirill', 'FU-07'],
] as const)(
  'who goes to a %s is reminded at eight on the morning before and on the day [FU-02.4, FU-02.5, FU-06.2, FU-07.2]',
  async ([stage, field, kind, user], { w }) => {
    const deal = await w.agreedOrder(stage, { deliveredAt: '2026-02-01', preparedAt: '2026-02-01' });
    await w.as('irina').change(deal, { [field]: slot('2026-02-05 14:00', user) });

    await w.advanceTo('2026-02-04 07:59:59');
    expect(await reminders(w, user, kind)).toEqual([]);
    await w.advanceTo('2026-02-05 18:00');
    expect(w.pushed(user)).toEqual([
      '2026-02-02 09:00 visit-booked',
      `2026-02-04 08:00 ${kind}-tomorrow`,
      `2026-02-05 08:00 ${kind}-today`,
    ]);

    expect(await reminders(w, user, kind)).toEqual([
      `2026-02-04 08:00 ${kind}-tomorrow`,
      `2026-02-05 08:00 ${kind}-today`,
    ]);
  },
);

test('a visit booked after an hour of reminding gets only later ones; moved it is reminded of anew, cancelled no more, and who was booked is told [FU-02.6]', async ({
  w,
}) => {
  const deal = await w.order('measurement');
  const irina = w.as('irina');
  await w.advanceTo('2026-02-04 12:00');
  await irina.change(deal, { measurementAt: slot('2026-02-05 14:00', 'oleg') });
  await w.advanceTo('2026-02-05 09:00');
  expect(await reminders(w, 'oleg', 'measurement')).toEqual(['2026-02-05 08:00 measurement-today']);

  await irina.change(deal, { measurementAt: slot('2026-02-06 14:00', 'oleg') });
  await w.advanceTo('2026-02-06 09:00');
  expect(await reminders(w, 'oleg', 'measurement')).toEqual([
    '2026-02-05 08:00 measurement-today',
    '2026-02-06 08:00 measurement-today',
  ]);

  await irina.change(deal, { measurementAt: slot('2026-02-10 14:00', 'oleg') });
  await w.advanceTo('2026-02-06 12:00');
  await irina.change(deal, { measurementAt: null });
  expect(await w.open(deal)).toEqual([]);
  await w.advanceTo('2026-02-11 09:00');
  expect(await reminders(w, 'oleg', 'measurement')).toHaveLength(2);
  expect((await w.inbox('oleg')).filter((told) => told.includes('visit-'))).toEqual([
    '2026-02-04 12:00 visit-booked',
    '2026-02-05 09:00 visit-moved',
    '2026-02-06 09:00 visit-moved',
    '2026-02-06 12:00 visit-cancelled',
  ]);
});

test('an order that comes to be measured with a visit agreed on has its task at once, and again when it comes back [FU-02.1]', async ({
  w,
}) => {
  const deal = await w.order('order-intake');
  await w.as('irina').change(deal, { measurementAt: slot('2026-02-05 14:00', 'oleg') });
  expect(await w.open(deal)).toEqual([]);

  await w.as('irina').move(deal, 'measurement');
  expect(await w.open(deal)).toEqual(['measure oleg 2026-02-05 16:00']);
  await w.as('irina').move(deal, 'order-intake');
  await w.as('irina').move(deal, 'measurement');

  expect(await w.open(deal)).toEqual(['measure oleg 2026-02-05 16:00']);
});

test('a date moved in the very second its timer runs is reminded of by the new date alone [FU-02.6]', async ({
  w,
}) => {
  const deal = await w.order('measurement');
  await w.as('irina').change(deal, { measurementAt: slot('2026-02-05 14:00', 'oleg') });
  let isMoved = false;
  w.between.beforeStep = async () => {
    if (isMoved || w.clock.now().toISOString() < '2026-02-04T05:00:00') return;
    isMoved = true; // the rung of the morning before is on its way to the function
    const body = { fields: { measurementAt: slot('2026-02-12 14:00', 'oleg') } };
    expect((await send('irina', 'PATCH', `/v1/deals/${deal}`, { body })).status).toBe(200);
  };

  await w.advanceTo('2026-02-12 10:00');

  expect(isMoved).toBe(true);
  expect((await reminders(w, 'oleg', 'measurement')).slice(-2)).toEqual([
    '2026-02-11 08:00 measurement-tomorrow',
    '2026-02-12 08:00 measurement-today',
  ]);
  expect(await w.open(deal)).toEqual(['measure oleg 2026-02-12 16:00']);
});

test('delivery and installation are tasks of who is booked, due when the visit ends [FU-06.1, FU-07.1]', async ({
  w,
}) => {
  const deal = await w.agreedOrder('shipment-prep', { producedAt: '2026-02-01' });
  await w.as('zoya').complete(deal, 'prepare-shipment');
  await w.as('irina').move(deal, 'delivery', { deliveryAt: slot('2026-02-05 10:00', 'viktor') });
  expect(await w.open(deal)).toEqual(['deliver viktor 2026-02-05 12:00']);
  const { deal: seen } = await w.as('viktor').get(`/v1/deals/${deal}`);
  expect(seen.fields).toMatchObject({ siteAddress: 'Образцовая ул., 5', buyerPhone: '+79005552105' });

  await w.as('viktor').complete(deal, 'deliver');
  await w.as('irina').move(deal, 'installation');
  expect(await w.open(deal)).toEqual(['install kirill 2026-02-09 09:00']); // no date yet
  await w.as('irina').change(deal, { installationAt: slot('2026-02-06 09:00', ['matvey', 'kirill']) });
  expect(await w.open(deal)).toEqual(['install kirill 2026-02-06 13:00']); // of four hours
  const other = await w.order('installation');
  expect(
    await refusal(w.as('irina').change(other, { installationAt: slot('2026-02-06 12:00', 'matvey') })),
  ).toMatch(/Матвей Седов is busy 06\.02\.2026 09:00–13:00/);
});

test('crews see their own visits of today, tomorrow and later, the executive those of all crews by day and week [FU-07.3, FU-50.4, FU-60.3]', async ({
  w,
}) => {
  const deals = [
    await w.order('measurement'),
    await w.order('measurement'),
    await w.agreedOrder('installation'),
  ];
  const [first = '', second = '', third = ''] = deals;
  await w.as('irina').change(first, { measurementAt: slot('2026-02-02 14:00', 'oleg') });
  await w.as('irina').change(second, { measurementAt: slot('2026-02-03 14:00', 'oleg') });
  await w.as('irina').change(third, { installationAt: slot('2026-02-06 09:00', ['kirill']) });

  const visits = async (user: string) =>
    (await w.as(user).get('/v1/desks/furniture-my-visits')).items.map(
      ({ when, number, siteAddress }: Record<string, string>) => `${when} ${number} ${siteAddress}`,
    );
  expect(await visits('oleg')).toEqual(['today D-1 Образцовая ул., 5', 'tomorrow D-2 Образцовая ул., 5']);
  expect(await visits('kirill')).toEqual(['later D-3 Образцовая ул., 5']);
  expect(await visits('matvey')).toEqual([]);
  expect((await w.as('kirill').get('/v1/desks/furniture-my-tasks')).items).toMatchObject([
    { step: 'install' },
  ]);

  const { items } = await w.as('marina').get('/v1/desks/furniture-crews?from=2026-02-02&to=2026-02-08');
  const week = await Promise.all(
    items.map(async ({ calendar }: { calendar: string }) => (await w.as('marina').get(calendar)).people),
  );
  expect(
    week
      .flat()
      .map(({ user, busy }: { user: string; busy: { number: string }[] }) => [
        user,
        ...busy.map(({ number }) => number),
      ]),
  ).toEqual([['oleg', 'D-1', 'D-2'], ['pavla'], ['viktor'], ['kirill', 'D-3'], ['matvey']]);
});
