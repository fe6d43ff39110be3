import type { ParseArgsOptionsConfig } from 'node:util';

/** What may be said to `npm run smoke`; the guide's commands are held against it by a test. */
export const smokeOptions = {
  url: { type: 'string', default: 'http://localhost:4000' },
  token: { type: 'string' },
  help: { type: 'boolean' },
} as const satisfies ParseArgsOptionsConfig;

export const smokeHelp = `npm run smoke -- --url https://… [--token …]
Asks a running system whether it is whole: it answers, refuses whom it should, and what may be read can be read. Writes
nothing.

  --url    the API's address                    (default http://localhost:4000)
  --token  an access token of somebody who may look into a pipeline; the variable VORONKA_TOKEN otherwise.
           Without one, only what needs none is asked

Exits with 1 if a line fails.`;
