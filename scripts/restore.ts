import { parseArgs } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { regionOf } from './deploy/region.ts';
import { restore } from './deploy/restore.ts';
import { restoreHelp, restoreOptions, unrestorable } from './deploy/restore-options.ts';
import { deployedStack } from './deploy/stack.ts';
import { runPlainly } from './plainly.ts';

const complain = (line: string): number => {
  console.error(line);
  return 2;
};

const main = async (): Promise<number> => {
  const { values } = parseArgs({ options: restoreOptions });
  if (values.help === true) {
    console.log(restoreHelp);
    return 0;
  }
  const { stage, at, table } = values;
  if (stage === undefined)
    return complain('--stage is missing: say which installation, such as --stage prod');
  const now = new Date();
  const instant = at === undefined ? now : new Date(at);
  const reason = unrestorable(instant, now);
  if (reason !== undefined) return complain(`--at ${at}: ${reason}`);
  const region = values.region ?? (await regionOf());
  if (region === undefined) return complain('no region: say --region eu-central-1, or set AWS_REGION');
  const stack = await deployedStack(`voronka-${stage}`, region);
  if (stack === undefined)
    return complain(
      `no stack voronka-${stage} in ${region}; name the stage that is deployed there by --stage, its region by --region, and the account by AWS_PROFILE`,
    );
  const from = stack.settings.table ?? `voronka-${stage}`;
  const to = table ?? `voronka-${stage}-${instant.toISOString().replace(/\D/g, '').slice(0, 12)}`;
  if (to === from) return complain(`--table ${to}: the stage works on it; give the name of a new table`);
  const client = new DynamoDBClient({ region, maxAttempts: 4 });
  try {
    await restore({
      client,
      from,
      to,
      pollMs: 10_000,
      say: console.log,
      ...(at === undefined ? {} : { at: instant }),
    });
  } finally {
    client.destroy();
  }
  console.log(`\nLet the stage work on it: npm run deploy -- --stage ${stage} --table ${to}`);
  return 0;
};

await runPlainly(main);
