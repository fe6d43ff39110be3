import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { indexes, indexName } from '../functions/shared/table/create.ts';
import { ofType, type Resource, resourcesOf } from './testing.ts';

const root = join(import.meta.dirname, '..');

/** The indexes that a handler, or anything it imports from this repository, queries. */
const queried = async (entry: string): Promise<string[]> => {
  const { metafile } = await build({
    entryPoints: [join(root, entry)],
    absWorkingDir: root,
    bundle: true,
    write: false,
    metafile: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    logLevel: 'silent',
  });
  const kept = Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0),
  );
  const found = kept.flatMap(([file]) => [
    ...readFileSync(join(root, file), 'utf8').matchAll(/\bindex: '(g\d)'/g),
  ]);
  return [...new Set(found.map(([, index = '']) => index))].sort();
};

const granted = (resources: Readonly<Record<string, Resource>>, made: Resource): string[] => {
  const { 'Fn::GetAtt': [id = ''] = [] } = made.Properties.Role as { 'Fn::GetAtt'?: string[] };
  const rights = JSON.stringify(resources[id]?.Properties.Policies);
  return indexes.filter((index) => rights.includes(`/index/${indexName(index)}"`));
};

// The local runtime enforces no rights: without this a missing one would show on AWS only.
test('a function may query each index that its source queries', async () => {
  const resources = await resourcesOf();
  const functions = ofType(resources, 'AWS::Lambda::Function')
    .map(([, made]) => ({ made, entry: String(made.Metadata?.Entry) }))
    .filter(({ entry }) => existsSync(join(root, entry)));

  const missing = await Promise.all(
    functions.map(async ({ made, entry }) => {
      const may = granted(resources, made);
      return (await queried(entry))
        .filter((index) => !may.includes(index))
        .map((index) => `${entry}: ${index}`);
    }),
  );

  expect(missing.flat()).toEqual([]);
});
