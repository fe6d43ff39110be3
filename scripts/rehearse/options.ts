import type { ParseArgsOptionsConfig } from 'node:util';

/** What may be said to `npm run rehearse`. */
export const rehearseOptions = {
  only: { type: 'string' },
  keep: { type: 'boolean' },
  help: { type: 'boolean' },
} as const satisfies ParseArgsOptionsConfig;

export const rehearseHelp = `npm run rehearse [-- --only <part of a name>] [--keep]
Deploys the whole app to an AWS emulator on this machine, plays the walk-throughs and the scenes of failure there through the
HTTP API, holds its tables against those of the local runtime, and takes everything down again. Needs Python 3.10 or later.

  --only  just the walk-throughs and scenes whose name has this in it
  --keep  leave the emulator running until Ctrl+C, to look around`;
