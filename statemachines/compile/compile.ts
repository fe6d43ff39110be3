import type { Pipeline, Stage } from '../../schemas/pipeline.ts';
import type { Ahead } from '../../schemas/task.ts';
import type { Definition } from './asl.ts';
import { closed } from './block.ts';
import type { Condition } from './condition.ts';
import type { Context } from './context.ts';
import { type Draft, type Entry, fork, settle, theEnd } from './entry.ts';
import { assertIds } from './ids.ts';
import { lowerSteps } from './lower.ts';
import { commented } from './names.ts';
import { printBlock } from './print.ts';
import { CannotCompile } from './refused.ts';
import { type Block, everyState } from './states.ts';

/** The state machine of one stage. */
export type Machine = Readonly<{
  /** `<pack>-<pipeline>-<stage>` */
  id: string;
  pack: string;
  pipeline: string;
  stage: string;
  title: string;
  comment: string;
  definition: Definition;
}>;

/** What a deployment may ask of the machines. */
export type Given = Readonly<{
  /**
   * Every state that waits for a moment asks again after this many seconds, instead of sleeping until then: for a host whose
   * time is moved by hand, where nobody can say beforehand how long to sleep.
   */
  patience?: number | undefined;
}>;

/**
 * The state machines of a pipeline, one a stage, in the order of the board. A stage without work has one too, which
 * nothing is started on: a machine that is taken away takes along the runs of the work that its stage had before.
 *
 * @throws {CannotCompile} where the linter has findings
 */
export const compile = (pipeline: Pipeline, given: Given = {}): Machine[] =>
  Object.entries(pipeline.stages).map(([id, stage]): Machine => {
    const comment = commented(`${stage.title.en}: ${stage.aim.en}`, stage.needs);
    return Object.freeze({
      id: `${pipeline.pack}-${pipeline.id}-${id}`,
      pack: pipeline.pack,
      pipeline: pipeline.id,
      stage: id,
      title: stage.title.en,
      comment,
      definition: {
        Comment: comment,
        QueryLanguage: 'JSONata' as const,
        ...printBlock(blockOf(pipeline, id, given), given.patience),
      },
    });
  });

/** The states of a stage's machine, before they are printed. */
export const blockOf = (pipeline: Pipeline, stage: string, given: Given = {}): Block => {
  const { draft, main, threads } = entriesOf(pipeline, stage, given);
  const start = threads.length === 0 ? main : whichThread(draft, stage, main, threads);
  const block = closed(draft, settle(draft, start), stage);
  assertNames(pipeline, stage, block);
  return block;
};

/**
 * What the input of a run has to carry: facts that its first choices read, timers that its first states wait for.
 *
 * @param thread - `main`, or the id of one of the stage's threads
 */
export const aheadOfStart = (pipeline: Pipeline, stage: string, thread: string): Ahead => {
  const { main, threads } = entriesOf(pipeline, stage);
  if (thread === 'main') return main.needs;
  const found = threads.find(({ id }) => id === thread);
  if (found) return found.entry.needs;
  throw new CannotCompile(
    `${whereOf(pipeline, stage)}: "${thread}" is no thread; threads are ${['main', ...threads.map(({ id }) => id)].join(', ')}`,
  );
};

type ThreadEntry = Readonly<{ id: string; entry: Entry }>;
type Entries = Readonly<{ draft: Draft; main: Entry; threads: readonly ThreadEntry[] }>;

const entriesOf = (pipeline: Pipeline, id: string, { patience }: Given = {}): Entries => {
  const where = whereOf(pipeline, id);
  const stage = stageOf(pipeline, id);
  assertIds(where, stage);
  const draft: Draft = {
    states: new Map(),
    endName: 'End: nothing more to do',
    endComment: 'The run is over; the deal stays on its stage until it is moved',
  };
  const context: Context = { pipeline, where, draft, patience, lower: lowerSteps };
  return {
    draft,
    main: lowerSteps(context, stage.work ?? [], theEnd),
    threads: (stage.on ?? []).map((thread) => ({
      id: thread.id,
      entry: lowerSteps(context, thread.work, theEnd),
    })),
  };
};

/** The first choice of a machine with threads: they are further entries of the same machine. */
const whichThread = (draft: Draft, stage: string, main: Entry, threads: readonly ThreadEntry[]): Entry =>
  fork(
    draft,
    {
      name: 'Start: which thread?',
      comment: 'The main work of the stage, or a thread that a change has started',
      from: stage,
    },
    threads.map(({ id, entry }) => ({ condition: isThread(id), entry })),
    main,
  );

const isThread = (id: string): Condition => ({
  text: `$states.input.run.thread = '${id}'`,
  facts: [],
  words: [],
});

/** A name is a contract once deployed, and the service takes it once a machine. */
const assertNames = (pipeline: Pipeline, stage: string, block: Block): void => {
  const names = everyState(block).map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw new CannotCompile(`${whereOf(pipeline, stage)}: two states are called "${twice}"`);
};

const whereOf = (pipeline: Pipeline, stage: string): string => `${pipeline.pack}/${pipeline.id}/${stage}`;

const stageOf = (pipeline: Pipeline, id: string): Stage => {
  const stage = pipeline.stages[id];
  if (stage) return stage;
  throw new CannotCompile(
    `${pipeline.pack}/${pipeline.id}: "${id}" is no stage; stages are ${Object.keys(pipeline.stages).join(', ')}`,
  );
};
