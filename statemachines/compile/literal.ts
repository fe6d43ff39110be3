import type { Json } from './asl.ts';
import { isPlain } from './plain.ts';
import { CannotCompile } from './refused.ts';

/** An expression as a definition writes it; only plain ones leave the compiler. */
export const jsonata = (expression: string): string => {
  const rich = isPlain(expression, ['states']);
  if (rich === undefined) return `{% ${expression} %}`;
  throw new CannotCompile(`the expression "${expression}" is too rich for a state machine: ${rich}`);
};

/**
 * Words of a definition as JSON that the service takes as they are. A text that opens like an expression would be
 * evaluated there.
 */
export const literal = (value: unknown): Json => {
  if (typeof value === 'string' && value.startsWith('{%'))
    throw new CannotCompile(
      `a text begins with "{%", which opens an expression: "${value}". Begin it otherwise`,
    );
  if (Array.isArray(value)) return value.map(literal);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, part]) => (part === undefined ? [] : [[key, literal(part)]])),
    );
  return value as Json;
};
