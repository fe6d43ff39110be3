import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { pathOf } from './check.ts';
import type { Condition, Key, Write } from './port.ts';
import { marshal } from './values.ts';

/** The placeholders of one request; every name and value goes through one, so no word is reserved. */
export type Placeholders = {
  name(name: string): string;
  value(value: unknown, path: string): string;
  /** The members of the request that the expressions need; AWS refuses empty ones. */
  used(): {
    ExpressionAttributeNames?: Record<string, string>;
    ExpressionAttributeValues?: Record<string, AttributeValue>;
  };
};

export const placeholders = (): Placeholders => {
  const names = new Map<string, string>();
  const values: Record<string, AttributeValue> = {};
  let count = 0;
  return {
    name(name) {
      const known = names.get(name) ?? `#${names.size}`;
      names.set(name, known);
      return known;
    },
    value(value, path) {
      const name = `:${count++}`;
      values[name] = marshal(value, path);
      return name;
    },
    used: () => ({
      ...(names.size > 0 && {
        ExpressionAttributeNames: Object.fromEntries(
          [...names].map(([name, placeholder]) => [placeholder, name]),
        ),
      }),
      ...(count > 0 && { ExpressionAttributeValues: values }),
    }),
  };
};

/** A condition in DynamoDB's words. */
export const conditionText = (condition: Condition, to: Placeholders): string => {
  const joined = (parts: string[], word: 'AND' | 'OR'): string => {
    // Parentheses around one part would be refused as redundant.
    if (parts.length === 1) return parts.join();
    if (parts.length > 0) return `(${parts.join(` ${word} `)})`;
    // The language has no true and no false.
    const pk = to.name('pk');
    return `(attribute_exists(${pk}) ${word === 'AND' ? 'OR' : 'AND'} attribute_not_exists(${pk}))`;
  };
  if ('absent' in condition) return `attribute_not_exists(${to.name('pk')})`;
  if ('present' in condition) return `attribute_exists(${to.name('pk')})`;
  if ('equals' in condition) {
    const parts = Object.entries(condition.equals);
    return joined(
      parts.map(([name, value]) => `${to.name(name)} = ${to.value(value, name)}`),
      'AND',
    );
  }
  if ('less' in condition) {
    const name = to.name(condition.less.name);
    return `(attribute_not_exists(${name}) OR ${name} < ${to.value(condition.less.than, condition.less.name)})`;
  }
  if ('all' in condition) {
    return joined(
      condition.all.map((one) => conditionText(one, to)),
      'AND',
    );
  }
  return joined(
    condition.any.map((one) => conditionText(one, to)),
    'OR',
  );
};

/** The condition of a write as members of its request. */
export const conditionOf = (write: Write, to: Placeholders): { ConditionExpression?: string } =>
  write.if === undefined ? {} : { ConditionExpression: conditionText(write.if, to) };

/** What an update changes, in DynamoDB's words. */
export const updateText = (
  { set = {}, add = {}, unset = [] }: Extract<Write, { update: Key }>,
  to: Placeholders,
): string => {
  const path = (name: string) => pathOf(name).map(to.name).join('.');
  const sets = Object.entries(set)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${path(name)} = ${to.value(value, name)}`);
  // Not ADD: by its page it takes top-level attributes only.
  const adds = Object.entries(add).map(
    ([name, amount]) =>
      `${path(name)} = if_not_exists(${path(name)}, ${to.value(0, name)}) + ${to.value(amount, name)}`,
  );
  return [
    ...(sets.length + adds.length > 0 ? [`SET ${[...sets, ...adds].join(', ')}`] : []),
    ...(unset.length > 0 ? [`REMOVE ${unset.map(path).join(', ')}`] : []),
  ].join(' ');
};
