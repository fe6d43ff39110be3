import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { AssetHashType, DockerImage } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { type BuildOptions, buildSync } from 'esbuild';

const root = join(import.meta.dirname, '..', '..');

/**
 * What is bundled: the handler, or, where a deployment names a module with `around(handler)`, the handler inside it. A rehearsal
 * puts its own clock round every function that way, and nothing of it is in any other bundle.
 */
const entryOf = (source: string, around: unknown): BuildOptions =>
  typeof around === 'string'
    ? {
        stdin: {
          contents: `import { handler as inner } from '${source}'; import { around } from '${join(root, around)}'; export const handler = around(inner);`,
          resolveDir: root,
          loader: 'ts',
        },
      }
    : { entryPoints: [source] };

/**
 * A handler and all it imports, the AWS SDK too, as one minified module.
 *
 * With context `voronka:bundle=false` a constant stands in its place: the local runtime imports the source that the
 * function's metadata names, and neither esbuild nor a file is needed to read the template.
 */
export const codeOf = (scope: Construct, entry: string): Code => {
  const wanted = scope.node.tryGetContext('voronka:bundle');
  if (wanted === false || wanted === 'false') return Code.fromInline(`// ${entry} is bundled at deploy`);

  const around: unknown = scope.node.tryGetContext('voronka:around');
  const source = join(root, entry);
  if (!existsSync(source)) {
    throw new Error(`${scope.node.path}: no handler at ${entry}; write it, or synthesize with bundle: false`);
  }
  return Code.fromAsset(root, {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      image: DockerImage.fromRegistry('unused'), // the bundling below never falls back to it
      // Not run either, but the CDK tells bundles of one folder apart by it: without it every function gets the first one.
      command: [entry, String(around)],
      local: {
        tryBundle: (outdir) => {
          buildSync({
            ...entryOf(source, around),
            outfile: join(outdir, 'index.mjs'),
            absWorkingDir: root,
            bundle: true,
            minify: true,
            keepNames: true, // stack traces stay readable without shipping source maps
            platform: 'node',
            target: 'node24',
            format: 'esm',
            mainFields: ['module', 'main'],
            // Packages that are still CommonJS call require for Node's own modules.
            banner: {
              js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);",
            },
            logLevel: 'warning',
          });
          return true;
        },
      },
    },
  });
};
