import { createHash } from 'node:crypto';
import * as z from 'zod';

/** How a shop signs, as it is chosen in the cabinet: the same both ways. */
export const Algorithm = z.enum(['md5', 'ripemd160', 'sha1', 'sha256', 'sha384', 'sha512']);
export type Algorithm = z.infer<typeof Algorithm>;

/** The digest of parts joined by colons, lower-case hex. */
export const digest = (algorithm: Algorithm, parts: readonly string[]): string =>
  createHash(algorithm).update(parts.join(':'), 'utf8').digest('hex');

/**
 * Parameters of ours that Robokassa gives back unchanged. One spelling of the prefix and names of small letters and digits: for
 * these every order of sorting that is in use is the same one, and nothing has to be encoded.
 */
export const Shp = z.record(
  z
    .string()
    .regex(
      /^Shp_[a-z][a-z0-9]{0,31}$/,
      'the name of a parameter of ours is Shp_ and small letters or digits',
    ),
  z
    .string()
    .regex(/^[\w.-]{1,128}$/, 'the value of a parameter of ours is letters, digits, ".", "-" and "_"'),
);
export type Shp = z.infer<typeof Shp>;

/** Whether a parameter is one that the shop sent along. */
export const isShp = (name: string): boolean => /^shp_/i.test(name);

/** `Name=Value` of parameters of the shop, in the order in which they are signed: by name, capitals or not. */
export const shpParts = (shp: Readonly<Record<string, string>>): string[] =>
  Object.entries(shp)
    .map(([name, value]) => ({ sorted: name.toLowerCase(), part: `${name}=${value}` }))
    .sort((one, other) => (one.sorted < other.sorted ? -1 : one.sorted > other.sorted ? 1 : 0))
    .map(({ part }) => part);
