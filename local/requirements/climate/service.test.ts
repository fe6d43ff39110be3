import { expect } from 'vitest';
import { refusal } from '../../world/staff.ts';
import { test } from './department.ts';

test('a service request from a deal knows its client, site and warranty, and comes to the head of service first [CL-51.1, CL-51.3, CL-51.4]', async ({
  w,
}) => {
  const deal = await w.enter(
    'client-deciding',
    { siteName: 'North', company: 'plant', contact: 'anna', warrantyEnd: '2026-01-31' },
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
  expect(await w.inbox('bohdan')).toEqual(['2026-02-02 10:10 climate-service-yours']);
});

test.for([
  ['before it ends', '2026-02-03', true],
  ['on its last day', '2026-02-02', true],
  ['after it', '2026-02-01', false],
] as const)(
  'a repair asked for %s is told from one in warranty [CL-51.3]',
  async ([, warrantyEnd, expected], { w }) => {
    const by = { pipeline: 'climate-sales', responsible: 'olha' };
    const deal = await w.enter('client-deciding', { warrantyEnd }, by);

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
  expect(await refusal(olha.assign(request, 'serhii'))).toMatch('403');

  await w.as('bohdan').assign(request, 'serhii');
  expect(await w.inbox('serhii')).toEqual(['2026-02-02 10:10 climate-service-yours']);
  const serhii = w.as('serhii');
  expect(await refusal(serhii.move(request, 'done'))).toMatch('422');
  await serhii.move(request, 'in-progress');
  await w.advanceTo('2026-02-03 12:00');
  await serhii.move(request, 'done');

  expect(await w.inbox('olha')).toEqual(['2026-02-03 12:00 climate-service-done']);
  expect(await refusal(serhii.move(request, 'closed'))).toMatch('422');
  await olha.move(request, 'closed');
  expect((await w.card(request)).deal.outcome).toBe('done');
});
