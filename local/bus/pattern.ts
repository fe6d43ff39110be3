import { type Json, PatternRefused } from './pattern-refused.ts';
import { type Test, testOf } from './pattern-tests.ts';

/** Tells whether an event matches; made once for each rule by {@link compilePattern}. */
export type Predicate = (event: Json) => boolean;

/** Matches one place of the event; `root` is the whole event, which absence has to be looked for in. */
type Matcher = (value: Json | undefined, root: Json) => boolean;

/**
 * Compiles an EventBridge event pattern into a predicate.
 *
 * Arrays of the event match if any element does; fields of one object pattern have to match within the same
 * element. The operators are those of an event bus; anything else is refused.
 *
 * Known difference: EventBridge tells `300` from `300.0` and `3.0e2` in the event's text; here the text is already parsed.
 *
 * @throws {PatternRefused} with the path of what cannot be understood
 */
export const compilePattern = (pattern: unknown): Predicate => {
  if (!isObject(pattern)) throw new PatternRefused([], pattern, 'an object');
  const matches = objectMatcher(pattern, []);
  return (event) => matches(event, event);
};

const objectMatcher = (pattern: Record<string, unknown>, path: readonly string[]): Matcher => {
  const entries = Object.entries(pattern);
  if (entries.length === 0) throw new PatternRefused(path, pattern, 'an object with at least one field');
  const parts = entries.map(([key, value]): Matcher => {
    if (key === '$or' && isAlternatives(value)) return eitherMatcher(value, path);
    const matcher = fieldMatcher(value, [...path, key]);
    return (parent, root) => matcher(fieldOf(parent, key), root);
  });
  const all: Matcher = (value, root) => parts.every((part) => part(value, root));
  return (value, root) => {
    if (!Array.isArray(value)) return all(value, root);
    const elements = leaves(value);
    // No element to choose: fields below are absent, which an `exists: false` there is waiting for.
    return elements.length === 0 ? all(undefined, root) : elements.some((element) => all(element, root));
  };
};

const fieldMatcher = (value: unknown, path: readonly string[]): Matcher => {
  if (Array.isArray(value)) return leafMatcher(value, path);
  if (isObject(value)) return objectMatcher(value, path);
  throw new PatternRefused(path, value, 'an array of values, or an object of fields');
};

const leafMatcher = (alternatives: readonly unknown[], path: readonly string[]): Matcher => {
  if (alternatives.length === 0) throw new PatternRefused(path, alternatives, 'at least one value');
  const tests = alternatives.map((alternative) => testOf(alternative, path));
  const absent = tests.some((test) => test === 'absent');
  const present = tests.filter((test): test is Test => test !== 'absent');
  return (value, root) => {
    const values = leaves(value).filter((leaf) => !isObject(leaf));
    if (values.some((leaf) => present.some((test) => test(leaf)))) return true;
    return absent && !holds(root, path);
  };
};

/** Each object needs its own sight of the same parent, so that `$or` may stand at any depth. */
const eitherMatcher = (alternatives: Record<string, unknown>[], path: readonly string[]): Matcher => {
  const matchers = alternatives.map((alternative) => objectMatcher(alternative, path));
  return (value, root) => matchers.some((matcher) => matcher(value, root));
};

/** `$or` is the operator only before two or more objects; otherwise it is a field that happens to have the name. */
const isAlternatives = (value: unknown): value is Record<string, unknown>[] =>
  Array.isArray(value) && value.length >= 2 && value.every(isObject);

/** Whether any value, not an object, stands at `path`, through whatever arrays are on the way. */
const holds = (value: Json | undefined, path: readonly string[]): boolean => {
  const elements = leaves(value);
  const [key, ...rest] = path;
  if (key === undefined) return elements.some((element) => !isObject(element));
  return elements.some((element) => holds(fieldOf(element, key), rest));
};

/** A key that the event inherits from its prototype is no field of it. */
const fieldOf = (value: Json | undefined, key: string): Json | undefined =>
  isObject(value) && Object.hasOwn(value, key) ? (value[key] as Json | undefined) : undefined;

const leaves = (value: Json | undefined): Json[] => {
  if (value === undefined) return [];
  return Array.isArray(value) ? value.flatMap(leaves) : [value];
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
