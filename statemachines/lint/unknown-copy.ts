import { type Check, finding, list } from './finding.ts';
import { pathOf, placed } from './places.ts';

/** Copies between a deal and its sub-process that name a field the other pipeline does not have. */
export const unknownCopy: Check = (pack, pipeline) => {
  const copies = [
    ...Object.entries(pipeline.stages).flatMap(([stage, { offers = [] }]) =>
      offers.map((offer) => ({ path: pathOf(pipeline, stage), set: undefined, ...offer })),
    ),
    ...placed(pipeline).flatMap(({ path, step }) => (step.do === 'subdeal' ? [{ ...step, path }] : [])),
  ];
  return copies.flatMap(({ path, pipeline: id, down, back, set }) => {
    const other = pack.pipelines.find((one) => one.id === id);
    if (!other) return []; // `unknown-pipeline` says so
    const reserved = [...Object.keys(down), ...Object.values(back)].filter(
      (name) => pipeline.fields[name]?.type === 'slot',
    );
    const slots = [...Object.values(down), ...Object.keys(back)].filter(
      (name) => other.fields[name]?.type === 'slot',
    );
    const twice = [...reserved, ...slots].map((name) =>
      finding(
        'copied-slot',
        path,
        `"${name}" reserves people's time, which one deal alone can hold; copy no slot, book another`,
      ),
    );
    const unknown = [...Object.values(down), ...Object.keys(back), ...Object.keys(set ?? {})]
      .filter((name) => !(name in other.fields))
      .map((name) =>
        finding(
          'unknown-copy',
          path,
          `"${name}" is no field of ${id}, to or from which it is copied; its fields are ${list(Object.keys(other.fields))}`,
        ),
      );
    return [...unknown, ...twice];
  });
};
