import type { ParseArgsOptionsConfig } from 'node:util';

/** What may be said to `npm run restore`; the guide's commands are held against it by a test. */
export const restoreOptions = {
  stage: { type: 'string' },
  region: { type: 'string' },
  at: { type: 'string' },
  table: { type: 'string' },
  help: { type: 'boolean' },
} as const satisfies ParseArgsOptionsConfig;

export const restoreHelp = `npm run restore -- --stage prod [--at 2026-11-22T09:59:00Z]
Restores the stage's table, as it was, to a new one beside it, with all that a restored table lacks: its stream, its expiry,
its backups, its protection. The stage goes on with the old one until it is deployed with --table. Begun again it goes on.

  --stage   which installation                                  (needed)
  --at      the instant, within 35 days; the last one possible otherwise
  --table   the new table's name; made from the stage and the instant otherwise
  --region  where; AWS_REGION or the profile's region otherwise`;
