import { createHash, randomBytes } from 'node:crypto';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'; // Crockford's, without the letters that read as digits

const encode = (bytes: Uint8Array, length: number): string =>
  Array.from({ length }, (_, index) => alphabet[(bytes[index] ?? 0) % 32]).join('');

/** A random id of 12 characters (60 bits), short enough for execution names. */
export const newId = (): string => encode(randomBytes(12), 12);

/** The same 16 characters (80 bits) for the same parts: what makes a repeated command find its first effect. */
export const idOf = (...parts: readonly string[]): string =>
  encode(createHash('sha256').update(JSON.stringify(parts)).digest(), 16);
