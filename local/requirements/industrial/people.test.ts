import { describe, expect } from 'vitest';
import type { User } from '../../../schemas/people.ts';
import type { World } from '../../world.ts';
import { test } from './company.ts';

/** An administrator changes a person. */
const employ = async (w: World, id: string, change: Partial<User>) => {
  const { items } = await w.as('admin').get('/v1/users');
  const { id: _, ...person } = items.find((user: User) => user.id === id) ?? {};
  await w.as('admin').ask('PUT', `/v1/users/${id}`, { ...person, ...change });
};

const entering = [
  ['goods', 'express-identification'],
  ['goods', 'invoice-quote'],
  ['goods', 'contract'],
  ['goods', 'picking'],
  ['goods', 'shipment'],
  ['goods', 'wrap-up'],
  ['goods', 'won'],
  ['services', 'primary-identification'],
  ['services', 'invoice-quote'],
  ['services', 'contract'],
  ['services', 'awaiting-visit'],
  ['services', 'in-progress'],
  ['services', 'wrap-up'],
  ['services', 'won'],
] as const;

describe('the head', () => {
  test.for(entering)(
    '%s, %s: tasks are set in the name of the head [IN-X-01.2]',
    async ([pipeline, stage], { w }) => {
      const deal = await w.enter(stage, {}, { pipeline });

      const tasks = await w.tasks(deal);
      expect(tasks.length).toBeGreaterThan(0);
      expect(new Set(tasks.map(({ creator }) => creator))).toEqual(new Set(['semyon']));
    },
  );

  test('is looked up anew at each stage [IN-X-01.2]', async ({ w }) => {
    const deal = await w.enter('express-identification', { caseComplexity: 'simple' });
    await employ(w, 'pavel', { head: 'rita' as User['id'] });

    expect((await w.card(deal)).deal.head).toBe('semyon'); // of the stage it is on
    await w.as('pavel').move(deal, 'invoice-quote');

    expect((await w.card(deal)).deal.head).toBe('rita');
    expect((await w.task(deal, 'send-quote')).creator).toBe('rita');
  });

  test('is looked up for a contract approval and a trip approval [IN-X-01.2]', async ({ w }) => {
    const goods = await w.enter('contract');
    const services = await w.enter('awaiting-visit', { workExecutor: 'artem' }, { pipeline: 'services' });

    const approval = await w.as('pavel').start(goods, 'contract-approval');
    const trip = await w.as('artem').start(services, 'trip-approval');

    expect((await w.task(approval, 'draft-contract')).creator).toBe('semyon');
    const [first] = await w.tasks(trip);
    expect([first?.assignee, first?.creator]).toEqual(['artem', 'semyon']);
  });

  test('where there is none, is the executive [IN-X-01.3]', async ({ w }) => {
    await employ(w, 'pavel', { head: undefined });
    const deal = await w.enter('express-identification');

    await w.advanceTo('2026-02-02 14:00');

    expect((await w.task(deal, 'express-identification')).creator).toBe('galina');
    expect(await w.inbox('galina')).toEqual(['2026-02-02 14:00 identification-late']);
    expect(await w.inbox('semyon')).toEqual([]);
  });

  test('who has left the company is passed over for the next one above [IN-X-01.3]', async ({ w }) => {
    await employ(w, 'semyon', { active: false, head: 'rita' as User['id'] });
    const deal = await w.enter('express-identification');

    await w.advanceTo('2026-02-02 14:00');

    expect((await w.card(deal)).deal.head).toBe('rita');
    expect(await w.inbox('rita')).toEqual(['2026-02-02 14:00 identification-late']);
    expect(await w.inbox('semyon')).toEqual([]);
    expect(await w.inbox('galina')).toEqual([]);
  });

  test('who is the responsible person as well hears of it once [IN-X-01.3]', async ({ w }) => {
    await w.enter('express-identification', {}, { responsible: 'galina' });

    await w.advanceTo('2026-02-02 14:00');

    expect(await w.inbox('galina')).toEqual(['2026-02-02 14:00 identification-late']);
    expect(await w.inbox('nina')).toEqual(['2026-02-02 14:00 identification-late']);
  });

  test('who is the product manager as well hears of it once [IN-X-01.3]', async ({ w }) => {
    await employ(w, 'nina', { active: false });
    await employ(w, 'semyon', { roles: ['head', 'product-manager'] });
    await w.enter('express-identification');

    await w.advanceTo('2026-02-02 14:00');

    expect(await w.inbox('semyon')).toEqual(['2026-02-02 14:00 identification-late']);
  });
});

describe('a deal that changes hands while it is on a stage', () => {
  test('takes its open tasks along, under the head of the new person [IN-X-01.4]', async ({ w }) => {
    const deal = await w.enter('express-identification');
    await w.advanceTo('2026-02-02 10:00');

    await w.as('semyon').assign(deal, 'semyon');

    expect(await w.open(deal)).toEqual(['express-identification semyon 2026-02-02 14:00']); // its due time stays
    expect((await w.task(deal, 'express-identification')).creator).toBe('galina');
    expect((await w.card(deal)).deal.head).toBe('galina');
  });

  test('tells the new people when time is up [IN-X-01.4]', async ({ w }) => {
    const deal = await w.enter('express-identification');
    await w.as('semyon').assign(deal, 'rita'); // her head is Galina

    await w.advanceTo('2026-02-02 14:00');

    expect(await w.inbox('pavel')).toEqual([]);
    expect(await w.inbox('semyon')).toEqual([]);
    for (const person of ['rita', 'galina', 'nina'])
      expect(await w.inbox(person)).toEqual(['2026-02-02 14:00 identification-late']);
  });

  test('leaves closed tasks and those of other people as they were [IN-X-01.4]', async ({ w }) => {
    const deal = await w.enter('invoice-quote', { caseComplexity: 'simple' });
    await w.as('pavel').complete(deal, 'send-quote');
    await w
      .as('pavel')
      .ask('POST', `/v1/deals/${deal}/tasks`, { title: 'Check the price', assignee: 'nina' });

    await w.as('semyon').assign(deal, 'semyon');

    const whose = (await w.tasks(deal)).map(({ step, title, assignee }) => [step ?? title.en, assignee]);
    expect(Object.fromEntries(whose)).toEqual({
      'send-quote': 'pavel',
      'get-quote-feedback': 'semyon',
      'Check the price': 'nina',
    });
  });

  test('sets the tasks that follow for the new person [IN-X-01.4]', async ({ w }) => {
    const deal = await w.enter('invoice-quote', { caseComplexity: 'simple' });
    await w.as('semyon').assign(deal, 'semyon');

    await w.as('semyon').complete(deal, 'send-quote');

    expect(await w.open(deal)).toEqual(['get-quote-feedback semyon 2026-02-05 09:00']);
  });
});
