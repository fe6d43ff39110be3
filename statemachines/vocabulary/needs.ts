export type Needs = { readonly needs: string[] };

/** The requirements that an element satisfies: `...needs('IN-G-03.2')` among its words, or as the last part of a rung. */
export const needs = (...ids: [string, ...string[]]): Needs => ({ needs: ids });
