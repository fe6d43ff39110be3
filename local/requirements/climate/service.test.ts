import { expect } from 'vitest';
import { refusal } from '../../world/staff.ts';
import { test } from './department.ts';

/** A year from that day, on a deal that is paid and shipped. */
const warranty = (warrantyStart: string) => ({ warrantyStart, warrantyMonths: 12, dealTotalUsd: 100_00 });

test('a service request from a deal knows its client, site and warranty, and comes to the head of service first [CL-51.1, CL-51.3, CL-51.4]', async ({
  w,
}) => {
  const deal = await w.enter(
    'completed-success',
    { siteName: 'North', company: 'plant', contact: 'anna', ...warranty('2025-01-31') },
    { pipeline: 'climate-sales', responsible: 'olha' },
  );

  const request = await w.as('olha').start(deal, 'climate-service', { description: 'No cooling' });

  const { deal: made } = await w.card(request);
  expect(made).toMatchObject({ responsible: 'bohdan', initiator: 'olha', parent: { deal } });
  expect(made.fields).toMatchObject({
    company: 'plant',
    contact: 'anna',
    siteName: 'North',
    inWarranty: false,
  });
  expect(await w.open(request)).toEqual(['take-request bohdan any time']);
  expect(await w.inbox('bohdan')).toEqual(['2026-02-02 10:10 climate-service-yours']);
});

test.for([
  ['before it ends', '2025-02-03', true],
  ['on its last day', '2025-02-02', true],
  ['after it', '2025-02-01', false],
] as const)(
  'a repair asked for %s is told from one in warranty [CL-51.3]',
  async ([, since, expected], { w }) => {
    const by = { pipeline: 'climate-sales', responsible: 'olha' };
    const deal = await w.enter('completed-success', warranty(since), by);

    const request = await w.as('olha').start(deal, 'climate-service', { description: 'No cooling' });

    expect(await w.fact(request, 'inWarranty')).toBe(expected);
  },
);

test('a service request goes through its four statuses; the engineer and then its author are told [CL-51.2, CL-51.4]', async ({
  w,
}) => {
  const olha = w.as('olha');
  const asked = { pipeline: 'climate-service', title: 'Noise' };
  expect(await refusal(olha.create({}, asked))).toMatch('fields.description');
  const request = await olha.create({ description: 'It hums', company: 'plant' }, asked);
  expect(await refusal(olha.assign(request, 'stepan'))).toMatch('403');

  await w.as('bohdan').assign(request, 'stepan');
  expect(await w.inbox('stepan')).toEqual(['2026-02-02 10:10 climate-service-yours']);
  const stepan = w.as('stepan');
  expect(await refusal(stepan.move(request, 'done'))).toMatch('422');
  await stepan.move(request, 'in-progress');
  await w.advanceTo('2026-02-03 12:00');
  expect(await w.open(request)).toEqual(['repair stepan any time']);
  await stepan.complete(request, 'repair');

  expect(await w.inbox('olha')).toEqual(['2026-02-03 12:00 climate-service-done']);
  expect(await refusal(stepan.move(request, 'closed'))).toMatch('422');
  await olha.move(request, 'closed');
  expect((await w.card(request)).deal.outcome).toBe('done');
});
