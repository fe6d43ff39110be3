import { below, type Node, parse } from './syntax.ts';

/** Names of a condition that are no facts of the deal but words of the run. */
export type RunWord = 'decision' | 'outcome';
const runWords: readonly string[] = ['decision', 'outcome'] satisfies RunWord[];

/** An author's condition as a machine reads it: over the run's state, with what it reads. */
export type Condition = Readonly<{ text: string; facts: readonly string[]; words: readonly RunWord[] }>;

type Root = Readonly<{ name: string; start: number }>;

/**
 * Rewrites a condition over the deal's facts to one over the state of the run: `paid < amount` becomes
 * `$states.input.facts.paid < $states.input.facts.amount`. Every other character stays as its author wrote it.
 */
export const overState = (expression: string): Condition => {
  const roots = rootsOf(parse(expression), expression);
  let text = expression;
  for (const { name, start } of [...roots].sort((a, b) => b.start - a.start)) {
    const place = isRunWord(name) ? '$states.input.' : '$states.input.facts.';
    text = text.slice(0, start) + place + text.slice(start);
  }
  const names = [...new Set(roots.map(({ name }) => name))].sort();
  return Object.freeze({
    text,
    facts: names.filter((name) => !isRunWord(name)),
    words: names.filter(isRunWord),
  });
};

/** A condition that holds where both do; the first is asked first. */
export const both = (a: Condition, b: Condition): Condition => ({
  text: `${operand(a.text)} and ${operand(b.text)}`,
  facts: [...new Set([...a.facts, ...b.facts])].sort(),
  words: [...new Set([...a.words, ...b.words])].sort(),
});

/**
 * The condition as something that is always true or false. A comparison with an absent field is neither, which the
 * service takes for an error; here it does not hold, as everywhere else in the product.
 */
export const wholly = (text: string): string => {
  const tree = parse(text);
  if (isCertain(tree)) return text;
  return tree.type === 'condition' ? `(${text}) ? true : false` : `${text} ? true : false`;
};

const isRunWord = (name: string): name is RunWord => runWords.includes(name);

/** Where the paths from the facts begin. The parser tells where a token ends, and drops its quotes. */
const rootsOf = (node: Node, source: string): readonly Root[] => {
  if (node.type !== 'path') return below(node).flatMap((child) => rootsOf(child, source));
  const [head, ...rest] = node.steps ?? [];
  const further = rest.flatMap((step) => below(step)).flatMap((child) => rootsOf(child, source));
  if (head?.type !== 'name') return [...(head ? rootsOf(head, source) : []), ...further];
  const name = String(head.value);
  const end = head.position ?? 0;
  const bare = source.slice(end - name.length, end) === name;
  const start = bare ? end - name.length : end - name.length - 2;
  return [{ name, start }, ...below(head).flatMap((child) => rootsOf(child, source)), ...further];
};

const operand = (text: string): string => {
  const { type, value } = parse(text);
  return type === 'condition' || (type === 'binary' && value === 'or') ? `(${text})` : text;
};

const certain = new Set(['=', '!=', 'in', 'and', 'or']);

const isCertain = (node: Node): boolean => {
  switch (node.type) {
    case 'binary':
      return certain.has(String(node.value));
    case 'value':
      return typeof node.value === 'boolean';
    case 'function':
      return node.procedure?.value === 'exists';
    case 'block':
      return node.expressions?.length === 1 && node.expressions.every(isCertain);
    case 'condition':
      return [node.then, node.else].every((branch) => branch !== undefined && isCertain(branch));
    default:
      return false;
  }
};
