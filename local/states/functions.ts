import { createHash, randomUUID } from 'node:crypto';
import jsonata from 'jsonata';

/** The names that the service adds to JSONata, and the time functions, which have to read the virtual clock. */
export type Chance = () => number;

const HASHES: Record<string, string> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};

/** A JSONata sequence: one element comes out bare, none comes out as nothing, as the service does it. */
const sequence = (list: unknown[]): unknown[] =>
  Object.defineProperty(list, 'sequence', { enumerable: false, value: true });

const refuse = (message: string): never => {
  throw Object.assign(new Error(message), { code: 'States.Function', token: message });
};

const range = (first: number, last: number, step: number): unknown[] => {
  if (!Number.isInteger(step) || step === 0)
    return refuse(`$range needs a whole step other than 0, not ${step}`);
  const length = Math.floor((last - first) / step) + 1;
  if (length > 1000) return refuse(`$range would make ${length} elements; at most 1000 are allowed`);
  return sequence(Array.from({ length: Math.max(0, length) }, (_, n) => first + n * step));
};

const partition = (list: unknown[], size: number): unknown[] | undefined => {
  if (list === undefined) return undefined;
  const width = Math.floor(size);
  if (!(width > 0)) return refuse(`$partition needs a size above 0, not ${size}`);
  return Array.from({ length: Math.ceil(list.length / width) }, (_, n) =>
    list.slice(n * width, (n + 1) * width),
  );
};

const hash = (data: unknown, algorithm: string): string | undefined => {
  if (data === undefined) return undefined;
  const known = HASHES[algorithm];
  if (!known) return refuse(`$hash does not know ${algorithm}; it knows ${Object.keys(HASHES).join(', ')}`);
  return createHash(known)
    .update(typeof data === 'string' ? data : JSON.stringify(data))
    .digest('hex');
};

/** A repeatable fraction from a seed (mulberry32): equal seeds give equal numbers, as in the service. */
const seeded = (seed: number): number => {
  let t = (Math.trunc(seed) + 0x6d2b79f5) | 0;
  t = Math.imul(t ^ (t >>> 15), t | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
};

const format = jsonata('$fromMillis(at, picture, zone)');

/** Adds what does not depend on the moment to a parsed expression. */
export const register = (expression: jsonata.Expression): jsonata.Expression => {
  expression.registerFunction('partition', partition, '<an:a>');
  expression.registerFunction('range', range, '<nnn:a>');
  expression.registerFunction('hash', hash);
  expression.registerFunction('uuid', () => randomUUID(), '<:s>');
  expression.registerFunction(
    'parse',
    (json: string) => (json === undefined ? undefined : JSON.parse(json)),
    '<s:x>',
  );
  return expression;
};

/** What is bound for one evaluation: time comes from the clock, and `$eval` is unknown as in the service. */
export const momentary = (nowMs: number, chance: Chance): Record<string, unknown> => ({
  now: (picture?: string, zone?: string) => format.evaluate({ at: nowMs, picture, zone }),
  millis: () => nowMs,
  random: (seed?: number) => (seed === undefined ? chance() : seeded(seed)),
  eval: undefined,
});
