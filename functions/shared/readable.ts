import type * as z from 'zod';

type Unknown = { readonly path: readonly PropertyKey[]; readonly keys: readonly string[] };

/** The parts of an issue that say only: this release does not know these names. `undefined` if it says something else too. */
const unknownIn = (issues: readonly z.core.$ZodIssue[]): Unknown[] | undefined => {
  const unknown = issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' ? [{ path: issue.path, keys: issue.keys }] : [],
  );
  return unknown.length === issues.length ? unknown : undefined;
};

const without = (value: unknown, { path: [first, ...rest], keys }: Unknown): unknown => {
  if (Array.isArray(value))
    return value.map((one, index) => (index === first ? without(one, { path: rest, keys }) : one));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, one]): [string, unknown][] => {
      if (first === undefined) return keys.includes(name) ? [] : [[name, one]];
      return [[name, name === first ? without(one, { path: rest, keys }) : one]];
    }),
  );
};

/**
 * What was kept or sent by another release, which may say more than this one knows: names it does not know are left out.
 * Functions of two releases work side by side while one is deployed, and after it was taken back.
 *
 * @throws {z.ZodError} if it is wrong in any other way
 */
export const readable = <T extends z.ZodType>(shape: T, given: unknown): z.output<T> => {
  const first = shape.safeParse(given);
  if (first.success) return first.data;
  const unknown = unknownIn(first.error.issues);
  if (unknown === undefined) throw first.error;
  return shape.parse(unknown.reduce(without, given));
};
