import jsonata from 'jsonata';
import { figures } from './figures.ts';

const parsed = new Map<string, jsonata.Expression>();

const parse = (expression: string): jsonata.Expression => {
  const known = parsed.get(expression);
  if (known !== undefined) return known;
  const fresh = jsonata(expression);
  // It would take a text for an expression, and texts are what people write.
  fresh.assign('eval', undefined);
  for (const [name, figure] of Object.entries(figures)) fresh.assign(name, figure);
  parsed.set(expression, fresh);
  return fresh;
};

/** What a deal's conditions read, by name; a fact without a value is absent. */
export type Facts = Readonly<Record<string, unknown>>;

/** The value of a JSONata expression over facts; `undefined` where it has none. Parses are kept for the process. */
export const evaluate = async (expression: string, facts: Facts): Promise<unknown> =>
  parse(expression).evaluate(facts);

/** Whether a condition holds; absent counts as no. */
export const holds = async (condition: string, facts: Facts): Promise<boolean> =>
  (await evaluate(condition, facts)) === true;

type Node = { type?: string; value?: unknown; steps?: Node[]; [key: string]: unknown };

const collect = (node: unknown, names: Set<string>): void => {
  if (Array.isArray(node)) {
    for (const child of node) collect(child, names);
    return;
  }
  if (node === null || typeof node !== 'object') return;
  const { type, steps, value, ...rest } = node as Node;
  if (type === 'path' && Array.isArray(steps)) {
    const [first, ...others] = steps;
    const isRoot = first?.type === 'variable' && first.value === '$';
    const named = isRoot ? others[0] : first;
    if (named?.type === 'name' && typeof named.value === 'string') names.add(named.value);
    else collect(first, names);
    for (const step of others) if (step.type !== 'name') collect(step, names);
    return;
  }
  if (type === 'name' && typeof value === 'string') names.add(value);
  for (const child of Object.values(rest)) collect(child, names);
};

/** The facts an expression reads: first names of its paths. */
export const namesIn = (expression: string): ReadonlySet<string> => {
  const names = new Set<string>();
  collect(parse(expression).ast(), names);
  return names;
};
