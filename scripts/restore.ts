import { parseArgs } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { regionOf } from './deploy/region.ts';
import { restore } from './deploy/restore.ts';
import { restoreHelp, restoreOptions } from './deploy/restore-options.ts';
import { deployedStack } from './deploy/stack.ts';

const { values } = parseArgs({ options: restoreOptions });

const complain = (line: string): void => {
  console.error(line);
  process.exitCode = 2;
};

const main = async (): Promise<void> => {
  const { stage, at, table } = values;
  const region = values.region ?? (await regionOf());
  if (stage === undefined)
    return complain('--stage is missing: say which installation, such as --stage prod');
  if (region === undefined) return complain('no region: say --region eu-central-1, or set AWS_REGION');
  const instant = at === undefined ? new Date() : new Date(at);
  if (Number.isNaN(instant.getTime()))
    return complain(`--at ${at}: give an instant such as 2026-11-22T09:59:00Z`);
  const stack = await deployedStack(`voronka-${stage}`, region);
  if (stack === undefined) return complain(`no stack voronka-${stage} in ${region}`);
  const from = stack.settings.table ?? `voronka-${stage}`;
  const to = table ?? `voronka-${stage}-${instant.toISOString().replace(/\D/g, '').slice(0, 12)}`;
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
};

if (values.help === true) console.log(restoreHelp);
else
  await main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
