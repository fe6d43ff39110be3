import { expect } from 'vitest';
import { refusal } from '../../world/staff.ts';
import type { World } from '../../world.ts';
import { test } from './company.ts';
import { aLeadByPhone, aNamedLead } from './leads.ts';

const ladderOf = async (w: World, lead: string) => w.fact(lead, 'ladderLevel');
const decide = (w: World, lead: string, ladderChoice: string, more: Record<string, unknown> = {}) =>
  w.as('svetlana').complete(lead, 'react-to-late-lead', { ladderChoice, ...more });

test('the client head is asked for a manager within a working day; nobody named in one is heard of by the executive director, in two by the director, once each [CO-01.8, CO-50.8, CO-50.9]', async ({
  w,
}) => {
  await w.advanceTo('2026-02-05 16:00'); // a Thursday
  const lead = await aLeadByPhone(w);
  expect(await w.open(lead)).toEqual(['assign-manager svetlana 2026-02-06 16:00']);

  await w.advanceTo('2026-02-06 15:59:59');
  expect(await w.inbox('arkadi')).toEqual([]);

  await w.advanceTo('2026-02-11 09:00');
  expect(await w.inbox('arkadi')).toEqual(['2026-02-06 16:00 coffee-lead-unnamed']);
  expect(await w.inbox('lev')).toEqual(['2026-02-09 16:00 coffee-lead-unnamed']); // Monday
  expect((await w.letters(lead)).filter((line) => line.includes('unnamed'))).toHaveLength(2);
  expect(await ladderOf(w, lead)).toBe(3);
});

test('naming a manager says so to them, closes the task and begins their working day [CO-01.9, CO-02.1]', async ({
  w,
}) => {
  const lead = await aLeadByPhone(w);
  expect(await refusal(w.as('yana').move(lead, 'lead-processing'))).toContain('422');

  await w.advanceTo('2026-02-02 10:30');
  await w.as('svetlana').assign(lead, 'denis');

  expect(await w.endsOf(lead, 'assign-manager')).toEqual(['done by the system']);
  expect(await w.inbox('denis')).toEqual(['2026-02-02 10:30 coffee-lead-named']);
  expect(await w.fact(lead, 'assignedAt')).toBe('2026-02-02T07:30:00.000Z');
  expect(await refusal(w.as('denis').assign(lead, 'yana'))).toContain('coffee-client-head');
});

test('a lead that stays where its manager was named climbs day by day: client head, executive director, director [CO-02.2, CO-50.1, CO-50.5, CO-50.6, CO-50.9]', async ({
  w,
}) => {
  await w.advanceTo('2026-02-02 10:30');
  const lead = await aNamedLead(w);

  await w.advanceTo('2026-02-03 10:29:59');
  expect(await w.open(lead)).toEqual([]);
  await w.advanceTo('2026-02-03 10:30');
  expect(await w.open(lead)).toEqual(['react-to-late-lead svetlana 2026-02-04 10:30']);
  expect(await ladderOf(w, lead)).toBe(1);

  await w.advanceTo('2026-02-10 09:00');
  expect(await w.inbox('arkadi')).toEqual(['2026-02-04 10:30 coffee-lead-unprocessed']);
  expect(await w.inbox('lev')).toEqual(['2026-02-05 10:30 coffee-lead-unprocessed']);
  expect(await ladderOf(w, lead)).toBe(3);
});

test('“remind” tells the manager and gives another working day; without a choice, or another manager than now, nothing is decided [CO-50.2]', async ({
  w,
}) => {
  const lead = await aNamedLead(w);
  await w.advanceTo('2026-02-03 11:00');
  expect(await refusal(w.as('svetlana').complete(lead, 'react-to-late-lead'))).toContain('422');
  expect(await refusal(decide(w, lead, 'another', { nextManager: 'denis' }))).toContain('say who');

  await decide(w, lead, 'remind');

  expect((await w.inbox('denis')).at(-1)).toBe('2026-02-03 11:00 coffee-lead-reminded');
  expect([await ladderOf(w, lead), await w.open(lead)]).toEqual([0, []]);
  await w.advanceTo('2026-02-04 10:59:59');
  expect(await w.open(lead)).toEqual([]);
  await w.advanceTo('2026-02-04 11:00');
  expect(await w.open(lead)).toEqual(['react-to-late-lead svetlana 2026-02-05 11:00']);
  expect(await w.inbox('arkadi')).toEqual([]);
});

test.for([
  [
    'another manager, by the task',
    'yana',
    (w: World, lead: string) => decide(w, lead, 'another', { nextManager: 'yana' }),
  ],
  [
    'another manager, by naming them at once',
    'yana',
    (w: World, lead: string) => w.as('svetlana').assign(lead, 'yana'),
  ],
  ['the client head', 'svetlana', (w: World, lead: string) => decide(w, lead, 'myself')],
] as const)(
  '%s takes over, both hear of it, and a new working day begins [CO-50.3, CO-50.4]',
  async ([, who, take], { w }) => {
    const lead = await aNamedLead(w);
    await w.advanceTo('2026-02-05 11:00');

    await take(w, lead);

    expect((await w.card(lead)).deal.responsible).toBe(who);
    expect((await w.inbox('denis')).at(-1)).toBe('2026-02-05 11:00 coffee-lead-taken');
    expect((await w.inbox(who)).filter((line) => line.endsWith('coffee-lead-named'))).toEqual([
      '2026-02-05 11:00 coffee-lead-named',
    ]);
    expect([await ladderOf(w, lead), await w.open(lead)]).toEqual([0, []]);
    await w.advanceTo('2026-02-06 10:59:59');
    expect(await w.open(lead)).toEqual([]);
    await w.advanceTo('2026-02-06 11:00');
    expect(await w.open(lead)).toEqual(['react-to-late-lead svetlana 2026-02-09 11:00']);
  },
);

test.for(['lead-processing', 'lead-rejected'])(
  'reaching %s ends the clock and the ladder of who was named before, and its level [CO-02.3, CO-50.7]',
  async (stage, { w }) => {
    const lead = await aNamedLead(w);
    await w.advanceTo('2026-02-04 12:00');
    expect([await ladderOf(w, lead), (await w.open(lead)).length]).toEqual([2, 1]);

    await w.as('denis').move(lead, stage, stage === 'lead-rejected' ? { spamReason: 'not-a-client' } : {});

    expect([await ladderOf(w, lead), await w.open(lead)]).toEqual([0, []]);
    await w.advanceTo('2026-02-16 12:00');
    expect(await w.inbox('lev')).toEqual([]);
    expect(await w.runs(lead)).toEqual([]);
  },
);

test('a manager named while the lead is processed has the day there too, until it is a deal or nothing [CO-02.1, CO-02.3]', async ({
  w,
}) => {
  const lead = await aNamedLead(w);
  await w.as('denis').move(lead, 'lead-processing');
  await w.advanceTo('2026-02-04 09:00');
  expect(await w.open(lead)).toEqual([]);

  await w.as('svetlana').assign(lead, 'yana');
  await w.advanceTo('2026-02-05 09:00');

  expect(await w.open(lead)).toEqual(['react-to-late-lead svetlana 2026-02-06 09:00']);
});
