import { brotliCompressSync } from 'node:zlib';
import { openApi } from '../../../functions/admin/openapi.ts';
import { packs } from '../../../statemachines/packs/index.ts';
import type { Edit } from './edit.ts';

/** The text of a function that answers a value, which travels compressed and is parsed once, when first asked for. */
const answering = (value: unknown): string => {
  const packed = brotliCompressSync(JSON.stringify(value)).toString('base64');
  return `(() => {
    let value;
    return () => value ??= JSON.parse(brotliDecompressSync(Buffer.from('${packed}', 'base64')).toString());
  })()`;
};

const unpacking = "import { brotliDecompressSync } from 'node:zlib';\n";

/**
 * Modules that only compute data, and the data in their place: a bundle then carries neither the words a pack is written
 * with nor zod's printer of JSON Schema, and a further pack costs it its compressed text, about a fifth of its source.
 */
export const dataEdits: readonly Edit[] = [
  {
    files: /statemachines[\\/]packs[\\/]index\.ts$/,
    edit: () => `${unpacking}export const packs = ${answering(packs)}();`,
  },
  {
    files: /functions[\\/]admin[\\/]openapi\.ts$/,
    edit: () => `${unpacking}export const openApi = ${answering(openApi())};`,
  },
];
