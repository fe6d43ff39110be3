import type { Pipeline } from '../../schemas/pipeline.ts';
import { type Check, finding } from './finding.ts';
import { pathOf, placed, rungs, threads } from './places.ts';

const form = /^[A-Z]{2}(-[A-Z])?-\d{2}\.\d+$/;

/** A requirement named twice by one element, or whose id is no id. */
export const requirementIds: Check = (_, pipeline) =>
  needsOf(pipeline).flatMap(({ path, needs }) => [
    ...needs
      .filter((id) => !form.test(id))
      .map((id) =>
        finding('requirement-ids', path, `"${id}" is no requirement; an id looks like IN-G-03.2 or CL-06.9`),
      ),
    ...[...new Set(needs.filter((id, index) => needs.indexOf(id) !== index))].map((id) =>
      finding('requirement-ids', path, `"${id}" is named twice here; once is enough`),
    ),
  ]);

function needsOf(pipeline: Pipeline): { path: string; needs: readonly string[] }[] {
  const named = (path: string, { needs = [] }: { needs?: string[] | undefined }) => ({ path, needs });
  return [
    named(pathOf(pipeline), pipeline),
    ...Object.entries(pipeline.stages).flatMap(([id, stage]) => {
      const path = pathOf(pipeline, id);
      return [stage, ...(stage.enter ? [stage.enter] : []), ...stage.moves, ...(stage.offers ?? [])].map(
        (part) => named(path, part),
      );
    }),
    ...threads(pipeline).map(({ path, thread }) => named(path, thread)),
    ...placed(pipeline).map(({ path, step }) => named(path, step)),
    ...rungs(pipeline).map(({ path, rung }) => named(path, rung)),
  ];
}
