import type { ParseArgsOptionsConfig } from 'node:util';

/** What may be said to `npm run token`; the guide's commands are held against it by a test. */
export const tokenOptions = {
  stage: { type: 'string' },
  region: { type: 'string' },
  issuer: { type: 'string' },
  'client-id': { type: 'string' },
  origin: { type: 'string' },
  help: { type: 'boolean' },
} as const satisfies ParseArgsOptionsConfig;

export const tokenHelp = `npm run --silent token -- --stage prod
Signs you in through the browser, with your second factor, and prints an access token for the other commands. It is good
for an hour, and as good as you are: keep it out of files.

  --stage      reads the three below from the deployed stack, with AWS credentials
  --region     where that stack is; AWS_REGION or the profile's region otherwise
  --issuer     of the sign-in: the output AccessIssuer
  --client-id  the output AccessClientId
  --origin     where the browser is sent back to: one of the stage's --origins (default http://localhost:5173)

export VORONKA_TOKEN=$(npm run --silent token -- --stage prod)`;
