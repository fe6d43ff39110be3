import type { ParallelStep, Step } from '../../../schemas/pipeline.ts';
import { together } from '../ahead.ts';
import { closed } from '../block.ts';
import type { Context } from '../context.ts';
import { add, type Draft, type Entry, settle, theEnd } from '../entry.ts';
import { fresh } from '../fresh.ts';
import { commented, named, titleOf } from '../names.ts';

/** Branches side by side; the run goes on when all have ended, with what the first of them knows. */
export const lowerParallel = (context: Context, step: ParallelStep, next: Entry): Entry => {
  const { draft } = context;
  const join = fresh(draft, step.id, next);
  const branches = step.branches.map((steps, index) => {
    const end = index === 0 ? { ...theEnd, carry: join.carry } : theEnd;
    const inside = branchDraft(step, steps);
    const entry = context.lower({ ...context, draft: inside }, steps, end);
    return { entry, block: closed(inside, settle(inside, entry), step.id) };
  });
  return {
    to: add(draft, {
      kind: 'split',
      name: titleOf(step.id),
      comment: commented('Side by side', step.needs),
      from: step.id,
      branches: branches.map(({ block }) => block),
      to: settle(draft, join),
    }),
    needs: together(...branches.map(({ entry }) => entry.needs)),
    carry: new Set(branches.flatMap(({ entry }) => [...entry.carry])),
  };
};

const branchDraft = (step: ParallelStep, steps: readonly Step[]): Draft => ({
  states: new Map(),
  endName: named(steps[0]?.id ?? step.id, 'end of the branch'),
  endComment: 'The other branches may still be at work',
});
