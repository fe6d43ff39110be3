import { compilePath } from './json-path.ts';
import type { Json } from './pattern-refused.ts';
import type { BusEvent, Rule, Target } from './rule.ts';

/** Makes what a target receives out of the event. */
export type InputOf = (event: BusEvent) => unknown;

/**
 * Compiles the part of a target that shapes its input: `Input`, `InputPath`, `InputTransformer`, or the whole event.
 *
 * @throws when two of them are given, or one of them is malformed
 */
export const compileInput = (rule: Pick<Rule, 'name' | 'arn'>, target: Target): InputOf => {
  const given = [target.input, target.inputPath, target.inputTransformer].filter(
    (part) => part !== undefined,
  );
  if (given.length > 1) {
    throw new Error(
      `rule ${rule.name}, target ${target.id}: give one of Input, InputPath and InputTransformer, not ${given.length}`,
    );
  }
  if (target.input !== undefined) {
    const input: unknown = JSON.parse(target.input);
    return () => input;
  }
  if (target.inputPath !== undefined) {
    const read = compilePath(target.inputPath);
    return (event) => read(event) ?? null;
  }
  return target.inputTransformer === undefined
    ? (event) => event
    : transformer(rule, target.inputTransformer);
};

const transformer = (
  rule: Pick<Rule, 'name' | 'arn'>,
  { inputPathsMap = {}, inputTemplate }: NonNullable<Target['inputTransformer']>,
): InputOf => {
  const readers = new Map(Object.entries(inputPathsMap).map(([name, path]) => [name, compilePath(path)]));
  const variable = (name: string, event: BusEvent): Json | undefined => {
    switch (name) {
      case 'aws.events.rule-arn':
        return rule.arn ?? '';
      case 'aws.events.rule-name':
        return rule.name;
      case 'aws.events.event.ingestion-time':
        return event.time;
      case 'aws.events.event.json':
        return event;
      case 'aws.events.event': {
        const { detail: _, ...envelope } = event;
        return envelope;
      }
      default:
        return readers.get(name)?.(event);
    }
  };
  return (event) => fill(inputTemplate, (name) => variable(name, event));
};

/**
 * Puts values in the places `<name>` of a template. Outside of a JSON string a value stands as JSON, inside one as text
 * without its quotes; a value that is absent is an empty text. A template that is not JSON gives plain text.
 */
const fill = (template: string, read: (name: string) => Json | undefined): unknown => {
  const isJson = /^\s*[[{"]/.test(template);
  let quoted = false;
  const filled = template.replace(/\\.|"|<([\w.-]+)>/gs, (piece, name: string | undefined) => {
    if (piece === '"') quoted = !quoted;
    if (name === undefined) return piece;
    const value = read(name) ?? '';
    if (isJson && !quoted) return JSON.stringify(value);
    const text = typeof value === 'string' ? value : JSON.stringify(value).replaceAll('"', '');
    return isJson ? JSON.stringify(text).slice(1, -1) : text;
  });
  if (!isJson) return filled;
  try {
    return JSON.parse(filled);
  } catch (cause) {
    // Several quoted lines are a legal template of text, and no JSON.
    if (!filled.trimStart().startsWith('"')) {
      throw new Error(`input template ${template}: gives ${filled}, which is no JSON`, { cause });
    }
    return filled;
  }
};
