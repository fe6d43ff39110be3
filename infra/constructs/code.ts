import { execFileSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { Stage } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Bundle, Bundling } from './bundle.ts';

const root = join(import.meta.dirname, '..', '..');

/** Every handler there is, from the root of the repository. */
export const handlers = (): readonly string[] => globSync('functions/*/*.handler.ts', { cwd: root }).sort();

/** Folders by what goes round the handlers; a bundle does not know its stage, so that one serves several syntheses. */
const made = new Map<string, Map<string, string>>();

/** Bundles all handlers with the first, since they share most of their sources; they lie beside the assembly. */
const folderOf = (scope: Construct, entry: string, around: string | undefined): string => {
  const folders = made.get(around ?? '') ?? new Map<string, string>();
  made.set(around ?? '', folders);
  const known = folders.get(entry);
  if (known !== undefined && existsSync(known)) return known;

  const outdir = join(
    Stage.of(scope)?.outdir ?? 'cdk.out',
    around === undefined ? 'bundles' : 'bundles-around',
  );
  const all = handlers();
  const asked: Bundling = { entries: all.includes(entry) ? all : [entry], outdir, around };
  const bundler = join(import.meta.dirname, 'bundle.ts');
  const answer = execFileSync(process.execPath, [bundler, JSON.stringify(asked)], { encoding: 'utf8' });
  for (const { entry, folder } of JSON.parse(answer) as Bundle[]) folders.set(entry, folder);
  return folders.get(entry) ?? outdir;
};

/**
 * The code of a function: its bundle (`bundle.ts`), or, where a deployment names by context `voronka:around` a module with
 * `around(handler)`, that of the handler inside it. A rehearsal puts its own clock round every function that way, and nothing
 * of it is in any other bundle.
 *
 * With context `voronka:bundle=false` a constant stands in its place: the local runtime imports the source that the
 * function's metadata names, and neither esbuild nor a file is needed to read the template.
 */
export const codeOf = (scope: Construct, entry: string): Code => {
  const wanted = scope.node.tryGetContext('voronka:bundle');
  if (wanted === false || wanted === 'false') return Code.fromInline(`// ${entry} is bundled at deploy`);

  if (!existsSync(join(root, entry))) {
    throw new Error(`${scope.node.path}: no handler at ${entry}; write it, or synthesize with bundle: false`);
  }
  const around: unknown = scope.node.tryGetContext('voronka:around');
  return Code.fromAsset(folderOf(scope, entry, typeof around === 'string' ? around : undefined));
};
