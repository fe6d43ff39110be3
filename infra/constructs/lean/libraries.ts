import type { Edit } from './edit.ts';

const toJsonSchema = /\(ctx, json, params\) => processors\.\w+\(inst, ctx, json, params\)/g;

/** What libraries carry and no function calls; it says so if one does after all. */
export const libraryEdits: readonly Edit[] = [
  // The one JSON Schema that is answered, OpenAPI's, is computed while bundling.
  {
    files: /zod[\\/]v4[\\/]classic[\\/]schemas\.js$/,
    edit: (text) =>
      `${text.replace(toJsonSchema, 'noJsonSchema').replace(/create(Standard|To)JSONSchemaMethod\(this[^)]*\)/g, 'noJsonSchema')}
       function noJsonSchema() { throw new Error('JSON Schema is left out of bundles; compute it while bundling') }`,
  },
];
