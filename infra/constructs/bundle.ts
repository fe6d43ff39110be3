import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { minify } from '@swc/core';
import { build, type Plugin } from 'esbuild';
import { besides, dataEdits } from './lean/data.ts';
import type { Edit } from './lean/edit.ts';
import { libraryEdits } from './lean/libraries.ts';
import { sdkAliases, sdkEdits } from './lean/sdk.ts';

const root = join(import.meta.dirname, '..', '..');

export type Bundle = {
  /** the source, from the root of the repository */
  readonly entry: string;
  /** the folder that becomes the function's code: `index.mjs`, and beside it the data that it reads (`lean/data.ts`) */
  readonly folder: string;
  /** of `index.mjs` */
  readonly bytes: number;
};

export type Bundling = {
  readonly entries: readonly string[];
  readonly outdir: string;
  /** a module with `around(handler)`, whose answer is exported in place of each handler */
  readonly around?: string | undefined;
};

const bundleName = (entry: string): string =>
  entry
    .replace(/^functions\//, '')
    .replace(/(\.handler)?\.ts$/, '')
    .replaceAll('/', '-');

const loaderOf = (path: string) =>
  path.endsWith('.ts') ? 'ts' : path.endsWith('.json') ? 'json' : ('js' as const);

/** Reads files as the edits leave them. */
const lean = (edits: readonly Edit[]): Plugin => ({
  name: 'lean',
  setup({ onLoad }) {
    for (const { files, edit } of edits) {
      onLoad({ filter: files }, async ({ path }) => {
        const text = await readFile(path, 'utf8');
        const contents = edit(text);
        if (contents === text) {
          throw new Error(
            'nothing that could be left out is found in it any more; mend infra/constructs/lean',
          );
        }
        return { contents, loader: loaderOf(path), resolveDir: dirname(path) };
      });
    }
  },
});

/** What is bundled in place of a handler: the handler inside the module that goes round each. */
const within = (around: string): Plugin => ({
  name: 'within',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^within:/ }, ({ path }) => ({
      path: path.slice('within:'.length),
      namespace: 'within',
    }));
    onLoad({ filter: /./, namespace: 'within' }, ({ path }) => ({
      contents: `import { handler as inner } from '${path}'; import { around } from '${join(root, around)}'; export const handler = around(inner);`,
      resolveDir: root,
      loader: 'ts',
    }));
  },
});

/** What esbuild leaves, looked at once more: this one folds and joins across functions, which takes off another 14 kB. */
const smaller = async (text: string): Promise<string> => {
  const { code } = await minify(text, {
    module: true,
    ecma: 2022,
    compress: true,
    mangle: true,
    format: { comments: false },
  });
  return code;
};

/**
 * Handlers, each with all it imports, the AWS SDK too, as one minified module that runs by itself under Node 24.
 *
 * They are built in one go, as they share most of their sources. What no function runs in Lambda is left out
 * (`infra/constructs/lean`).
 *
 * @throws naming the source that is not there
 */
export const bundle = async ({ entries, outdir, around }: Bundling): Promise<readonly Bundle[]> => {
  for (const entry of entries) {
    if (!existsSync(join(root, entry))) {
      throw new Error(`no handler at ${entry}; write it, or synthesize with bundle: false`);
    }
  }
  const place = resolve(outdir);
  const { outputFiles, metafile } = await build({
    write: false,
    metafile: true,
    entryPoints: entries.map((entry) => ({
      in: `${around === undefined ? '' : 'within:'}${join(root, entry)}`,
      out: join(bundleName(entry), 'index'),
    })),
    outdir: place,
    outExtension: { '.js': '.mjs' },
    absWorkingDir: root,
    bundle: true,
    minify: true,
    charset: 'utf8', // half of the texts are Russian, and an escaped letter takes six bytes instead of two
    legalComments: 'none',
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    alias: sdkAliases,
    plugins: [
      lean([...sdkEdits(root), ...libraryEdits, ...dataEdits]),
      ...(around === undefined ? [] : [within(around)]),
    ],
    // Packages that are still CommonJS call require for Node's own modules.
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
    logLevel: 'silent', // an error is thrown, and its message has them all
  });
  const data = new Map(besides.map((one) => [one.module, { ...one, text: JSON.stringify(one.value()) }]));
  const modulesOf = new Map(
    Object.entries(metafile.outputs).map(([path, { inputs }]) => [join(root, path), Object.keys(inputs)]),
  );
  const folders = new Map(entries.map((entry) => [join(place, bundleName(entry)), entry]));
  return Promise.all(
    outputFiles.map(async ({ path, text }) => {
      const folder = dirname(path);
      const entry = folders.get(folder) ?? path;
      const code = await smaller(text);
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, 'index.mjs'), code);
      for (const module of modulesOf.get(path) ?? []) {
        const beside = data.get(module);
        if (beside !== undefined) await writeFile(join(folder, beside.file), beside.text);
      }
      return { entry, folder, bytes: Buffer.byteLength(code) };
    }),
  );
};

// What cannot wait for a promise, as the CDK's constructs, runs this file: it answers with the bundles as JSON.
if (import.meta.main) {
  console.log(JSON.stringify(await bundle(JSON.parse(process.argv[2] ?? '') as Bundling)));
}
