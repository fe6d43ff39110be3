import type { Pipeline, Rung, Stage, Step, TaskStep, Thread } from '../../schemas/pipeline.ts';
import { within } from '../compile/ids.ts';

/** A step and where it stands. A rework task and the body of a cycle are steps too. */
export type Placed = {
  readonly path: string;
  readonly stage: string;
  readonly step: Step;
};

export type PlacedThread = { readonly path: string; readonly stage: string; readonly thread: Thread };

export const pathOf = (pipeline: Pipeline, ...more: string[]): string =>
  [`${pipeline.pack}/${pipeline.id}`, ...more].join(' ');

/** Each list of steps that a stage begins with: its work and that of each thread. */
export const listsOf = (stage: Stage): readonly (readonly Step[])[] => [
  stage.work ?? [],
  ...(stage.on ?? []).map(({ work }) => work),
];

/** The lists of steps directly inside a step; for an author the body of a cycle is one of them. */
export const inside = (step: Step): readonly (readonly Step[])[] =>
  step.do === 'cycle' ? [[step.body]] : within(step);

const everyStep = (steps: readonly Step[]): Step[] =>
  steps.flatMap((step) => [step, ...inside(step).flatMap(everyStep)]);

/** Every step of a stage, outer before inner. */
export const stepsOf = (stage: Stage): Step[] => listsOf(stage).flatMap(everyStep);

/** Every step of a pipeline, in the order it is written. */
export const placed = (pipeline: Pipeline): Placed[] =>
  Object.entries(pipeline.stages).flatMap(([stage, words]) =>
    stepsOf(words).map((step) => ({ path: pathOf(pipeline, stage, step.id), stage, step })),
  );

/** Every thread of a pipeline. */
export const threads = (pipeline: Pipeline): PlacedThread[] =>
  Object.entries(pipeline.stages).flatMap(([stage, { on = [] }]) =>
    on.map((thread) => ({ path: pathOf(pipeline, stage, thread.id), stage, thread })),
  );

/** The escalation ladders of a pipeline. */
export const rungs = (pipeline: Pipeline): { path: string; rung: Rung; number: number }[] =>
  placed(pipeline).flatMap(({ path, step }) =>
    step.do === 'task' ||
    step.do === 'approval' ||
    step.do === 'queue' ||
    step.do === 'ship' ||
    step.do === 'pay'
      ? (step.late ?? []).map((rung, index) => ({ path, rung, number: index + 1 }))
      : [],
  );

/** The tasks of a pipeline, reworks among them. */
export const tasks = (pipeline: Pipeline): { path: string; stage: string; step: TaskStep }[] =>
  placed(pipeline).flatMap(({ path, stage, step }) => (step.do === 'task' ? [{ path, stage, step }] : []));
