import type { ParseArgsOptionsConfig } from 'node:util';

/** What may be said to `npm run deploy`; the guide's commands are held against it by a test. */
export const deployOptions = {
  stage: { type: 'string' },
  region: { type: 'string' },
  profile: { type: 'string' },
  origins: { type: 'string' },
  domain: { type: 'string' },
  certificate: { type: 'string' },
  'mail-domain': { type: 'string' },
  'mail-in-domain': { type: 'string' },
  'alarm-mail': { type: 'string' },
  budget: { type: 'string' },
  table: { type: 'string' },
  context: { type: 'string', multiple: true },
  admin: { type: 'string' },
  'admin-name': { type: 'string' },
  'dry-run': { type: 'boolean' },
  remove: { type: 'boolean' },
  yes: { type: 'string' },
  help: { type: 'boolean' },
} as const satisfies ParseArgsOptionsConfig;

export const deployHelp = `npm run deploy -- --stage prod [options]
Puts Voronka into the AWS account of your credentials, or brings it up to date there. What was said at an earlier
deployment of the stage holds until it is said otherwise.

  --stage <name>         which installation; prod keeps its data when it is removed    (needed)
  --region <name>        where; AWS_REGION or the profile's region otherwise
  --profile <name>       whose credentials; AWS_PROFILE otherwise
  --origins <urls>       where the browser workplace is served from, comma between
  --domain <name>        the API's own name; needs --certificate
  --certificate <arn>    of that name, in Certificate Manager of the same region
  --mail-domain <name>   the domain that letters leave from
  --mail-in-domain <name>  the domain whose letters are taken in; in.<mail-domain> by default
  --alarm-mail <address> who is told of alarms and of the budget
  --budget <dollars>     a month; needs --alarm-mail
  --table <name>         work on this table, restored from a backup, instead of the stack's own
  --context <name=value> more for the app, this time only; may be repeated
  --admin <address>      make this person the first administrator
  --admin-name <name>    as colleagues know them; the address otherwise
  --dry-run              say what would be done, and do nothing
  --yes <stage>          ask nothing: changes of rights are not confirmed one by one
  --remove --yes <stage> take the installation away; prod leaves data, secrets, mail identity and logs behind

npm run deploy -- --stage prod --mail-domain crm.example.com --alarm-mail ops@example.com --budget 50 --admin anna@example.com`;

/** Options as they were given. */
export type Given = {
  readonly [name in Exclude<keyof typeof deployOptions, 'context'>]?: string | boolean | undefined;
} & {
  readonly context?: readonly string[] | undefined;
};
