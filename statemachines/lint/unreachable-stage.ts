import { type Check, finding, list } from './finding.ts';
import { pathOf, stepsOf } from './places.ts';

/** A stage to which nothing leads from the start. */
export const unreachableStage: Check = (_, pipeline) => {
  const reached = new Set<string>();
  const next = [pipeline.start];
  for (let id = next.pop(); id !== undefined; id = next.pop()) {
    const stage = pipeline.stages[id];
    if (reached.has(id) || !stage) continue;
    reached.add(id);
    next.push(...stage.moves.map(({ to }) => to)); // `came-from` leads only to where the deal has been
    next.push(...stepsOf(stage).flatMap((step) => (step.do === 'goto' ? [step.stage] : [])));
  }
  return Object.keys(pipeline.stages)
    .filter((id) => !reached.has(id))
    .map((id) =>
      finding(
        'unreachable-stage',
        pathOf(pipeline, id),
        `nothing leads to stage "${id}"; let a move or a goto of ${list(reached)} lead to it`,
      ),
    );
};
