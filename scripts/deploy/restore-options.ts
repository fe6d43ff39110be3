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

const keptDays = 35;

/** Why the table cannot be had as it was then; nothing where it may be. */
export const unrestorable = (instant: Date, now: Date): string | undefined => {
  if (Number.isNaN(instant.getTime())) return 'give an instant such as 2026-11-22T09:59:00Z';
  if (instant > now) return `it is yet to come; now it is ${now.toISOString()}`;
  const earliest = new Date(now.getTime() - keptDays * 24 * 3_600_000);
  if (instant < earliest)
    return `backups reach back ${keptDays} days; give an instant after ${earliest.toISOString()}`;
  return undefined;
};
