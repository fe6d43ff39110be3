import { expect, test } from 'vitest';
import { executionName } from '../../functions/workflow/run-state.ts';
import type { Deal } from '../../schemas/deal.ts';
import type { FeedEntry } from '../../schemas/feed.ts';
import { runsOfDeal } from './runs.ts';

const aDeal = (more: Partial<Deal> = {}): Deal =>
  ({
    id: 'd1',
    pack: 'industrial',
    pipeline: 'goods',
    stage: 'contract',
    seq: 1,
    threads: {},
    ...more,
  }) as Deal;
const moved = (from: string): FeedEntry => ({ kind: 'moved', data: { from } }) as unknown as FeedEntry;
const names = (deal: Deal, feed: FeedEntry[] = []) => runsOfDeal(deal, feed).map((run) => executionName(run));

test('the present stage comes first, with its threads, then the stages before, newest first', () => {
  const deal = aDeal({ seq: 3, threads: { feedback: 2 } });

  expect(names(deal, [moved('quote'), moved('new')])).toEqual([
    'd1-3-contract',
    'd1-3-contract-feedback-2',
    'd1-2-quote',
    'd1-1-new',
  ]);
});

test('runs that a migration put an end to are listed behind the one that took their place', () => {
  const era = { n: 3, work: 2, plan: 'p', how: 'keep', threads: [] } as unknown as NonNullable<Deal['era']>;

  expect(names(aDeal({ seq: 2, era }), [moved('quote')])).toEqual([
    'd1-2-contract-m3',
    'd1-2-contract-m2',
    'd1-2-contract',
    'd1-1-quote',
  ]);
});
