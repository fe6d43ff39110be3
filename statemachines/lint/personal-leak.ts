import type { Pipeline } from '../../schemas/pipeline.ts';
import { type Check, finding } from './finding.ts';
import { pathOf, placed } from './places.ts';

const isPersonal = ({ fields }: Pipeline, id: string): boolean => fields[id]?.personal === true;

/** Personal data where an erasure would leave it: a copy whose field is not marked, or a figure, which nobody can empty. */
export const personalLeak: Check = (pack, pipeline) => {
  const figures = Object.entries(pipeline.fields)
    .filter(
      ([, { type, personal }]) =>
        personal === true && (type === 'total' || type === 'accrued' || type === 'computed'),
    )
    .map(([id, { type }]) =>
      finding(
        'personal-leak',
        `${pack.id}/${pipeline.id}`,
        `"${id}" is marked personal and is a ${type}, which follows from other fields and is never emptied; mark those`,
      ),
    );
  const copies = [
    ...Object.entries(pipeline.stages).flatMap(([stage, { offers = [] }]) =>
      offers.map((offer) => ({ path: pathOf(pipeline, stage), ...offer })),
    ),
    ...placed(pipeline).flatMap(({ path, step }) => (step.do === 'subdeal' ? [{ ...step, path }] : [])),
  ];
  const leaks = copies.flatMap(({ path, pipeline: id, down, back }) => {
    const other = pack.pipelines.find((one) => one.id === id);
    if (!other) return []; // `unknown-pipeline` says so
    const ways = [
      ...Object.entries(down).map(([from, to]) => ({ from, to, source: pipeline, target: other })),
      ...Object.entries(back).map(([from, to]) => ({ from, to, source: other, target: pipeline })),
    ];
    return ways
      .filter(({ from, to, source, target }) => isPersonal(source, from) && !isPersonal(target, to))
      .map(({ from, to, source, target }) =>
        finding(
          'personal-leak',
          path,
          `"${from}" of ${source.id} is personal and is copied to "${to}" of ${target.id}, which is not; mark both`,
        ),
      );
  });
  return [...figures, ...leaks];
};
