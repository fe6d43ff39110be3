import type { Given } from './options.ts';
import type { Settings } from './settings.ts';

/** One thing that stands in the way of a deployment, and what mends it. */
export type Finding = { readonly what: string; readonly mend: string };

const atLeast = 20;

type Looked = {
  readonly given: Given;
  readonly settings: Settings;
  readonly node: string;
  readonly region: string | undefined;
  /** of the stage, as they stand */
  readonly stacks?: readonly { readonly name: string; readonly status: string }[];
};

const host = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/;
const address = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** What can be seen without asking AWS; every finding at once. */
export const findingsOf = ({ given, settings, node, region, stacks = [] }: Looked): Finding[] => {
  const findings: Finding[] = [];
  const unless = (holds: boolean, what: string, mend: string): void => {
    if (!holds) findings.push({ what, mend });
  };
  const { stage, yes } = given;
  const major = Number(/^v?(\d+)/.exec(node)?.[1]);
  unless(major >= atLeast, `Node ${node}`, `install Node ${atLeast} or later, then npm ci`);
  unless(
    typeof stage === 'string' && /^[a-z][a-z0-9-]{0,19}$/.test(stage),
    `--stage ${stage ?? 'is missing'}`,
    'give a name of up to 20 of a-z, 0-9 and "-", a letter first, such as prod',
  );
  unless(
    region !== undefined && /^[a-z]{2}(-[a-z]+)+-\d$/.test(region),
    region === undefined ? 'no region' : `region ${region}`,
    'say --region eu-central-1, set AWS_REGION, or write a region into the profile',
  );
  unless(
    yes === undefined || yes === stage,
    `--yes ${yes}`,
    `repeat the stage's name to confirm: --yes ${stage ?? '<stage>'}`,
  );
  unless(
    given.remove !== true || yes !== undefined || given['dry-run'] === true,
    '--remove without --yes',
    `removal asks for the stage's name once more: --remove --yes ${stage ?? '<stage>'}`,
  );
  for (const { name, status } of stacks) {
    unless(
      !status.endsWith('_IN_PROGRESS') || given['dry-run'] === true,
      `the stack ${name} is ${status}`,
      'somebody is deploying it: wait until that is over',
    );
    unless(
      status !== 'UPDATE_ROLLBACK_FAILED',
      `the stack ${name} is ${status}`,
      `its last deployment could not be taken back; see its events, then: aws cloudformation continue-update-rollback --stack-name ${name}`,
    );
  }
  const { origins, domain, certificate, mailDomain, mailInDomain, alarmMail, budget, table } = settings;
  for (const origin of origins?.split(',') ?? [])
    unless(
      URL.canParse(origin) && new URL(origin).origin === origin,
      `--origins ${origin}`,
      'give addresses without a path, such as https://crm.example.com',
    );
  unless(
    domain === undefined || host.test(domain),
    `--domain ${domain}`,
    'give a host such as api.example.com',
  );
  unless(
    (domain === undefined) === (certificate === undefined),
    domain === undefined ? '--certificate without --domain' : '--domain without --certificate',
    'give both: the name, and the ARN of its certificate in the same region',
  );
  unless(
    certificate === undefined || certificate.startsWith(`arn:aws:acm:${region}:`),
    `--certificate ${certificate}`,
    `give the ARN of a certificate in ${region}: arn:aws:acm:${region}:…`,
  );
  unless(
    mailDomain === undefined || host.test(mailDomain),
    `--mail-domain ${mailDomain}`,
    'give a domain such as crm.example.com',
  );
  unless(
    mailInDomain === undefined || host.test(mailInDomain),
    `--mail-in-domain ${mailInDomain}`,
    'give a domain such as in.crm.example.com',
  );
  unless(
    alarmMail === undefined || address.test(alarmMail),
    `--alarm-mail ${alarmMail}`,
    'give an address such as ops@example.com',
  );
  unless(
    budget === undefined || (Number(budget) > 0 && Number(budget) < 1_000_000),
    `--budget ${budget}`,
    'give dollars a month, such as 50',
  );
  unless(
    budget === undefined || alarmMail !== undefined,
    '--budget without --alarm-mail',
    'say who is told: --alarm-mail ops@example.com',
  );
  unless(
    table === undefined || /^[\w.-]{3,255}$/.test(table),
    `--table ${table}`,
    'give the name of a DynamoDB table',
  );
  const { admin } = given;
  unless(
    admin === undefined || (typeof admin === 'string' && address.test(admin)),
    `--admin ${admin}`,
    'give an address such as anna@example.com',
  );
  return findings;
};

export const printed = ({ what, mend }: Finding): string => `✗ ${what}: ${mend}`;
