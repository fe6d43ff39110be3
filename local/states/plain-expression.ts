import type { Json } from './json.ts';

/** What an expression sees: the parts of `$states`, and the variables in scope. */
export type Scope = {
  readonly input: Json;
  readonly result?: Json | undefined;
  readonly errorOutput?: Json | undefined;
  readonly context: Json;
  readonly vars: { readonly [name: string]: Json };
};

/** A node of the tree that the reference parser gives; only the parts read here. */
export type Ast = {
  type: string;
  value?: unknown;
  steps?: Ast[];
  stages?: Ast[];
  predicate?: Ast[];
  expr?: Ast;
  lhs?: Ast | [Ast, Ast][];
  rhs?: Ast;
  expression?: Ast;
  expressions?: Ast[];
  condition?: Ast;
  then?: Ast;
  else?: Ast;
  procedure?: Ast;
  arguments?: Ast[];
  [other: string]: unknown;
};

/** A synchronous stand-in for one expression. It throws `BEYOND` where only the library knows the answer. */
export type Plain = (scope: Scope) => unknown;

/** Thrown when values (not syntax) leave the plain subset: a sequence to map over, a type error to word. */
export const BEYOND = Symbol('beyond the plain subset');

const beyond = (): never => {
  throw BEYOND;
};

const STATES = { input: 'input', result: 'result', errorOutput: 'errorOutput', context: 'context' } as const;

const KNOWN_KEYS: Record<string, readonly string[]> = {
  path: ['type', 'steps'],
  variable: ['type', 'value', 'position', 'predicate'],
  name: ['type', 'value', 'position', 'stages'],
  string: ['type', 'value', 'position'],
  number: ['type', 'value', 'position'],
  value: ['type', 'value', 'position'],
  binary: ['type', 'value', 'position', 'lhs', 'rhs'],
  unary: ['type', 'value', 'position', 'lhs', 'expression', 'expressions'],
  condition: ['type', 'position', 'condition', 'then', 'else'],
  block: ['type', 'position', 'expressions'],
  function: ['type', 'value', 'position', 'name', 'procedure', 'arguments', 'nextFunction'],
};

const field = (value: unknown, name: string): unknown => {
  if (Array.isArray(value)) return beyond();
  if (value === null || typeof value !== 'object') return undefined;
  const found = (value as Record<string, unknown>)[name];
  return typeof found === 'function' ? beyond() : found;
};

const truthy = (value: unknown): boolean => {
  if (Array.isArray(value)) return value.length === 1 ? truthy(value[0]) : value.some(truthy);
  if (typeof value === 'number' && !Number.isFinite(value)) return beyond();
  if (value !== null && typeof value === 'object') return Object.keys(value).length > 0;
  return Boolean(value);
};

const text = (value: unknown): string => {
  if (value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean' || value === null) return String(value);
  if (typeof value === 'number' && Number.isFinite(value))
    return JSON.stringify(Number(value.toPrecision(15)));
  return beyond();
};

const equal = (a: unknown, b: unknown): boolean => {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return beyond();
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, n) => equal(item, b[n]));
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((k) => Object.hasOwn(right, k) && equal(left[k], right[k]))
  );
};

const item = (value: unknown, index: unknown): unknown => {
  if (typeof index !== 'number' || !Number.isFinite(index)) return beyond();
  const list = Array.isArray(value) ? value : value === undefined ? [] : [value];
  const whole = Math.floor(index);
  return list[whole < 0 ? list.length + whole : whole];
};

const number = (value: unknown): number | undefined =>
  value === undefined || (typeof value === 'number' && Number.isFinite(value)) ? value : beyond();

const compare = (op: string, a: unknown, b: unknown): boolean | undefined => {
  for (const side of [a, b])
    if (side !== undefined && typeof side !== 'string' && typeof side !== 'number') beyond();
  if (a === undefined || b === undefined) return undefined;
  if (typeof a !== typeof b) return beyond();
  const [left, right] = [a as string, b as string];
  if (op === '<') return left < right;
  if (op === '<=') return left <= right;
  return op === '>' ? left > right : left >= right;
};

const arithmetic = (op: string, a: unknown, b: unknown): number | undefined => {
  const [left, right] = [number(a), number(b)];
  if (left === undefined || right === undefined) return undefined;
  const made =
    op === '+'
      ? left + right
      : op === '-'
        ? left - right
        : op === '*'
          ? left * right
          : op === '/'
            ? left / right
            : left % right;
  return number(made);
};

const binary = (op: string, left: Plain, right: Plain): Plain | undefined => {
  switch (op) {
    case 'and':
      return (s) => truthy(left(s)) && truthy(right(s));
    case 'or':
      return (s) => truthy(left(s)) || truthy(right(s));
    case '&':
      return (s) => text(left(s)) + text(right(s));
    case '=':
    case '!=':
      return (s) => {
        const [a, b] = [left(s), right(s)];
        return a !== undefined && b !== undefined && equal(a, b) === (op === '=');
      };
    case '<':
    case '<=':
    case '>':
    case '>=':
      return (s) => compare(op, left(s), right(s));
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
      return (s) => arithmetic(op, left(s), right(s));
    default:
      return undefined;
  }
};

const merge = (list: unknown): unknown => {
  const merged: Record<string, unknown> = {};
  for (const part of Array.isArray(list) ? list : [list]) {
    if (part === null || typeof part !== 'object' || Array.isArray(part)) return beyond();
    Object.assign(merged, part);
  }
  return merged;
};

const numbers = (value: unknown): number[] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((part) => typeof part === 'number' && Number.isFinite(part))
    ? value
    : beyond();

const string = (value: unknown): string => (typeof value === 'string' ? value : beyond());

const rounded = (round: (value: number) => number) => (value: unknown) => {
  const found = number(value);
  return found === undefined ? undefined : round(found);
};

const append = (left: unknown, right: unknown): unknown => {
  if (!Array.isArray(left) || !Array.isArray(right)) return beyond();
  return [...left, ...right];
};

/** Functions of the library, for as many arguments as these take, where the answer is simple. */
const FUNCTIONS: Record<string, (...values: unknown[]) => unknown> = {
  exists: (value: unknown) => value !== undefined,
  not: (value: unknown) => (value === undefined ? undefined : !truthy(value)),
  boolean: (value: unknown) => (value === undefined ? undefined : truthy(value)),
  merge: (value: unknown) => (value === undefined ? beyond() : merge(value)),
  count: (value: unknown) => (Array.isArray(value) ? value.length : beyond()),
  string: (value: unknown) => (value === undefined ? undefined : text(value)),
  sum: (value: unknown) => number(numbers(value).reduce((total, part) => total + part, 0)),
  max: (value: unknown) => Math.max(...numbers(value)),
  min: (value: unknown) => Math.min(...numbers(value)),
  floor: rounded(Math.floor),
  ceil: rounded(Math.ceil),
  abs: rounded(Math.abs),
  length: (value: unknown) => Array.from(string(value)).length,
  uppercase: (value: unknown) => string(value).toUpperCase(),
  lowercase: (value: unknown) => string(value).toLowerCase(),
  append,
  contains: (value: unknown, part: unknown) => string(value).includes(string(part)),
};

const call = (ast: Ast): Plain | undefined => {
  const name = ast.procedure?.type === 'variable' ? String(ast.procedure.value) : '';
  const act = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  const given = (ast.arguments ?? []).map(compile);
  const [first, second] = given;
  if (!act || !first || given.length !== act.length || (act.length === 2 && !second)) return undefined;
  // A variable of the same name would hide the function.
  return (s) => (Object.hasOwn(s.vars, name) ? beyond() : second ? act(first(s), second(s)) : act(first(s)));
};

const listOf = (ast: Ast): Plain | undefined => {
  const parts = (ast.expressions ?? []).map((part) => ({ nested: part.value === '[', of: compile(part) }));
  if (parts.some((part) => !part.of)) return undefined;
  return (s) => {
    const list: unknown[] = [];
    for (const part of parts) {
      const value = part.of?.(s);
      if (value === undefined) continue;
      if (Array.isArray(value) && !part.nested) list.push(...value);
      else list.push(value);
    }
    return list;
  };
};

const objectOf = (ast: Ast): Plain | undefined => {
  const entries: { key: string; of: Plain }[] = [];
  for (const [key, value] of (ast.lhs ?? []) as [Ast, Ast][]) {
    const of = compile(value);
    // Computed keys group values, `__proto__` is no ordinary key, and a repeated one is an error.
    if (key.type !== 'string' || typeof key.value !== 'string' || !of) return undefined;
    const name = key.value;
    if (name === '__proto__' || /^\d+$/.test(name) || entries.some((entry) => entry.key === name))
      return undefined;
    entries.push({ key: name, of });
  }
  return (s) => {
    const made: Record<string, unknown> = {};
    for (const { key, of } of entries) {
      const value = of(s);
      if (value !== undefined) made[key] = value;
    }
    return made;
  };
};

const unary = (ast: Ast): Plain | undefined => {
  if (ast.value === '[') return listOf(ast);
  if (ast.value === '{') return objectOf(ast);
  const operand = ast.value === '-' && ast.expression ? compile(ast.expression) : undefined;
  return (
    operand &&
    ((s) => {
      const value = number(operand(s));
      return value === undefined ? undefined : -value;
    })
  );
};

const indexed = (base: Plain, filters: Ast[]): Plain | undefined => {
  let plain = base;
  for (const [n, filter] of filters.entries()) {
    const index = filter.type === 'filter' && filter.expr ? compile(filter.expr) : undefined;
    if (!index) return undefined;
    const inner = plain;
    plain = (s) => {
      const list = inner(s);
      // A second index looks into the sequence that the first one made, not into its element.
      if (n > 0 && Array.isArray(list)) return beyond();
      return list === undefined ? undefined : item(list, index(s));
    };
  }
  return plain;
};

const variable = (ast: Ast): Plain | undefined => {
  const name = String(ast.value);
  // The context (`$`), the root (`$$`) and `$states` as a whole are left to the library.
  if (name === '' || name === '$' || name === 'states') return undefined;
  return indexed((s) => (Object.hasOwn(s.vars, name) ? s.vars[name] : undefined), ast.predicate ?? []);
};

const path = (ast: Ast): Plain | undefined => {
  const [first, ...rest] = ast.steps ?? [];
  if (first?.type !== 'variable') return undefined;
  let steps = rest;
  let plain: Plain | undefined;
  if (first.value === 'states') {
    const [part, ...more] = rest;
    const name = part?.type === 'name' ? String(part.value) : '';
    if (!part || first.predicate || !Object.hasOwn(STATES, name) || !knows(part)) return undefined;
    const key = STATES[name as keyof typeof STATES];
    plain = indexed((s) => s[key], part.stages ?? []);
    steps = more;
  } else {
    plain = knows(first) ? variable(first) : undefined;
  }
  for (const step of steps) {
    if (!plain || step.type !== 'name' || !knows(step)) return undefined;
    const inner = plain;
    const name = String(step.value);
    plain = indexed((s) => field(inner(s), name), step.stages ?? []);
  }
  return plain;
};

const knows = (ast: Ast): boolean => {
  const keys = KNOWN_KEYS[ast.type];
  return keys !== undefined && Object.keys(ast).every((key) => keys.includes(key));
};

/**
 * Turns a parsed expression into closures, or answers `undefined` for syntax outside the plain subset:
 * paths from a variable, indexes, comparisons, `and`/`or`, `&`, arithmetic, the conditional, literals,
 * constructors and some functions. A property test holds it equal to the library.
 */
export const compile = (ast: Ast): Plain | undefined => {
  if (!knows(ast)) return undefined;
  switch (ast.type) {
    case 'string':
    case 'number':
    case 'value':
      return () => ast.value;
    case 'variable':
      return variable(ast);
    case 'path':
      return path(ast);
    case 'unary':
      return unary(ast);
    case 'function':
      return call(ast);
    case 'binary': {
      const left = compile(ast.lhs as Ast);
      const right = ast.rhs && compile(ast.rhs);
      return left && right && binary(String(ast.value), left, right);
    }
    case 'condition': {
      const [when, then] = [ast.condition && compile(ast.condition), ast.then && compile(ast.then)];
      const otherwise = ast.else ? compile(ast.else) : () => undefined;
      return when && then && otherwise && ((s) => (truthy(when(s)) ? then(s) : otherwise(s)));
    }
    case 'block': {
      const [only, ...more] = ast.expressions ?? [];
      return only && more.length === 0 ? compile(only) : undefined;
    }
    default:
      return undefined;
  }
};
