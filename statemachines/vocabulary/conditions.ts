/**
 * Conditions as JSONata. A field without a value is absent there, and every comparison with an absent value fails,
 * `!=` too: these words say what an author means by "is not" and "is empty".
 */
type Value = string | number | boolean;

/** The field has a value. */
export const filled = (field: string): string => `$exists(${field})`;

/** The field has no value. */
export const empty = (field: string): string => `$exists(${field}) = false`;

/** The field has this value; an empty field has not. */
export const is = (field: string, value: Value): string => `${field} = ${literal(value)}`;

/** The field has another value or none. */
export const isNot = (field: string, value: Value): string =>
  `$exists(${field}) = false or ${field} != ${literal(value)}`;

/** Both fields are filled and the first is no less than the second. */
export const reaches = (field: string, goal: string): string =>
  `$exists(${field}) and $exists(${goal}) and ${field} >= ${goal}`;

/** Both fields are filled and the first is less than the second. */
export const isBelow = (field: string, goal: string): string =>
  `$exists(${field}) and $exists(${goal}) and ${field} < ${goal}`;

/** The field is filled and differs from what it was when the task was opened. */
export const changedSinceOpened = (field: string): string =>
  `$exists(${field}) and ($exists(opened.${field}) = false or ${field} != opened.${field})`;

/** Every condition holds. */
export const all = (...conditions: [string, string, ...string[]]): string =>
  conditions.map(group).join(' and ');

/** One condition holds. */
export const any = (...conditions: [string, string, ...string[]]): string =>
  conditions.map(group).join(' or ');

const group = (condition: string): string => (/ (and|or) /.test(condition) ? `(${condition})` : condition);

// JSONata escapes as JSON does, so a text with a quote of its own goes between double ones
const literal = (value: Value): string =>
  typeof value === 'string' && !/['"\\]/.test(value) ? `'${value}'` : JSON.stringify(value);
