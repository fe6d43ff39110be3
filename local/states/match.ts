import type { Json } from './json.ts';

const PLACEHOLDER = /<([A-Za-z][\w-]*(?::\d+)?)>/g;

const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const standIn = (text: string) => `= ${text}`;

/**
 * A history starts with the input that was given. Where the recorded one has another text there, the recorder
 * hid the value behind that text; then the text stands for the value in the whole case.
 */
export const bindStandIns = (recorded: unknown, given: unknown, bound: Map<string, string>): void => {
  if (typeof recorded === 'string' && typeof given === 'string') {
    if (recorded !== given && !recorded.includes('<')) bound.set(standIn(recorded), given);
  } else if (
    recorded !== null &&
    given !== null &&
    typeof recorded === 'object' &&
    typeof given === 'object'
  ) {
    const values = given as Record<string, unknown>;
    for (const [key, part] of Object.entries(recorded)) bindStandIns(part, values[key], bound);
  }
};

const matchText = (expected: string, actual: string, bound: Map<string, string>): boolean => {
  if (!expected.includes('<')) return expected === actual || bound.get(standIn(expected)) === actual;
  const names: string[] = [];
  let pattern = '';
  let from = 0;
  for (const found of expected.matchAll(PLACEHOLDER)) {
    const name = found[1] as string;
    const known = name === 'request_id' ? undefined : bound.get(name);
    pattern +=
      literal(expected.slice(from, found.index)) + (known === undefined ? '([\\s\\S]*?)' : literal(known));
    if (known === undefined) names.push(name);
    from = found.index + found[0].length;
  }
  const match = new RegExp(`^${pattern}${literal(expected.slice(from))}$`).exec(actual);
  if (!match) return expected === actual;
  names.forEach((name, n) => {
    bound.set(name, match[n + 1] ?? '');
  });
  return true;
};

/** Says where `actual` departs from `expected`, or `undefined` if it does not. Placeholders are bound on the way. */
export const departure = (
  expected: unknown,
  actual: unknown,
  bound: Map<string, string>,
  at = '',
): string | undefined => {
  if (expected === '<any>') return undefined;
  const differs = () => `${at || '/'}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`;
  if (typeof expected === 'string') {
    return typeof actual === 'string' && matchText(expected, actual, bound) ? undefined : differs();
  }
  if (expected === null || typeof expected !== 'object')
    return Object.is(expected, actual) || expected === actual ? undefined : differs();
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) return differs();
    for (const [n, part] of expected.entries()) {
      const found = departure(part, actual[n], bound, `${at}/${n}`);
      if (found) return found;
    }
    return undefined;
  }
  const wanted = expected as Record<string, unknown>;
  if ('$jsonText' in wanted) {
    if (typeof actual !== 'string') return differs();
    try {
      return departure(wanted.$jsonText, JSON.parse(actual), bound, `${at}$`);
    } catch {
      return differs();
    }
  }
  if (actual === null || typeof actual !== 'object' || Array.isArray(actual)) return differs();
  const given = actual as Record<string, unknown>;
  for (const key of new Set([...Object.keys(wanted), ...Object.keys(given)])) {
    if (!Object.hasOwn(wanted, key)) return `${at}/${key}: not expected, got ${JSON.stringify(given[key])}`;
    const found = departure(wanted[key], given[key], bound, `${at}/${key}`);
    if (found) return found;
  }
  return undefined;
};

/** The sending side: placeholders bound so far are filled in, and JSON texts become text. */
export const fill = (value: unknown, bound: Map<string, string>): Json => {
  if (typeof value === 'string')
    return value.replace(PLACEHOLDER, (whole, name: string) => bound.get(name) ?? whole);
  if (value === null || typeof value !== 'object') return (value ?? null) as Json;
  if (Array.isArray(value)) return value.map((part) => fill(part, bound));
  if ('$jsonText' in value) return JSON.stringify(fill(value.$jsonText, bound));
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, fill(part, bound)]));
};
