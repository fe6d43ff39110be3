import { describe, expect } from 'vitest';
import { forgetCompany } from '../../../functions/shared/ports.ts';
import { refusal } from '../../world/staff.ts';
import { type Department, test } from './department.ts';

const told = async (w: Department, user: string, text = '') =>
  (await w.inbox(user)).filter((line) => line.includes(text));
const level = (w: Department, calculation: string) => w.fact(calculation, 'deadlineLevel');

describe('a selection asked for', () => {
  test('is a calculation of the head of design with what the deal knows, and the head hears of it [CL-02.1, CL-02.2, CL-02.4, CL-50.2]', async ({
    w,
  }) => {
    const { deal, calculation } = await w.asked({ company: 'plant', contact: 'anna', floors: 5 });

    const { deal: made } = await w.card(calculation);
    expect(made).toMatchObject({ stage: 'new', responsible: 'danylo', initiator: 'olha', number: 'CALC-1' });
    expect(made.fields).toMatchObject({
      dealType: 'supply',
      siteName: 'Business centre North',
      brand: 'brand-a',
      company: 'plant',
      contact: 'anna',
      floors: 5,
      category: 'selection',
      isReselection: false,
      plannedOn: '2026-02-02',
    });
    expect(await told(w, 'danylo')).toEqual(['2026-02-02 10:10 climate-calculation-new']);
    expect(await w.fact(deal, 'running')).toEqual(['climate-calculation']);
  });

  test('is refused while another is open, and is given up with the stage [CL-02.1, CL-50.21]', async ({
    w,
  }) => {
    const { deal, calculation } = await w.asked();
    await w.advanceTo('2026-02-06 11:00');
    expect(await level(w, calculation)).toBe(4);

    await w.as('olha').move(deal, 'new-request');

    expect((await w.card(calculation)).deal).toMatchObject({ stage: 'cancelled', outcome: 'lost' });
    expect(await level(w, calculation)).toBe(0);
    expect(await w.open(calculation)).toEqual([]);
    await w.as('olha').move(deal, 'selection-needed');
    expect(await w.calculationOf(deal)).not.toBe(calculation);
  });

  test('shows the designer the calculation and nothing of the deal [CL-02.3]', async ({ w }) => {
    const { deal, calculation } = await w.asked();
    await w.begun(calculation);

    const ihor = w.as('ihor');
    expect((await ihor.get(`/v1/deals/${calculation}`)).deal.fields.siteName).toBe('Business centre North');
    expect(await refusal(ihor.get(`/v1/deals/${deal}`))).toMatch('404');
    expect(await refusal(w.as('petro').get(`/v1/deals/${calculation}`))).toMatch('404');
  });
});

describe('a calculation', () => {
  test('goes through four statuses in their order, and no person skips one [CL-50.1, CL-50.5, CL-50.9]', async ({
    w,
  }) => {
    const { calculation } = await w.asked();
    const movesOf = async (user: string) => (await w.as(user).get(`/v1/deals/${calculation}`)).deal.moves;
    expect(await movesOf('danylo')).toEqual(['in-progress']);

    await w.begun(calculation);
    expect(await movesOf('ihor')).toEqual(['done']);
    expect(await refusal(w.as('ihor').move(calculation, 'completed'))).toMatch('422');
    expect(await refusal(w.as('ihor').move(calculation, 'new'))).toMatch('422');

    await w.as('ihor').move(calculation, 'done', w.result);
    expect(await w.stageOf(calculation)).toBe('completed');
  });

  test('is handed over by the head alone, who asks for a check or not; the designer hears of it [CL-50.2, CL-50.3, CL-50.4]', async ({
    w,
  }) => {
    const { calculation } = await w.asked();
    await w.advanceTo('2026-02-02 10:40');
    expect(await w.fact(calculation, 'checkRequired')).toBeUndefined();

    await w.as('danylo').change(calculation, { checkRequired: true, plannedOn: '2026-02-04' });
    await w.as('danylo').assign(calculation, 'ihor');

    expect(await told(w, 'ihor')).toEqual(['2026-02-02 10:40 climate-calculation-yours']);
    expect(await w.open(calculation)).toEqual(['take-calculation ihor any time']);
    expect(await refusal(w.as('ihor').change(calculation, { checkRequired: false }))).toMatch('403');
    expect(await refusal(w.as('ihor').assign(calculation, 'petro'))).toMatch('403');
    await w.as('danylo').change(calculation, { plannedOn: '2026-02-05' });
    expect(await w.fact(calculation, 'plannedOn')).toBe('2026-02-05');
  });

  test('is not done without its results, and the gaps are named; price lines never stand in the way [CL-50.6, CL-50.7, CL-50.8]', async ({
    w,
  }) => {
    const { calculation } = await w.asked();
    await w.begun(calculation);
    const { floors: _, ...gaps } = w.result;
    await w.as('ihor').change(calculation, gaps);

    expect(await refusal(w.as('ihor').move(calculation, 'done'))).toBe('422 fields.floors: Fill in “Floors”');
    expect(await refusal(w.as('ihor').complete(calculation, 'calculate'))).toMatch('422');

    await w.as('ihor').change(calculation, {
      floors: 5,
      priceLines: [
        { item: 'Outdoor unit', price: 1_000_00, discount: 10 },
        { item: 'Delivery', price: 33_33 },
      ],
    });
    expect(await w.fact(calculation, 'netTotal')).toBe(933_33);
    await w.as('ihor').complete(calculation, 'calculate');
    expect(await w.stageOf(calculation)).toBe('completed');
  });

  test('that needs no check is completed at once and brings all it found to the deal, which goes on [CL-02.5, CL-02.6, CL-50.13, CL-50.14, CL-50.15, CL-50.16]', async ({
    w,
  }) => {
    const { deal, calculation } = await w.asked({ floors: 1 });
    await w.begun(calculation);
    const quote = await w.quoted(calculation);
    await w.advanceTo('2026-02-03 12:00');

    await w.as('ihor').move(calculation, 'done', w.result);

    const { deal: after } = await w.card(deal);
    expect(after.stage).toBe('send-quote');
    expect(after.fields).toMatchObject({
      ...w.result, // the one floor is written over
      quoteFiles: [quote],
      quoteComment: 'quote-v1.pdf: see page 2',
      calculations: 1,
      firstDesigner: 'ihor',
    });
    expect(await told(w, 'olha')).toEqual(['2026-02-03 12:00 climate-quote-ready']);
    const feed = (await w.as('olha').get(`/v1/deals/${deal}/feed`)).items.map(
      ({ kind }: { kind: string }) => kind,
    );
    expect(feed.indexOf('moved')).toBeLessThan(feed.indexOf('changed')); // newest first: what was copied stands before the move
    expect((await w.as('olha').get(`/v1/deals/${deal}/files/${quote.id}`)).name ?? quote.name).toBe(
      quote.name,
    );
  });
});

describe('a calculation that is checked', () => {
  const done = async (w: Department) => {
    const { deal, calculation } = await w.asked();
    await w.begun(calculation, true);
    await w.quoted(calculation);
    await w.advanceTo('2026-02-06 15:00');
    await w.as('ihor').move(calculation, 'done', w.result);
    return { deal, calculation };
  };

  test('waits for the head of design, who is told to look; the deal waits too [CL-50.10, CL-50.11]', async ({
    w,
  }) => {
    const { deal, calculation } = await done(w);

    expect(await w.stageOf(calculation)).toBe('done');
    expect(await w.stageOf(deal)).toBe('selection-needed');
    expect(await told(w, 'danylo', 'check')).toEqual(['2026-02-06 15:00 climate-calculation-check']);
    expect(await w.open(calculation)).toEqual(['check-calculation danylo any time']);
    expect(await refusal(w.as('ihor').decide(calculation, 'check-calculation', 'approved'))).toMatch('403');

    await w.as('danylo').decide(calculation, 'check-calculation', 'approved');
    expect(await w.stageOf(calculation)).toBe('completed');
    expect(await w.stageOf(deal)).toBe('send-quote');
    expect(await w.fact(deal, 'quoteComment')).toBe('quote-v1.pdf: see page 2');
  });

  test('goes back with a comment only, the designer reads it, and the clock runs from zero [CL-50.12, CL-50.21]', async ({
    w,
  }) => {
    const { calculation } = await done(w); // on the fourth working day
    expect(await level(w, calculation)).toBe(0);
    expect(await refusal(w.as('danylo').decide(calculation, 'check-calculation', 'rejected'))).toMatch('422');

    await w.as('danylo').decide(calculation, 'check-calculation', 'rejected', 'Area is wrong');

    expect(await w.stageOf(calculation)).toBe('in-progress');
    const returned = (await w.told('ihor')).filter(({ text }) => text === 'climate-calculation-returned');
    expect(returned.map(({ body }) => body)).toEqual([expect.stringContaining('Area is wrong')]);
    expect((await w.task(calculation, 'calculate')).mark).toBeUndefined();

    await w.advanceTo('2026-02-10 14:59');
    expect(await level(w, calculation)).toBe(0);
    await w.advanceTo('2026-02-10 15:00'); // Friday, Monday, Tuesday
    expect(await level(w, calculation)).toBe(2);
  });
});

describe('a calculation nobody finishes', () => {
  test('is heard of on its second and third working day, red from the third, and among the deadlines on the fourth [CL-50.17, CL-50.18, CL-50.19, CL-50.20]', async ({
    w,
  }) => {
    const { calculation } = await w.asked();
    await w.begun(calculation);

    await w.advanceTo('2026-02-04 10:09');
    expect(await told(w, 'ihor', 'slow')).toEqual([]);
    await w.advanceTo('2026-02-04 10:10');
    expect(await told(w, 'ihor', 'slow')).toEqual(['2026-02-04 10:10 climate-calculation-slow']);
    expect((await w.task(calculation, 'calculate')).mark).not.toBe('red');

    await w.advanceTo('2026-02-05 10:10');
    expect(await told(w, 'ihor', 'late')).toEqual(['2026-02-05 10:10 climate-calculation-late']);
    expect(await told(w, 'danylo', 'late')).toEqual(['2026-02-05 10:10 climate-calculation-late']);
    const [listed] = (await w.as('ihor').get('/v1/tasks')).items;
    expect(listed).toMatchObject({ step: 'calculate', mark: 'red' });

    await w.advanceTo('2026-02-06 10:09');
    expect(await level(w, calculation)).toBe(3);
    await w.advanceTo('2026-03-01 10:00');
    expect(await level(w, calculation)).toBe(4);
    expect(await told(w, 'ihor', 'climate-calculation-')).toHaveLength(3);
    expect((await w.task(calculation, 'calculate')).mark).toBe('red');
  });

  test.for([
    ['the head has it himself: he is told once', 'danylo', ['danylo']],
    ['it went to another on the third day: the rest is told to that one', 'petro', ['petro', 'danylo']],
  ] as const)('keeps its clock when %s [CL-50.22]', async ([, to, heard], { w }) => {
    const { calculation } = await w.asked();
    await w.begun(calculation);
    await w.advanceTo('2026-02-05 09:00');
    if (to === 'petro') await w.as('danylo').assign(calculation, to);
    else await w.as('danylo').assign(calculation, 'danylo');

    await w.advanceTo('2026-02-05 10:10');

    for (const user of heard)
      expect(await told(w, user, 'late')).toEqual(['2026-02-05 10:10 climate-calculation-late']);
    expect(await told(w, 'ihor', 'late')).toEqual([]);
  });

  test('begun late is red from the first moment, and nobody is told of the same day twice [CL-50.17, CL-50.19]', async ({
    w,
  }) => {
    const { calculation } = await w.asked();
    await w.advanceTo('2026-02-05 12:00');
    expect(await told(w, 'danylo', 'slow')).toHaveLength(1);

    await w.begun(calculation);
    await w.advanceTo('2026-02-05 13:00');

    expect((await w.task(calculation, 'calculate')).mark).toBe('red');
    expect(await told(w, 'ihor', 'late')).toEqual([]);
    expect(await told(w, 'danylo', 'late')).toHaveLength(1);
  });

  test('that came in after hours has its days counted from the next opening [CL-50.17]', async ({ w }) => {
    await w.advanceTo('2026-02-06 20:00'); // a Friday evening
    const { calculation } = await w.asked();

    await w.advanceTo('2026-02-11 08:59');
    expect(await level(w, calculation)).toBe(0);
    await w.advanceTo('2026-02-11 09:00'); // Monday nine o'clock and two working days
    expect(await level(w, calculation)).toBe(2);
  });
});

describe('a re-selection', () => {
  const quoted = async (w: Department) => {
    const { deal, calculation } = await w.asked();
    await w.begun(calculation);
    await w.quoted(calculation);
    await w.as('ihor').move(calculation, 'done', w.result);
    await w.as('olha').move(deal, 'client-deciding');
    return deal;
  };
  const again = async (w: Department, deal: string) => {
    await w.as('olha').move(deal, 'reselection', { reselectionReason: 'fewer outdoor units' });
    return w.calculationOf(deal);
  };

  test('asks for its reason and goes to the first designer, without what has to be found anew [CL-03.1, CL-03.2, CL-03.3, CL-03.4]', async ({
    w,
  }) => {
    const deal = await quoted(w);
    expect(await refusal(w.as('olha').move(deal, 'reselection'))).toMatch('fields.reselectionReason');

    const calculation = await again(w, deal);

    const { deal: made } = await w.card(calculation);
    expect(made).toMatchObject({ responsible: 'ihor', stage: 'new' });
    expect(made.fields).toMatchObject({
      category: 'reselection',
      isReselection: true,
      previousAssignee: 'ihor',
      reselectionReason: 'fewer outdoor units',
      siteName: 'Business centre North',
      indoorUnits: 32,
      areaM2: 2400,
      floors: 5,
    });
    expect(made.fields.capacityKw).toBeUndefined();
    expect(made.fields.outdoorUnits).toBeUndefined();
    const olha = w.as('olha');
    await olha.change(calculation, { reselectionReason: 'fewer and quieter outdoor units' });
    expect(await refusal(olha.change(calculation, { reselectionReason: null }))).toMatch('422');
  });

  test('brings its own results and adds its quote to the one before [CL-03.5, CL-03.6, CL-50.14]', async ({
    w,
  }) => {
    const deal = await quoted(w);
    const calculation = await again(w, deal);
    await w.advanceTo('2026-02-03 12:00');
    await w.as('ihor').move(calculation, 'in-progress');
    await w.quoted(calculation, 'quote-v2.pdf');

    await w.as('ihor').move(calculation, 'done', { capacityKw: 108, outdoorUnits: 3 });

    const { deal: after } = await w.card(deal);
    expect(after).toMatchObject({
      stage: 'send-quote',
      fields: { capacityKw: 108, outdoorUnits: 3, floors: 5, calculations: 2, reselectionCount: 1 },
    });
    expect((after.fields.quoteFiles as { name: string }[]).map(({ name }) => name)).toEqual([
      'quote-v1.pdf',
      'quote-v2.pdf',
    ]);
    expect(after.fields.reselectionReason).toBeUndefined(); // the next one asks again
    expect(await told(w, 'ihor', 'slow')).toEqual([]);
  });

  test('goes to the head of design where the first designer is gone [CL-03.7]', async ({ w }) => {
    const deal = await quoted(w);
    const row = await w.table.get({ pk: 'CONFIG', sk: 'user#ihor' });
    await w.table.write({ put: { ...row, pk: 'CONFIG', sk: 'user#ihor', active: false } });
    forgetCompany();

    const calculation = await again(w, deal);

    expect((await w.card(calculation)).deal.responsible).toBe('danylo');
  });

  test('needs a calculation that was completed [CL-03.1]', async ({ w }) => {
    const by = { pipeline: 'climate-sales', responsible: 'olha' };
    const deal = await w.enter('send-quote', {}, by);

    expect(await refusal(w.as('olha').move(deal, 'reselection', { reselectionReason: 'smaller' }))).toMatch(
      '422 stage: A re-selection follows a completed calculation',
    );
  });
});
