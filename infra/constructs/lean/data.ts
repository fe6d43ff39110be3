import { openApi } from '../../../functions/admin/openapi.ts';
import { packs } from '../../../statemachines/packs/index.ts';
import type { Edit } from './edit.ts';

/** A module that only computes data, and the file beside a bundle that has the data instead. */
export type Beside = {
  /** the module, from the root of the repository */
  readonly module: string;
  readonly file: string;
  readonly value: () => unknown;
  /** what stands in place of the module: it reads the file once */
  readonly code: string;
};

const reads = (file: string): string =>
  `JSON.parse(readFileSync(new URL('${file}', import.meta.url), 'utf8'))`;
const readFile = "import { readFileSync } from 'node:fs';\n";

/**
 * A bundle carries neither the words a pack is written with nor zod's printer of JSON Schema, and a further pack takes
 * nothing of the room for code: the data lies beside it, as text that can be looked at.
 */
export const besides: readonly Beside[] = [
  {
    module: 'statemachines/packs/index.ts',
    file: 'packs.json',
    value: () => packs,
    code: `${readFile}export const packs = ${reads('packs.json')};`,
  },
  {
    module: 'functions/admin/openapi.ts',
    file: 'openapi.json',
    value: openApi,
    // Asked for now and then only: read when it is.
    code: `${readFile}let document;\nexport const openApi = () => document ??= ${reads('openapi.json')};`,
  },
];

const escaped = (path: string): string => path.replaceAll('.', '\\.').replaceAll('/', '[\\\\/]');

export const dataEdits: readonly Edit[] = besides.map(({ module, code }) => ({
  files: new RegExp(`${escaped(module)}$`),
  edit: () => code,
}));
