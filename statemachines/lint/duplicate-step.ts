import { type Check, finding } from './finding.ts';
import { pathOf, stepsOf } from './places.ts';

/** Two steps or two threads of one stage under one name: tasks and runs are told apart by it. */
export const duplicateStep: Check = (_, pipeline) =>
  Object.entries(pipeline.stages).flatMap(([id, stage]) => {
    const threads = (stage.on ?? []).map((thread) => thread.id);
    return [
      ...twice(stepsOf(stage).map((step) => step.id)).map((step) =>
        finding(
          'duplicate-step',
          pathOf(pipeline, id, step),
          `two steps are called "${step}"; give each step of a stage its own id`,
        ),
      ),
      ...twice(['main', ...threads]).map((thread) =>
        finding(
          'duplicate-step',
          pathOf(pipeline, id, thread),
          `two threads are called "${thread}"; give each thread its own id, and not "main"`,
        ),
      ),
    ];
  });

const twice = (names: readonly string[]): string[] => [
  ...new Set(names.filter((name, index) => names.indexOf(name) !== index)),
];
