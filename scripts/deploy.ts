import { parseArgs } from 'node:util';
import { createDynamoTable } from '../functions/shared/table/table-dynamo.ts';
import { packStackName } from '../infra/stage.ts';
import { packs } from '../statemachines/packs/index.ts';
import { awsTrouble } from './aws-trouble.ts';
import { cdk, typed } from './deploy/cdk.ts';
import { findingsOf, printed } from './deploy/checks.ts';
import { emptyBucket } from './deploy/empty-bucket.ts';
import { found } from './deploy/found.ts';
import { leftBehind } from './deploy/left-behind.ts';
import { deployHelp, deployOptions, type Given } from './deploy/options.ts';
import { regionOf } from './deploy/region.ts';
import { streamOf } from './deploy/restored.ts';
import { contextArguments, type Settings, settingsOf } from './deploy/settings.ts';
import {
  type Caller,
  callerOf,
  type Deployed,
  deployedStack,
  type PackStack,
  packStacks,
  removeStack,
  resourcesOfType,
  unprotect,
} from './deploy/stack.ts';
import { InTheWay, runPlainly } from './plainly.ts';

const say = (text: string): void => console.log(text);

/** What every command below is about. */
type Site = {
  readonly given: Given;
  readonly stage: string;
  readonly stack: string;
  readonly region: string;
  readonly settings: Settings;
  readonly known: Deployed | undefined;
  readonly packStacks: readonly PackStack[];
};

const text = (value: string | boolean | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;

const bootstrapStack = 'CDKToolkit';

const bootstrapArguments = ({ account }: Pick<Caller, 'account'>, region: string): string[] => [
  'bootstrap',
  `aws://${account}/${region}`,
];

const deployArguments = ({ given, stage, settings }: Site): string[] => [
  'deploy',
  '--all',
  ...contextArguments(stage, settings),
  ...(given.context ?? []).flatMap((one) => ['-c', one]),
  ...(given.yes === undefined ? [] : ['--require-approval', 'never']),
];

const destroyArguments = ({ stage, settings }: Site): string[] => [
  'destroy',
  '--all',
  ...contextArguments(stage, settings),
  '--force',
];

const administrator = async (site: Site, issuer: string | undefined, table: string): Promise<void> => {
  const email = text(site.given.admin);
  if (email === undefined) {
    if (site.known === undefined)
      say('Nobody may sign in yet: deploy again with --admin <address> to invite the first administrator.');
    return;
  }
  if (issuer === undefined)
    throw new InTheWay(`${site.stack} has no output AccessIssuer; was it deployed by this version?`);
  const name = text(site.given['admin-name']);
  const { id, invited, stored } = await found({
    issuer,
    table: createDynamoTable({ name: table }),
    now: new Date(),
    admin: { email, ...(name === undefined ? {} : { name }) },
    region: site.region,
  });
  say(
    `${email} ${stored ? 'is now an administrator' : 'was known before and stays as they are'} (${id})${invited ? '; the invitation is in the mail' : ''}`,
  );
};

const deploy = async (site: Site, caller: Caller): Promise<void> => {
  const { region, stack } = site;
  if ((await deployedStack(bootstrapStack, region)) === undefined)
    await cdk(bootstrapArguments(caller, region));
  const outputs = await cdk(deployArguments(site));
  for (const [name, value] of Object.entries(outputs)) say(`${name.padEnd(24)}${value}`);
  for (const { name } of site.packStacks)
    if (!packs.some(({ id }) => packStackName(stack, id) === name))
      say(
        `${name} is of a pack that is not deployed any more. When none of its deals is under way: aws cloudformation delete-stack --stack-name ${name}`,
      );
  await administrator(site, outputs.AccessIssuer, site.settings.table ?? stack);
  say(`\nLook whether it answers: npm run smoke -- --url ${outputs.ApiUrl ?? '<url>'}`);
};

const remove = async (site: Site): Promise<void> => {
  const { stage, stack, region, known, settings, packStacks: ofPacks } = site;
  if (known === undefined) {
    say(`There is no ${stack} in ${region}; nothing to remove.`);
    return;
  }
  if (stage === 'prod')
    for (const name of [stack, ...ofPacks.map(({ name }) => name)]) await unprotect(name, region);
  else
    for (const bucket of await resourcesOfType(stack, 'AWS::S3::Bucket', region))
      say(`${bucket}: ${await emptyBucket(bucket, region)} objects removed`);
  await cdk(destroyArguments(site));
  // Those of packs that have left the app: it removes none but its own.
  for (const { name } of await packStacks(stage, region)) {
    await removeStack(name, region);
    say(`${name}: removed`);
  }
  for (const line of leftBehind(stack, stage === 'prod', settings.table)) say(line);
};

/** The commands in their order, and where there are credentials the changes they would make. */
const rehearse = async (site: Site, caller: Caller | undefined, unknown: string): Promise<void> => {
  const { given, region, stage, settings, stack } = site;
  say('would do:');
  if (given.remove === true) {
    if (stage === 'prod') say(`  unprotect the stack ${stack}, and those of its packs`);
    else say(`  empty the bucket of ${stack}`);
    say(`  ${typed(destroyArguments(site))}`);
    for (const line of leftBehind(stack, stage === 'prod', settings.table)) say(line);
    return;
  }
  const account = caller?.account ?? '<account>';
  if (caller === undefined || (await deployedStack(bootstrapStack, region)) === undefined)
    say(
      `  ${typed(bootstrapArguments({ account }, region))}${caller === undefined ? '   (if the account is new to the CDK)' : ''}`,
    );
  say(`  ${typed(deployArguments(site))}`);
  if (given.admin !== undefined)
    say(`  invite ${given.admin}, into the group administrators, with the role admin`);
  if (caller === undefined) say(`\n${unknown}\nSo what would change in the account is not shown.`);
  else await cdk(['diff', ...contextArguments(stage, settings)]);
};

/** With the address of the stream, where the stage is to work on a restored table. */
const withStream = async (
  settings: Settings,
  region: string,
  caller: Caller | undefined,
): Promise<Settings> => {
  const { table } = settings;
  if (table === undefined) return settings;
  return { ...settings, tableStream: caller === undefined ? '<its stream>' : await streamOf(table, region) };
};

const main = async (): Promise<number> => {
  const { values: given }: { values: Given } = parseArgs({ options: deployOptions });
  if (given.help === true) {
    say(deployHelp);
    return 0;
  }
  if (text(given.profile) !== undefined) process.env.AWS_PROFILE = text(given.profile);
  const region = text(given.region) ?? (await regionOf());
  const complain = (settings: Settings, stacks: readonly PackStack[] = []): boolean => {
    const findings = findingsOf({ given, settings, node: process.version, region, stacks });
    for (const finding of findings) console.error(printed(finding));
    return findings.length > 0;
  };
  // Before AWS is asked anything: of what was said now alone, where nothing remembered could mend it.
  const said = settingsOf(given, {});
  if (region === undefined || given.stage === undefined) return complain(said) ? 2 : 0;
  process.env.AWS_REGION = region;

  const stage = String(given.stage);
  const stack = `voronka-${stage}`;
  let caller: Caller | undefined;
  let unknown = '';
  try {
    caller = await callerOf(region);
  } catch (error) {
    const trouble = error instanceof Error ? awsTrouble(error) : undefined;
    if (trouble === undefined) throw error;
    if (given['dry-run'] !== true) {
      console.error(`✗ ${trouble}`);
      return 2;
    }
    unknown = trouble;
  }
  const known = caller === undefined ? undefined : await deployedStack(stack, region);
  const ofPacks = caller === undefined ? [] : await packStacks(stage, region);
  const wanted = settingsOf(given, known?.settings ?? {});
  const main = known === undefined ? [] : [{ name: stack, status: known.status }];
  if (complain(wanted, [...main, ...ofPacks])) return 2;
  const settings = await withStream(wanted, region, caller);
  const site: Site = { given, stage, stack, region, settings, known, packStacks: ofPacks };
  if (caller !== undefined) say(`account ${caller.account}, ${region}, as ${caller.arn}`);
  if (given['dry-run'] === true || caller === undefined) await rehearse(site, caller, unknown);
  else if (given.remove === true) await remove(site);
  else await deploy(site, caller);
  return 0;
};

if (import.meta.main) await runPlainly(main);
