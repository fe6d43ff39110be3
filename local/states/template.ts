import {
  type Evaluation,
  type Expression,
  evaluate,
  expectType,
  expressionText,
  parse,
} from './expression.ts';
import type { Json } from './json.ts';

/** A JSON value with expressions in it, compiled; `turn` tells apart the items of a Map. */
export type Template = (scope: Evaluation, turn?: number) => Json;

/** Reports an expression that does not parse; `location` names the field. */
export type Report = (location: string, problem: string) => void;

const constant = (value: Json): boolean => {
  if (typeof value === 'string') return expressionText(value) === undefined;
  if (value === null || typeof value !== 'object') return true;
  return Object.values(value).every(constant);
};

const parseAt = (text: string, location: string, report: Report): Expression | undefined => {
  try {
    return parse(text);
  } catch (error) {
    const { code, message } = error as { code?: string; message?: string };
    report(
      location,
      `the expression "${text}" does not parse: ${code ? `${code}: ` : ''}${message ?? error}`,
    );
    return undefined;
  }
};

/** Compiles a value at `location` (`Output/result`, `Items[0]`); constant parts are shared, not copied. */
export const compileTemplate = (value: Json, location: string, report: Report): Template => {
  if (constant(value)) return () => value;
  const text = expressionText(value);
  if (text !== undefined) {
    const expression = parseAt(text, location, report);
    return expression ? (scope, turn) => evaluate(expression, scope, location, turn) : () => null;
  }
  if (Array.isArray(value)) {
    const parts = value.map((part, n) => compileTemplate(part, `${location}[${n}]`, report));
    return (scope, turn) => parts.map((part) => part(scope, turn));
  }
  const entries = Object.entries(value as Record<string, Json>).map(
    ([key, part]) => [key, compileTemplate(part, `${location}/${key}`, report)] as const,
  );
  return (scope, turn) => {
    const made: Record<string, Json> = {};
    for (const [key, part] of entries) made[key] = part(scope, turn);
    return made;
  };
};

/** Compiles a field that takes one type only (`number`, `boolean`, `string`, `array`). */
export const compileTyped = (value: Json, type: string, location: string, report: Report): Template => {
  const template = compileTemplate(value, location, report);
  const text = expressionText(value);
  if (text === undefined) return template;
  return (scope, turn) => {
    const made = template(scope, turn);
    expectType(made, type, text, location);
    return made;
  };
};
