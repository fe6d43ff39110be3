import type { Json } from './pattern-refused.ts';

/** Reads one place of an event; undefined when nothing stands there. */
export type Reader = (event: Json) => Json | undefined;

const STEP = /^(?:\.([\w-]+)|\['([^']+)'\]|\["([^"]+)"\]|\[(\d+)\])/;

/**
 * Compiles the JSON path of a target (`$`, `$.detail.lines[0]`, `$['detail-type']`).
 *
 * @throws for filters, wildcards and slices, which a path of an event bus has no use for
 */
export const compilePath = (path: string): Reader => {
  const refuse = () =>
    new Error(`JSON path ${path}: cannot be read; allowed is $ followed by .name, ['name'] or [0]`);
  if (!path.startsWith('$')) throw refuse();
  const steps: (string | number)[] = [];
  let rest = path.slice(1);
  while (rest !== '') {
    const step = STEP.exec(rest);
    if (step === null) throw refuse();
    const name = step[1] ?? step[2] ?? step[3];
    steps.push(name ?? Number(step[4]));
    rest = rest.slice(step[0].length);
  }
  return (event) => steps.reduce<Json | undefined>(into, event);
};

const into = (value: Json | undefined, step: string | number): Json | undefined => {
  if (value === undefined || value === null || typeof value !== 'object') return undefined;
  if (Array.isArray(value)) return typeof step === 'number' ? value[step] : undefined;
  return Object.hasOwn(value, step) ? value[step] : undefined;
};
