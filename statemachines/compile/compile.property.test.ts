import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Pipeline } from '../../schemas/pipeline.ts';
import type { RunState } from '../../schemas/step.ts';
import type { Ahead } from '../../schemas/task.ts';
import type { Block } from './asl.ts';
import { aheadOfStart, compile } from './compile.ts';
import { after, aLadder, aNotice, aPipeline, aTask, type Steps, text } from './example.ts';
import { judge } from './judge.ts';
import { type Ending, walk } from './walk.ts';

const conditions = [
  'urgent',
  'paid < amount',
  "quote.answer = 'yes' or urgent",
  '$exists(note) ? $not(urgent) : amount > 1',
  "decision = 'rejected'",
  "outcome = 'moved' and note != 'x'",
];
const whens = fc.option(fc.constantFrom(...conditions), { nil: undefined });
const head = { who: 'role', role: 'head' };

/** Steps without ids, which {@link numbered} gives: an id is unique in its stage. */
const lists = fc.letrec<{ steps: Steps; step: Record<string, unknown> }>((tie) => ({
  steps: fc.array(tie('step'), { maxLength: 4 }),
  step: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    fc
      .record({ when: whens, late: fc.constantFrom(undefined, [], aLadder()) })
      .map((more) => aTask('', more)),
    fc
      .record({
        when: whens,
        late: fc.constantFrom(undefined, aLadder()),
        rework: fc.option(
          whens.map((when) => aTask('', { when, late: aLadder() })),
          { nil: undefined },
        ),
      })
      .map((more) => ({ do: 'approval', title: text('Approve'), who: head, ...more })),
    fc.record({ when: whens, late: fc.constantFrom(undefined, aLadder()) }).map((more) => ({
      do: 'queue',
      title: text('Decide'),
      limits: 'limits',
      figure: 'amount',
      asks: 'approver',
      ...more,
    })),
    fc
      .record({
        when: whens,
        late: fc.constantFrom(undefined, aLadder()),
        wait: fc.constantFrom(undefined, false),
      })
      .map((more) => ({ do: 'pay', amount: 'amount', description: text('Bill'), text: 'bill', ...more })),
    whens.map((when) => aNotice('', { when })),
    whens.map((when) => ({ do: 'goto', stage: 'won', when })),
    whens.map((when) => ({ do: 'set', values: { note: { value: 'x' } }, when })),
    fc.constant({ do: 'wait', for: after(1) }),
    fc.constant({ do: 'until', condition: 'paid > 0' }),
    fc
      .constantFrom({ unit: 'hours', amount: 1 }, { setting: 'pause' })
      .map((every) => ({ do: 'cycle', every, body: aNotice('letter') })),
    fc.record({
      do: fc.constant('choose'),
      cases: fc.array(fc.record({ when: fc.constantFrom(...conditions), steps: tie('steps') }), {
        minLength: 1,
        maxLength: 2,
      }),
      else: fc.option(tie('steps'), { nil: undefined }),
    }),
    fc.record({
      do: fc.constant('parallel'),
      branches: fc.array(fc.array(tie('step'), { minLength: 1, maxLength: 2 }), {
        minLength: 2,
        maxLength: 3,
      }),
    }),
  ),
}));

const numbered = (steps: Steps, next: () => string): Steps =>
  steps.map((step) => ({
    ...step,
    id: next(),
    ...(step.rework !== undefined && { rework: { ...(step.rework as object), id: next() } }),
    ...(step.cases !== undefined && {
      cases: (step.cases as { when: string; steps: Steps }[]).map((way) => ({
        when: way.when,
        steps: numbered(way.steps, next),
      })),
    }),
    ...(step.else !== undefined && { else: numbered(step.else as Steps, next) }),
    ...(step.branches !== undefined && {
      branches: (step.branches as Steps[]).map((branch) => numbered(branch, next)),
    }),
  }));

const pipelines: fc.Arbitrary<Pipeline> = fc
  .record({ work: lists.steps, thread: fc.option(fc.array(lists.step, { minLength: 1, maxLength: 3 })) })
  .map(({ work, thread }) => {
    let count = 0;
    const next = () => `step-${String(++count)}`;
    const main = numbered(work, next);
    return aPipeline(
      main,
      thread ? [{ id: 'paid', title: text('Paid'), work: numbered(thread, next) as never }] : undefined,
    );
  });

const definitionOf = (pipeline: Pipeline) => {
  const [machine] = compile(pipeline);
  if (!machine) throw new Error('a pipeline has stages');
  return machine.definition;
};

test('each state of a machine can be reached, by a name that the service takes', () => {
  fc.assert(
    fc.property(pipelines, (pipeline) => {
      const definition = definitionOf(pipeline);

      expect(unreached(definition)).toEqual([]);
      expect(namesOf(definition).filter((name) => name.length > 80)).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

test('every machine is valid', () => {
  fc.assert(
    fc.property(fc.array(pipelines, { minLength: 30, maxLength: 30 }), (many) => {
      expect(judge(many.map(definitionOf))).toBe('');
    }),
    { numRuns: 3 },
  );
});

test('no state reads what the answer before it did not carry', async () => {
  const values = fc.record({
    urgent: fc.constantFrom(undefined, true, false),
    paid: fc.constantFrom(undefined, 0, 5),
    amount: fc.constantFrom(undefined, 3),
    note: fc.constantFrom(undefined, 'x', 'y'),
    quote: fc.constantFrom(undefined, { answer: 'yes' }),
  });
  const endings = fc.infiniteStream(
    fc.constantFrom<Ending>('answered', 'answered', 'States.Timeout', 'Rearm', 'Refused'),
  );

  await fc.assert(
    fc.asyncProperty(pipelines, values, endings, fc.boolean(), async (pipeline, deal, ending, inThread) => {
      const thread = inThread && pipeline.stages.quote?.on ? 'paid' : 'main';
      let asked = 0;
      let decisions = 0;
      const answer = (ahead: Ahead, before?: RunState): RunState => ({
        run: runOf(thread),
        rung: 0,
        round: before?.round ?? 0,
        // A fact that was not asked for is there with a value of the wrong kind, so that reading it shows.
        facts: Object.fromEntries(
          Object.entries(deal)
            .map(([name, value]): [string, unknown] => [
              name,
              ahead.facts.includes(name) ? value : { not: 'asked' },
            ])
            .filter(([, value]) => value !== undefined),
        ),
        timers: Object.fromEntries(
          Object.entries(ahead.timers).map(([step, { late }]) => [step, Array(late ? 13 : 1).fill(60)]),
        ),
        outcome: decisions % 4 === 1 ? 'next' : 'done',
        decision: decisions++ % 3 === 0 ? 'rejected' : 'approved',
      });

      const entered = await walk(definitionOf(pipeline), answer(aheadOfStart(pipeline, 'quote', thread)), {
        ending: () => (asked++ < 12 && asked % 2 === 0 ? (ending.next().value ?? 'answered') : 'answered'),
        answer: (ahead, before) => answer(ahead, before),
      });

      expect(entered.length).toBeGreaterThan(0);
    }),
    { numRuns: 400 },
  );
});

const runOf = (thread: string): RunState['run'] => ({
  deal: 'deal-1' as RunState['run']['deal'],
  pack: 'industrial',
  pipeline: 'goods',
  stage: 'quote',
  seq: 1,
  thread,
  n: 1,
});

const namesOf = (block: Block): string[] =>
  Object.entries(block.States).flatMap(([name, state]) => [
    name,
    ...((state.Branches as unknown as Block[] | undefined) ?? []).flatMap(namesOf),
  ]);

const unreached = (block: Block): string[] => {
  const reached = new Set<string>();
  const visit = (name: unknown): void => {
    if (typeof name !== 'string' || reached.has(name)) return;
    reached.add(name);
    const state = block.States[name];
    visit(state?.Next);
    visit(state?.Default);
    for (const way of [...list(state?.Choices), ...list(state?.Catch)]) visit(way.Next);
  };
  visit(block.StartAt);
  return [
    ...Object.keys(block.States).filter((name) => !reached.has(name)),
    ...Object.values(block.States).flatMap((state) =>
      list(state.Branches).flatMap((branch) => unreached(branch as never)),
    ),
  ];
};

const list = (value: unknown): { Next?: unknown }[] => (value as { Next?: unknown }[] | undefined) ?? [];
