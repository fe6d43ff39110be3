/** What a shape of `schemas/` looks like while an author writes it: nothing in it can be changed afterwards. */
export type Frozen<T> = unknown extends T
  ? T
  : T extends string | number | boolean | null | undefined
    ? T
    : { readonly [K in keyof T]: Frozen<T[K]> };
