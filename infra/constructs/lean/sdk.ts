import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Edit } from './edit.ts';

const constant = /^const (_\w+) = ("[^"]*");/gm;

/**
 * `{ [_hE]: 404 }` with the text in place of the name: esbuild keeps whatever has a computed key, as reading one may have
 * an effect, and so kept the shapes of every operation of S3.
 */
const plainKeys = (text: string): string => {
  const texts = new Map([...text.matchAll(constant)].map(([, name = '', value = '']) => [name, value]));
  return text.replace(/\[(_\w+)\]:/g, (key, name: string) => `${texts.get(name) ?? key.slice(0, -1)}:`);
};

const imported = /import (?:type )?\{([^}]*)\} from '@aws-sdk\/client-/g;

/** All that the functions, and what may go round them, import from the SDK's clients, by name. */
const namesOfClients = (root: string): ReadonlySet<string> => {
  const texts = globSync(['functions/**/*.ts', 'infra/*.ts'], { cwd: root }).map((file) =>
    readFileSync(join(root, file), 'utf8'),
  );
  return new Set(
    texts.flatMap((text) =>
      [...text.matchAll(imported)].flatMap(([, names = '']) =>
        names.split(',').map((name) => name.trim().split(' as ')[0] ?? ''),
      ),
    ),
  );
};

/**
 * The SDK's own errors, without the classes that nobody imports and so nobody can ask for by `instanceof`: an error
 * without a class of its own arrives as its service's base class, with the same name, message and status.
 */
const errorsAskedFor =
  (names: ReadonlySet<string>) =>
  (text: string): string =>
    text.replace(/^\w+\.registerError\(\w+\$, (\w+)\);$/gm, (line, name: string) =>
      names.has(name) || name.endsWith('ServiceException') ? line : '',
    );

/** What the SDK's clients carry for other places than Lambda. */
export const sdkEdits = (root: string): readonly Edit[] => {
  const errors = errorsAskedFor(namesOfClients(root));
  return [
    {
      files: /@aws-sdk[\\/]client-[^\\/]+[\\/]dist-es[\\/]schemas[\\/]schemas_\d+\.js$/,
      edit: (text) => errors(plainKeys(text)),
    },
    // A client says its version in the user agent; the rest of its package.json is its scripts and dependencies.
    {
      files: /@aws-sdk[\\/]client-[^\\/]+[\\/]package\.json$/,
      edit: (text) => JSON.stringify({ version: (JSON.parse(text) as { version: string }).version }),
    },
    // There is no home folder with profiles; without this each start would look for two files.
    {
      files: /shared-ini-file-loader[\\/]loadSharedConfigFiles\.js$/,
      edit: () =>
        `export { CONFIG_PREFIX_SEPARATOR } from './constants.js';
         export const loadSharedConfigFiles = async () => ({ configFile: {}, credentialsFile: {} });`,
    },
    // Standard is the mode of the clients and of Lambda; nobody asks for the other, which slows down by itself.
    {
      files: /middleware-retry[\\/]configurations\.js$/,
      edit: (text) =>
        text.replace(
          'import { AdaptiveRetryStrategy } from "../util-retry/AdaptiveRetryStrategy";',
          `class AdaptiveRetryStrategy {
             constructor() { throw new Error('adaptive retries are left out of bundles; unset AWS_RETRY_MODE') }
           }`,
        ),
    },
    // Node has SHA-256; the copy in JavaScript is for a Node that was built without it.
    {
      files: /checksum[\\/]sha256[\\/]Sha256Node\.js$/,
      edit: (text) => text.replace('import { Sha256Js } from "./Sha256Js";', 'const Sha256Js = undefined;'),
    },
  ];
};

/** Packages of the SDK that a smaller one stands for. */
export const sdkAliases: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({
    '@aws-sdk/credential-provider-node': 'credentials',
    '@aws-sdk/endpoint-cache': 'endpoint-cache',
    '@smithy/core/event-streams': 'event-streams',
  }).map(([name, file]) => [name, join(import.meta.dirname, 'instead', `${file}.ts`)]),
);
