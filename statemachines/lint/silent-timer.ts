import type { Pipeline, Step } from '../../schemas/pipeline.ts';
import { type Check, type Finding, finding } from './finding.ts';
import { inside, listsOf, pathOf, rungs } from './places.ts';

/** A timer nobody is told about: a rung that neither tells nor marks, a wait that nothing follows. */
export const silentTimer: Check = (_, pipeline) => [
  ...rungs(pipeline)
    .filter(({ rung }) => rung.tell.length === 0 && rung.mark === undefined && rung.set === undefined)
    .map(({ path, rung, number }) =>
      finding(
        'silent-timer',
        path,
        `rung ${number} (${rung.at.moment}) tells nobody, marks and writes nothing; give it tell([...], message), mark('late') or sets({...})`,
      ),
    ),
  ...Object.entries(pipeline.stages).flatMap(([stage, words]) =>
    listsOf(words).flatMap((steps) => idleWaits(pipeline, stage, steps, false)),
  ),
];

function idleWaits(pipeline: Pipeline, stage: string, steps: readonly Step[], followed: boolean): Finding[] {
  return steps.flatMap((step, index) => {
    const more = followed || index < steps.length - 1;
    const own =
      (step.do === 'wait' || step.do === 'until') && !more
        ? [
            finding(
              'silent-timer',
              pathOf(pipeline, stage, step.id),
              `${step.do} "${step.id}" leads to nothing; let a task, a notice or a goto follow it`,
            ),
          ]
        : [];
    return [...own, ...inside(step).flatMap((inner) => idleWaits(pipeline, stage, inner, more))];
  });
}
