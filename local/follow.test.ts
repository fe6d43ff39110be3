import { expect, test } from 'vitest';
import { field, move, pipeline, t } from '../statemachines/vocabulary/index.ts';
import { packOf } from './world/pack-of.ts';
import { world } from './world.ts';

const visits = packOf('visits', [
  pipeline({
    id: 'visits',
    kind: 'deal',
    title: t('Визиты', 'Visits'),
    prefix: 'V',
    start: 'planned',
    fields: {
      company: field.company(t('Компания', 'Company')),
      contact: field.contact(t('Контакт', 'Contact')),
      companyName: field.text(t('Название', 'Name'), { follows: { card: 'company', field: 'name' } }),
      phone: field.text(t('Телефон', 'Phone'), { follows: { card: 'contact', field: 'phone' } }),
    },
    stages: {
      planned: {
        title: t('План', 'Planned'),
        aim: t('Визит назначен.', 'The visit is set.'),
        moves: [move('over', ['anyone'])],
      },
      over: {
        title: t('Прошёл', 'Over'),
        aim: t('Визит прошёл.', 'The visit is over.'),
        outcome: 'done',
        moves: [],
      },
    },
  }),
]);

test('a deal copies from both cards when it gets them, follows them while it is open, and lets go what it no longer has', async () => {
  const w = await world({ at: '2026-02-02 09:00', packs: [visits] });
  w.between.deliver = (batch) => [batch, batch];
  const pavel = w.as('pavel');
  const [open, over] = [
    await pavel.create({ company: 'plant', contact: 'anna' }),
    await pavel.create({ company: 'plant', contact: 'anna' }),
  ];
  const follows = async (deal: string) => [await w.fact(deal, 'companyName'), await w.fact(deal, 'phone')];
  expect(await follows(open)).toEqual(['Plant Demo-1', undefined]);
  await pavel.move(over, 'over');

  await pavel.ask('PATCH', '/v1/contacts/anna', { phone: '+79161234567' });
  await pavel.ask('PATCH', '/v1/companies/plant', { name: 'Plant Demo-9' });

  expect(await follows(open)).toEqual(['Plant Demo-9', '+79161234567']);
  expect(await follows(over)).toEqual(['Plant Demo-1', undefined]);
  expect((await w.card(open)).deal.version).toBe(3); // each change once, though told of twice
  await pavel.change(open, { contact: 'boris', company: null });
  expect(await follows(open)).toEqual([undefined, undefined]);
  await w.stop();
});
