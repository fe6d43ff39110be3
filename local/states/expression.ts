import jsonata from 'jsonata';
import { type Chance, momentary, register } from './functions.ts';
import { type Json, typeName } from './json.ts';
import { type Ast, BEYOND, compile, type Plain, type Scope } from './plain-expression.ts';

/** A scope with what an evaluation by the library needs: the moment, and the answers it already gave. */
export type Evaluation = Scope & {
  readonly nowMs: number;
  readonly chance: Chance;
  /** Answers by field, kept while a step is repeated after a pause. */
  readonly memo: Map<string, { value: unknown } | { error: unknown }>;
};

/** Thrown when a step needs an answer that only the asynchronous library has: repeat it after `ready`. */
export class Pause {
  readonly ready: Promise<void>;
  constructor(ready: Promise<void>) {
    this.ready = ready;
  }
}

/** An expression or a field has no usable value: `States.QueryEvaluationError`, in the service's words. */
export class QueryFailure {
  readonly message: string;
  readonly location: string | undefined;
  constructor(message: string, location?: string) {
    this.message = message;
    this.location = location;
  }
}

/** One parsed expression; parsing happens once for each text. */
export type Expression = {
  readonly text: string;
  readonly parsed: jsonata.Expression;
  readonly plain: Plain | undefined;
  /** Whether it may ask for the time or for chance, which have to be bound for each evaluation. */
  readonly momentary: boolean;
};

const cache = new Map<string, Expression>();

const marked = /^\{%([\s\S]*)%\}$/;

/** The text between the marks, or `undefined`: only a string that begins with `{%` and ends with `%}` counts. */
export const expressionText = (value: unknown): string | undefined =>
  typeof value === 'string' ? marked.exec(value)?.[1]?.trim() : undefined;

/** Parses an expression (2.0.6, as the service does); throws the parser's error for bad syntax. */
export const parse = (text: string): Expression => {
  const known = cache.get(text);
  if (known) return known;
  const parsed = register(jsonata(text));
  const expression: Expression = {
    text,
    parsed,
    plain: compile(parsed.ast() as unknown as Ast),
    momentary: /\b(?:now|millis|random|eval)\b/.test(text),
  };
  cache.set(text, expression);
  return expression;
};

/** Copies a library value into plain JSON: no sequence marks, no functions, no `undefined`. */
const toJson = (value: unknown, expression: Expression, location: string): Json => {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (Array.isArray(value)) return value.map((part) => toJson(part ?? null, expression, location));
  if (typeof value === 'object' && !('_jsonata_function' in value) && !('_jsonata_lambda' in value)) {
    const copy: Record<string, Json> = {};
    for (const [key, part] of Object.entries(value)) {
      if (part !== undefined) copy[key] = toJson(part, expression, location);
    }
    return copy;
  }
  throw new QueryFailure(
    `The JSONata expression '${expression.text}' specified for the field '${location}' returned an unsupported result type 'function'.`,
    location,
  );
};

const words = (error: unknown): string => {
  const { code, message } = error as { code?: string; message?: string };
  return code ? `${code}: ${message ?? ''}` : String(message ?? error);
};

const askLibrary = (expression: Expression, scope: Evaluation, key: string): never => {
  const { input, result, errorOutput, vars, nowMs, chance, memo } = scope;
  const states: Record<string, unknown> = {
    input,
    // Made only if the expression looks at it.
    get context() {
      return scope.context;
    },
  };
  if (result !== undefined) states.result = result;
  if (errorOutput !== undefined) states.errorOutput = errorOutput;
  const bindings = expression.momentary
    ? { ...momentary(nowMs, chance), ...vars, states }
    : { ...vars, states };
  throw new Pause(
    expression.parsed.evaluate(undefined, bindings).then(
      (value) => void memo.set(key, { value }),
      (error) => void memo.set(key, { error }),
    ),
  );
};

/**
 * The value of an expression.
 *
 * @throws {QueryFailure} if it fails or returns nothing
 * @throws {Pause} if the library has to be asked; the same call after the pause finds the answer in `memo`
 */
export const evaluate = (expression: Expression, scope: Evaluation, location: string, turn = 0): Json => {
  let value: unknown;
  let asked = expression.plain === undefined;
  if (expression.plain) {
    try {
      value = expression.plain(scope);
    } catch (reason) {
      if (reason !== BEYOND) throw reason;
      asked = true;
    }
  }
  if (asked) {
    const key = turn === 0 ? location : `${location}#${turn}`;
    const answer = scope.memo.get(key) ?? askLibrary(expression, scope, key);
    if ('error' in answer) {
      throw new QueryFailure(
        `The JSONata expression '${expression.text}' specified for the field '${location}' threw an error during evaluation. ${words(answer.error)}`,
        location,
      );
    }
    value = answer.value === undefined ? undefined : toJson(answer.value, expression, location);
  }
  if (value === undefined) {
    throw new QueryFailure(
      `The JSONata expression '${expression.text}' specified for the field '${location}' returned nothing (undefined).`,
      location,
    );
  }
  return value as Json;
};

/** Refuses a value of another type than the field takes. */
export const expectType = (value: Json, type: string, text: string, location: string): void => {
  if (typeName(value) === type) return;
  throw new QueryFailure(
    `The JSONata expression '${text}' specified for the field '${location}' returned an unexpected result type. Expected '${type}', but was '${typeName(value)}' for value: ${JSON.stringify(value)}`,
    location,
  );
};
