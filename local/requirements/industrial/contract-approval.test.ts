import { describe, expect } from 'vitest';
import * as z from 'zod';
import type { FeedEntry } from '../../../schemas/feed.ts';
import { localTime } from '../../world/moscow.ts';
import { refusal } from '../../world/staff.ts';
import type { World } from '../../world.ts';
import { test } from './company.ts';

/** A contract approval of Pavel's, started from a deal of either pipeline. */
const start = async (w: World, pipeline: 'goods' | 'services' = 'goods') => {
  const deal = await w.enter('contract', { company: 'plant', dealTotal: 24_000_000 }, { pipeline });
  return { deal, approval: await w.as('pavel').start(deal, 'contract-approval') };
};
const draft = async (w: World, approval: string, name: string) => ({
  contractDraft: await w.as('pavel').announce(approval, 'contractDraft', name),
});

/** The same with a draft at the approver. */
const submitted = async (w: World) => {
  const { deal, approval } = await start(w);
  await w.as('pavel').complete(approval, 'draft-contract', await draft(w, approval, 'draft.pdf'));
  return { deal, approval };
};

test.for(['goods', 'services'] as const)(
  'started from a deal of %s, it knows who started it and their head [IN-C-01.1]',
  async (pipeline, { w }) => {
    const { deal, approval } = await start(w, pipeline);

    const { deal: started } = await w.card(approval);
    expect([started.initiator, started.responsible, started.head, started.parent?.deal]).toEqual([
      'pavel',
      'pavel',
      'semyon',
      deal,
    ]);
  },
);

describe('the draft', () => {
  test('is a task of the responsible for a day [IN-C-01.2]', async ({ w }) => {
    const { approval } = await start(w);

    expect(await w.open(approval)).toEqual(['draft-contract pavel 2026-02-03 09:00']);
    expect((await w.task(approval, 'draft-contract')).creator).toBe('semyon');
  });

  test('is not handed in without its file [IN-C-01.3]', async ({ w }) => {
    const { approval } = await start(w);

    expect(await refusal(w.as('pavel').complete(approval, 'draft-contract'))).toBe(
      '422 fields.contractDraft: Attach a file as “Contract draft”.',
    );
    expect(await w.open(approval)).toEqual(['draft-contract pavel 2026-02-03 09:00']);
  });

  test('handed in, is decided about by the approver, who sees it [IN-C-01.4]', async ({ w }) => {
    const { approval } = await submitted(w);

    expect(await w.open(approval)).toEqual(['approve-contract galina 2026-02-03 09:00']);
    const { deal } = await w.as('galina').get(`/v1/deals/${approval}`);
    expect([deal.fields.contractDraft.name, deal.fields.dealTotal]).toEqual(['draft.pdf', 24_000_000]);
  });

  test('is decided about by the person an administrator chose [IN-C-01.4]', async ({ w }) => {
    await w.as('admin').ask('PUT', '/v1/settings/industrial/contractApprover', { value: 'semyon' });

    const { approval } = await submitted(w);

    expect(await w.open(approval)).toEqual(['approve-contract semyon 2026-02-03 09:00']);
  });
});

describe('a rejection', () => {
  test.for([
    ['without a comment', undefined],
    ['with a blank comment', '   '],
  ] as const)('%s is refused [IN-C-01.5]', async ([, comment], { w }) => {
    const { approval } = await submitted(w);

    expect(await refusal(w.as('galina').decide(approval, 'approve-contract', 'rejected', comment))).toBe(
      '422 comment: Say why you reject it',
    );
    expect(await w.open(approval)).toEqual(['approve-contract galina 2026-02-03 09:00']);
  });

  test('gives the responsible the task to mend it, which says what [IN-C-01.6]', async ({ w }) => {
    const { approval } = await submitted(w);
    await w.advanceTo('2026-02-02 15:00');

    await w.as('galina').decide(approval, 'approve-contract', 'rejected', 'add penalty clause');

    expect(await w.open(approval)).toEqual(['fix-contract pavel 2026-02-03 15:00']);
    expect((await w.task(approval, 'fix-contract')).about).toContain('add penalty clause');
  });

  test('tells nobody that the contract is approved [IN-C-01.8]', async ({ w }) => {
    const { approval } = await submitted(w);

    await w.as('galina').decide(approval, 'approve-contract', 'rejected', 'add penalty clause');

    expect(await w.inbox('pavel')).toEqual([]);
    expect((await w.card(approval)).deal.outcome).toBeUndefined();
  });
});

test('a mended draft is decided about again, in numbered rounds without limit [IN-C-01.7]', async ({ w }) => {
  const { approval } = await submitted(w);

  for (const round of [1, 2, 3, 4, 5]) {
    expect((await w.task(approval, 'approve-contract')).attempt).toBe(round);
    await w.as('galina').decide(approval, 'approve-contract', 'rejected', `reason ${round}`);
    const mend = await w.task(approval, 'fix-contract');
    expect(mend.about).toContain(`reason ${round}`);
    expect(mend.about).not.toContain(`reason ${round - 1}`);
    await w.as('pavel').complete(approval, 'fix-contract');
  }

  expect((await w.task(approval, 'approve-contract')).attempt).toBe(6);
});

describe('an approval', () => {
  test('ends the process and is told of to who started it [IN-C-01.8]', async ({ w }) => {
    const { approval } = await submitted(w);
    await w.advanceTo('2026-02-02 16:30');

    await w.as('galina').decide(approval, 'approve-contract', 'approved');

    const { deal } = await w.card(approval);
    expect([deal.stage, deal.outcome]).toEqual(['approved', 'done']);
    expect(await w.inbox('pavel')).toEqual(['2026-02-02 16:30 contract-approved']);
    expect(w.runs(approval)).toEqual([]);
    expect(await w.open(approval)).toEqual([]);
  });

  test('given twice is one approval, and cannot be taken back [IN-C-01.8]', async ({ w }) => {
    const { approval } = await submitted(w);
    const path = `/v1/tasks/${(await w.task(approval, 'approve-contract')).id}/decide`;
    await w.as('galina').ask('POST', path, { decision: 'approved' });

    await w.as('galina').ask('POST', path, { decision: 'approved' });
    const back = w.as('galina').ask('POST', path, { decision: 'rejected', comment: 'on second thoughts' });

    expect(await refusal(back)).toMatch(/^422 task:/);
    expect(await w.inbox('pavel')).toHaveLength(1);
  });

  test.for(['pavel', 'semyon', 'rita'] as const)(
    'is the approver’s alone: neither given nor taken over by %s [IN-C-01.4]',
    async (user, { w }) => {
      const { approval } = await submitted(w);
      const { id } = await w.task(approval, 'approve-contract');

      expect(await refusal(w.as(user).decide(approval, 'approve-contract', 'approved'))).toMatch(/^40[34] /);
      expect(await refusal(w.as(user).ask('POST', `/v1/tasks/${id}/reassign`, { assignee: user }))).toMatch(
        /^40[34] /,
      );
      expect(await w.open(approval)).toEqual(['approve-contract galina 2026-02-03 09:00']);
    },
  );

  test('of what was withdrawn is refused, and the deal may ask anew [IN-C-01.8, IN-C-01.10]', async ({
    w,
  }) => {
    const { deal, approval } = await submitted(w);
    const path = `/v1/tasks/${(await w.task(approval, 'approve-contract')).id}/decide`;
    await w.as('pavel').move(approval, 'withdrawn');

    expect(await refusal(w.as('galina').ask('POST', path, { decision: 'approved' }))).toMatch(/^422 task:/);
    expect(await w.inbox('pavel')).toEqual([]);
    await w.as('pavel').start(deal, 'contract-approval');
  });
});

test('every decision is kept with round, person, time, comment and the version of the draft it was about [IN-C-01.9]', async ({
  w,
}) => {
  const { approval } = await start(w);
  const pavel = w.as('pavel');
  await pavel.complete(approval, 'draft-contract', await draft(w, approval, 'draft.pdf'));
  await w.advanceTo('2026-02-02 15:00');
  await w.as('galina').decide(approval, 'approve-contract', 'rejected', 'add penalty clause');
  await w.advanceTo('2026-02-02 16:00');
  await pavel.complete(approval, 'fix-contract', await draft(w, approval, 'draft.pdf'));
  await w.advanceTo('2026-02-02 16:30');
  await w.as('galina').decide(approval, 'approve-contract', 'approved');

  const { items }: { items: FeedEntry[] } = await w.as('galina').get(`/v1/deals/${approval}/feed`);
  const kept = items.reverse().flatMap(({ kind, at, by, data }) => {
    if (kind !== 'decision' || !('user' in by)) return [];
    const files = z.array(z.object({ field: z.string(), version: z.int() })).parse(data.files);
    const about = files.map(({ field, version }) => `${field} ${version}`).join();
    return [`${data.round} ${data.outcome} by ${by.user} ${localTime(at)}, ${about}: ${data.comment ?? '–'}`];
  });
  expect(kept).toEqual([
    '0 rejected by galina 2026-02-02 15:00, contractDraft 1: add penalty clause',
    '1 approved by galina 2026-02-02 16:30, contractDraft 2: –',
  ]);
});

test.for(['goods', 'services'] as const)(
  'a deal of %s has one at a time, also when two are started at once [IN-C-01.10]',
  async (pipeline, { w }) => {
    const deal = await w.enter('contract', {}, { pipeline });

    const asked = await Promise.allSettled(
      [1, 2, 3].map(() => w.as('pavel').start(deal, 'contract-approval')),
    );

    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await w.card(deal)).processes).toHaveLength(1);
    expect(await refusal(w.as('pavel').start(deal, 'contract-approval'))).toMatch(/running already/);
  },
);

test('it goes on when its deal leaves the stage, and its draft still comes back [IN-C-01.8]', async ({
  w,
}) => {
  const { deal, approval } = await submitted(w);
  await w.as('pavel').move(deal, 'picking');

  await w.as('galina').decide(approval, 'approve-contract', 'approved');

  expect(await w.fact(deal, 'contractDraft')).toEqual(await w.fact(approval, 'contractDraft'));
});

test('it follows its deal to another person: what is open goes along, and what is another one’s stays', async ({
  w,
}) => {
  const { deal, approval } = await start(w);
  const services = await start(w, 'services');
  await w.as('galina').assign(services.approval, 'semyon');

  await w.as('galina').assign(deal, 'semyon');
  await w.as('galina').assign(services.deal, 'galina');

  const openOn = (of: string) => w.open(of);
  expect(await openOn(approval)).toEqual(['draft-contract semyon 2026-02-03 09:00']);
  expect((await w.card(approval)).deal.head).toBe('galina');
  expect(await openOn(services.approval)).toEqual(['draft-contract semyon 2026-02-03 09:00']);
});
