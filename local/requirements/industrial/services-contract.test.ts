import { describe, expect } from 'vitest';
import { refusal } from '../../world/staff.ts';
import type { World } from '../../world.ts';
import { test } from './company.ts';

const stage = 'contract';
const enter = (w: World, fields: Record<string, unknown> = {}) =>
  w.enter(stage, fields, { pipeline: 'services' });
const friday = { contractFeedbackDate: '2026-02-06T12:00:00+03:00' };

describe('without a contract', () => {
  test('services that need no contract go to the visit at once [IN-S-04.1]', async ({ w }) => {
    const deal = await enter(w, { contractNeeded: 'no' });

    expect(await w.stageOf(deal)).toBe('awaiting-visit');
    expect(await w.endsOf(deal, 'send-contract')).toEqual([]);
    expect(w.runs(deal)).toEqual([`${deal}-2-awaiting-visit`]);
  });

  test('a need that falls away while the contract is worked on moves the deal and cancels its tasks [IN-S-04.10]', async ({
    w,
  }) => {
    const deal = await enter(w, { contractNeeded: 'yes' });

    await w.as('pavel').change(deal, { contractNeeded: 'no' });

    expect(await w.stageOf(deal)).toBe('awaiting-visit');
    expect(await w.endsOf(deal, 'send-contract')).toEqual(['stage left by the system']);
  });

  test('feedback that is waited for is cancelled as well [IN-S-04.10]', async ({ w }) => {
    const deal = await enter(w);
    await w.as('pavel').change(deal, friday);

    await w.as('pavel').change(deal, { contractNeeded: 'no' });
    await w.advanceTo('2026-02-06 13:00');

    expect(await w.endsOf(deal, 'get-contract-feedback')).toEqual(['stage left by the system']);
    expect(await w.inbox('pavel')).toEqual([]);
  });
});

describe('with a contract', () => {
  test.for([
    ['needed', { contractNeeded: 'yes' }],
    ['not said to be needed or not', {}],
  ] as const)('a contract that is %s is sent within a day [IN-S-04.2]', async ([, fields], { w }) => {
    const deal = await enter(w, fields);

    expect(await w.stageOf(deal)).toBe(stage);
    expect(await w.open(deal)).toEqual(['send-contract pavel 2026-02-03 09:00']);
  });

  test('a contract sent without a feedback date asks for the date [IN-S-04.3, IN-S-04.4]', async ({ w }) => {
    const deal = await enter(w);

    await w.as('pavel').complete(deal, 'send-contract');

    expect(await w.open(deal)).toEqual(['fill-contract-feedback-date pavel 2026-02-03 09:00']);
  });

  test('a contract sent with a feedback date asks for no date [IN-S-04.3]', async ({ w }) => {
    const deal = await enter(w, friday);

    await w.as('pavel').complete(deal, 'send-contract');

    expect(await w.endsOf(deal, 'fill-contract-feedback-date')).toEqual([]);
    expect(await w.open(deal)).toEqual(['get-contract-feedback pavel 2026-02-06 12:00']);
  });

  test('the date cannot be passed over [IN-S-04.5]', async ({ w }) => {
    const deal = await enter(w);
    await w.as('pavel').complete(deal, 'send-contract');

    const closing = refusal(w.as('pavel').complete(deal, 'fill-contract-feedback-date'));

    expect(await closing).toBe(
      '422 fields.contractFeedbackDate: Fill the date: the task cannot be closed without it.',
    );
    expect(await w.open(deal)).toEqual(['fill-contract-feedback-date pavel 2026-02-03 09:00']);
  });

  test.for([
    ['in its task', 'task'],
    ['in the card', 'card'],
  ] as const)('a date filled %s asks for feedback then [IN-S-04.6]', async ([, where], { w }) => {
    const deal = await enter(w);
    await w.as('pavel').complete(deal, 'send-contract');

    if (where === 'task') await w.as('pavel').complete(deal, 'fill-contract-feedback-date', friday);
    else await w.as('pavel').change(deal, friday);

    expect(await w.open(deal)).toEqual(['get-contract-feedback pavel 2026-02-06 12:00']);
    expect(await w.endsOf(deal, 'get-contract-feedback')).toEqual(['open']);
  });

  test('contract feedback still missing at its date is told of to the responsible [IN-S-04.7]', async ({
    w,
  }) => {
    await enter(w, friday).then((deal) => w.as('pavel').complete(deal, 'send-contract'));

    await w.advanceTo('2026-02-06 11:59:59');
    expect(await w.inbox('pavel')).toEqual([]);

    await w.advanceTo('2026-02-06 12:00');
    expect(await w.inbox('pavel')).toEqual(['2026-02-06 12:00 contract-feedback-due']);
  });

  test('contract feedback got before its date is told of to nobody [IN-S-04.7]', async ({ w }) => {
    const deal = await enter(w, friday);
    await w.as('pavel').complete(deal, 'send-contract');

    await w.advanceTo('2026-02-06 11:59:59');
    await w.as('pavel').complete(deal, 'get-contract-feedback', { contractSignedAt: '2026-02-06' });
    await w.advanceTo('2026-02-07 12:00');

    expect(await w.inbox('pavel')).toEqual([]);
  });

  test('each change of the date sets the feedback and its timer anew, one at a time [IN-S-04.8, IN-S-04.9]', async ({
    w,
  }) => {
    const deal = await enter(w, friday);
    await w.as('pavel').complete(deal, 'send-contract');

    await w.as('pavel').change(deal, { contractFeedbackDate: '2026-02-09T10:00:00+03:00' });
    expect(await w.open(deal)).toEqual(['get-contract-feedback pavel 2026-02-09 10:00']);

    await w.advanceTo('2026-02-09 09:59:59');
    expect(await w.inbox('pavel')).toEqual([]);
    await w.advanceTo('2026-02-09 10:00');
    expect(await w.inbox('pavel')).toEqual(['2026-02-09 10:00 contract-feedback-due']);
    expect(await w.endsOf(deal, 'get-contract-feedback')).toEqual(['moved by the system', 'open']);
  });

  test('a date filled before the contract is sent asks for feedback once, also when it is sent [IN-S-04.9]', async ({
    w,
  }) => {
    const deal = await enter(w);

    await w.as('pavel').change(deal, friday);
    await w.as('pavel').complete(deal, 'send-contract');

    expect(await w.open(deal)).toEqual(['get-contract-feedback pavel 2026-02-06 12:00']);
    expect(await w.endsOf(deal, 'get-contract-feedback')).toEqual(['open']);
  });
});

describe('a non-standard contract', () => {
  test('its approval is started from the deal, whose own task stays open [IN-S-04.11]', async ({ w }) => {
    const deal = await enter(w, { dealTotal: 24_000_000, company: 'plant' });

    const approval = await w.as('pavel').start(deal, 'contract-approval');

    expect(await w.open(approval)).toEqual(['draft-contract pavel 2026-02-03 09:00']);
    expect(await w.open(deal)).toEqual(['send-contract pavel 2026-02-03 09:00']);
    const { deal: started } = await w.card(approval);
    expect([started.initiator, started.fields]).toEqual([
      'pavel',
      { company: 'plant', dealTotal: 24_000_000 },
    ]);
  });

  test('one who is not responsible cannot start it [IN-S-04.11]', async ({ w }) => {
    const deal = await enter(w);

    expect(await refusal(w.as('semyon').start(deal, 'contract-approval'))).toMatch(/^422 pipeline:/);
  });

  test('a second one is refused while the first is under way, and may follow it [IN-S-04.11]', async ({
    w,
  }) => {
    const deal = await enter(w);
    const first = await w.as('pavel').start(deal, 'contract-approval');

    expect(await refusal(w.as('pavel').start(deal, 'contract-approval'))).toMatch(/running already: CA-1$/);

    await w.as('pavel').move(first, 'withdrawn');
    await w.as('pavel').start(deal, 'contract-approval');
    const started = (await w.card(deal)).processes.map(({ number, outcome }) => [number, outcome]);
    expect(started.sort()).toEqual([
      ['CA-1', 'done'],
      ['CA-2', undefined],
    ]);
  });

  test('an approved draft comes back to the deal, whose own task waits on [IN-S-04.11]', async ({ w }) => {
    const deal = await enter(w);
    const approval = await w.as('pavel').start(deal, 'contract-approval');
    const contractDraft = await w.as('pavel').announce(approval, 'contractDraft', 'draft-1.pdf');

    await w.as('pavel').complete(approval, 'draft-contract', { contractDraft });
    await w.as('galina').decide(approval, 'approve-contract', 'approved');

    expect(await w.fact(deal, 'contractDraft')).toEqual(contractDraft);
    expect(await w.open(deal)).toEqual(['send-contract pavel 2026-02-03 09:00']);
  });
});
