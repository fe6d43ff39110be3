import { BlockList, isIP } from 'node:net';
import { type Json, PatternRefused } from './pattern-refused.ts';

/** Tells whether one value, never an array or an object, satisfies one alternative of a pattern. */
export type Test = (value: Json) => boolean;

type Path = readonly string[];
type Operator = (argument: unknown, path: Path) => Test | 'absent';

/**
 * The test that one alternative of a pattern's array stands for, or `absent` for `{ exists: false }`.
 *
 * @throws {PatternRefused} for an operator EventBridge does not have, or an argument it does not take
 */
export const testOf = (alternative: unknown, path: Path): Test | 'absent' => {
  if (alternative === null || ['string', 'number', 'boolean'].includes(typeof alternative)) {
    return (value) => value === alternative;
  }
  const [operator, argument] = onlyEntry(alternative, path);
  const make = Object.hasOwn(operators, operator) ? operators[operator] : undefined;
  if (make === undefined) {
    const known = Object.keys(operators).join(', ');
    throw new PatternRefused(path, alternative, `a literal or one of the operators ${known}`);
  }
  return make(argument, path);
};

const operators: Record<string, Operator> = {
  exists: (argument, path) => {
    if (typeof argument !== 'boolean') throw new PatternRefused(path, argument, 'exists: true or false');
    return argument ? () => true : 'absent';
  },
  prefix: (argument, path) => affix('prefix', argument, path),
  suffix: (argument, path) => affix('suffix', argument, path),
  'equals-ignore-case': (argument, path) => {
    const wanted = folded(text('equals-ignore-case', argument, path));
    return onText((value) => folded(value) === wanted);
  },
  wildcard: (argument, path) => {
    const expression = wildcard(text('wildcard', argument, path), path);
    return onText((value) => expression.test(value));
  },
  numeric: (argument, path) => numeric(argument, path),
  cidr: (argument, path) => cidr(text('cidr', argument, path), path),
  'anything-but': (argument, path) => anythingBut(argument, path),
};

/** `{ prefix: 'a' }` or `{ prefix: { 'equals-ignore-case': 'a' } }`, and the same for a suffix. */
const affix = (name: 'prefix' | 'suffix', argument: unknown, path: Path): Test => {
  const ends = (value: string, wanted: string) =>
    name === 'prefix' ? value.startsWith(wanted) : value.endsWith(wanted);
  if (typeof argument === 'string') return onText((value) => ends(value, argument));
  const [operator, inner] = onlyEntry(argument, path);
  if (operator !== 'equals-ignore-case') {
    throw new PatternRefused(path, argument, `${name}: a string, or { "equals-ignore-case": a string }`);
  }
  const wanted = folded(text(name, inner, path));
  return onText((value) => ends(folded(value), wanted));
};

/** Everything but literals, or but what a prefix, suffix, wildcard or caseless comparison would match. */
const anythingBut = (argument: unknown, path: Path): Test => {
  const literals = Array.isArray(argument) ? argument : [argument];
  if (
    literals.length > 0 &&
    ['string', 'number'].some((type) => literals.every((it) => typeof it === type))
  ) {
    const unwanted = new Set<unknown>(literals);
    return (value) => !unwanted.has(value);
  }
  if (typeof argument === 'object' && argument !== null && !Array.isArray(argument)) {
    const [operator, inner] = onlyEntry(argument, path);
    const make = ['prefix', 'suffix', 'wildcard', 'equals-ignore-case'].includes(operator)
      ? operators[operator]
      : undefined;
    const values = Array.isArray(inner) ? inner : [inner];
    if (make !== undefined && values.length > 0) {
      const tests = values.map((value) => {
        if (value === '')
          throw new PatternRefused(path, argument, `anything-but ${operator}: a string that is not empty`);
        return make(value, path);
      });
      return (value) => !tests.some((test) => test !== 'absent' && test(value));
    }
  }
  throw new PatternRefused(
    path,
    argument,
    'anything-but: a string, a number, a list of one of them, or { prefix, suffix, wildcard or equals-ignore-case }',
  );
};

/** The service compares numbers within five thousand million alone: more is no match, in either place. */
const NUMERIC_LIMIT = 5e9;

const comparisons: Record<string, (value: number, bound: number) => boolean> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

const numeric = (argument: unknown, path: Path): Test => {
  const allowed =
    'numeric: [operator, number] or a range as [">", 0, "<=", 5], numbers within -5e9 and 5e9, lower bound first';
  const refuse = () => new PatternRefused(path, argument, allowed);
  if (!Array.isArray(argument) || (argument.length !== 2 && argument.length !== 4)) throw refuse();
  const parts: ((value: number) => boolean)[] = [];
  const bounds: number[] = [];
  for (let at = 0; at < argument.length; at += 2) {
    const [operator, bound] = [argument[at], argument[at + 1]];
    const compare = typeof operator === 'string' ? comparisons[operator] : undefined;
    if (compare === undefined || typeof bound !== 'number' || Math.abs(bound) > NUMERIC_LIMIT) throw refuse();
    bounds.push(bound);
    parts.push((value) => compare(value, bound));
  }
  const [low, high] = bounds;
  if (low !== undefined && high !== undefined) {
    const isRange = String(argument[0]).startsWith('>') && String(argument[2]).startsWith('<') && low < high;
    if (!isRange) throw refuse();
  }
  return (value) =>
    typeof value === 'number' && Math.abs(value) <= NUMERIC_LIMIT && parts.every((part) => part(value));
};

const cidr = (block: string, path: Path): Test => {
  const refuse = () => new PatternRefused(path, block, 'cidr: a block as 10.0.0.0/24 or 2001:db8::/32');
  const [address = '', bits = '', ...rest] = block.split('/');
  const version = isIP(address);
  const prefix = Number(bits);
  if (rest.length > 0 || version === 0 || !/^\d{1,3}$/.test(bits) || prefix > (version === 4 ? 32 : 128))
    throw refuse();
  const family = version === 4 ? 'ipv4' : 'ipv6';
  const list = new BlockList();
  list.addSubnet(address, prefix, family);
  return onText((value) => isIP(value) === version && list.check(value, family));
};

const wildcard = (pattern: string, path: Path): RegExp => {
  const refuse = (allowed: string) => new PatternRefused(path, pattern, allowed);
  let expression = '';
  for (let at = 0; at < pattern.length; at += 1) {
    const char = pattern.charAt(at);
    if (char === '\\') {
      const next = pattern.charAt(at + 1);
      if (next !== '*' && next !== '\\') throw refuse('wildcard: a backslash before * or another backslash');
      expression += `\\${next}`;
      at += 1;
    } else if (char === '*') {
      if (pattern.charAt(at + 1) === '*') throw refuse('wildcard: no two * in a row');
      expression += '.*';
    } else {
      expression += char.replace(/[.+?^${}()|[\]]/, '\\$&');
    }
  }
  return new RegExp(`^${expression}$`, 's');
};

const onText =
  (test: (value: string) => boolean): Test =>
  (value) =>
    typeof value === 'string' && test(value);

const text = (operator: string, argument: unknown, path: Path): string => {
  if (typeof argument !== 'string') throw new PatternRefused(path, argument, `${operator}: a string`);
  return argument;
};

const folded = (value: string): string => value.toLowerCase();

const onlyEntry = (value: unknown, path: Path): [operator: string, argument: unknown] => {
  const entries =
    typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
  const [only, ...more] = entries;
  if (only === undefined || more.length > 0)
    throw new PatternRefused(path, value, 'an object with exactly one operator');
  return only;
};
