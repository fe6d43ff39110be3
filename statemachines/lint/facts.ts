import type { Field, Pipeline } from '../../schemas/pipeline.ts';
import { below, type Node, parse } from '../compile/syntax.ts';

/** What every deal has; conditions may read it beside the fields. */
export const always = [
  'id',
  'number',
  'title',
  'pipeline',
  'stage',
  'seq',
  'createdAt',
  'stageSince',
  'running',
];

/** What a deal may have, beside its fields. */
export const sometimes = [
  'responsible',
  'initiator',
  'outcome',
  'opened',
  'decision',
  'creator',
  'cameFrom',
  'closedAt',
  'parcel',
];

/** What guards read beside: the day in the company's zone, and the instant. */
export const inGuards = ['today', 'now'];

/** Fields that name a person without being declared. */
export const people = ['responsible', 'initiator'];

/** The tree of an expression; `undefined` where it is no JSONata, which the check `rich-expression` reports. */
export const tree = (expression: string): Node | undefined => {
  try {
    return parse(expression);
  } catch {
    return undefined;
  }
};

/** A path as its author wrote it, `opened.date`; `undefined` for a node that is no plain path. */
export const pathIn = (node: Node): string | undefined =>
  node.type === 'path' && node.steps?.every(({ type }) => type === 'name')
    ? node.steps.map(({ value }) => String(value)).join('.')
    : undefined;

/** The paths an expression reads; what a filter or a later step reads of rows is about their columns: `items.price`. */
export const pathsIn = (node: Node): string[] => {
  const path = pathIn(node);
  const [first, ...further] = node.steps ?? [];
  if (path === undefined && (node.type !== 'path' || first?.type !== 'name'))
    return below(node).flatMap(pathsIn);
  const inside = [...(first?.stages ?? []), ...(path === undefined ? further : [])].flatMap((one) =>
    one.type === 'name' ? [String(one.value), ...below(one).flatMap(pathsIn)] : pathsIn(one),
  );
  return [path ?? String(first?.value), ...inside.map((name) => `${String(first?.value)}.${name}`)];
};

/** The field a path reads: `opened.date` is about `date`. */
export const fieldOf = (path: string): string => {
  const [first = path, second] = path.split('.');
  return first === 'opened' && second !== undefined ? second : first;
};

/** The fields an expression is about; empty where it is no JSONata. */
export const fieldsIn = (expression: string): string[] => {
  const node = tree(expression);
  return node ? pathsIn(node).map(fieldOf) : [];
};

/** Whether the path has a value in every deal: what each deal has, and sums of the ledger. */
export const isPresent = (pipeline: Pipeline, path: string): boolean =>
  [...always, ...inGuards].includes(path) || ['total', 'accrued'].includes(pipeline.fields[path]?.type ?? '');

/** Whether a person or a step may write the field. */
export const isWritable = (field: Field): boolean => field.type !== 'total' && field.type !== 'computed';
