import type { ParseArgsOptionsConfig } from 'node:util';

/** What may be said to `npm run migrate`; the guide's commands are held against it by a test. */
export const migrateOptions = {
  url: { type: 'string', default: 'http://localhost:4000' },
  token: { type: 'string' },
  pipeline: { type: 'string' },
  stage: { type: 'string' },
  before: { type: 'string' },
  help: { type: 'boolean' },
} as const satisfies ParseArgsOptionsConfig;

export const migrateHelp = `npm run migrate -- <command> --url https://… --token …
Takes deals under way from the definition they began with to the one that is deployed now.

  list --pipeline goods [--stage quote] [--before 2026-11-22T10:00:00Z]
                    deals whose runs finish an older definition, or whose stage is gone
  preview plan.json what the plan means for each deal; writes nothing
  apply plan.json   carries it out; ended anywhere and begun again it goes on where it was
  undo <plan>       puts back, by the plan's id, the deals that have not moved since

  --url    the API's address                                  (default http://localhost:4000)
  --token  an administrator's access token; the variable VORONKA_TOKEN otherwise

A plan, in JSON:
  { "id": "quote-2026-11", "pipeline": "goods", "reason": "One quote stage",
    "stages": { "invoice-quote": { "to": "quote", "timers": "keep" }, "contract": { "to": "contract", "timers": "restart" } } }

Exits with 1 where a deal was refused.`;
