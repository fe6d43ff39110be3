import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { synthesize } from '../infra/synthesize.ts';

const usage = `npm run synth -- [--stage dev] [--out cdk.out]

Synthesizes the CloudFormation template with bundled functions, checks it by cdk-nag (AwsSolutions) and by
CloudFormation's schemas, and prints how large each function is. Needs no AWS account. Exits with 1 on a finding.`;

const { values } = parseArgs({
  options: {
    stage: { type: 'string', default: 'dev' },
    out: { type: 'string', default: 'cdk.out' },
    help: { type: 'boolean', default: false },
  },
});

type LambdaFunction = {
  readonly Type: string;
  readonly Properties: { readonly FunctionName?: string; readonly Code?: { readonly S3Key?: string } };
};

/** Kilobytes of the bundle that a function's code asset names, before zipping. */
const kilobytes = (out: string, { Properties }: LambdaFunction): number => {
  const asset = join(out, `asset.${Properties.Code?.S3Key?.replace(/\.zip$/, '')}`);
  const bytes = readdirSync(asset).reduce((sum, file) => sum + statSync(join(asset, file)).size, 0);
  return bytes / 1024;
};

const main = async (): Promise<void> => {
  const { templates, warnings } = await synthesize({ stage: values.stage, outdir: values.out });
  for (const warning of warnings) console.warn(warning);
  for (const { Resources } of templates) {
    const resources = Object.values(Resources as Record<string, LambdaFunction>);
    for (const one of resources.filter(({ Type }) => Type === 'AWS::Lambda::Function')) {
      const size = kilobytes(values.out, one).toFixed(0).padStart(6);
      console.log(`${(one.Properties.FunctionName ?? '?').padEnd(28)}${size} kB`);
    }
    console.log(`${resources.length} of 500 resources; no finding; assembly in ${values.out}`);
  }
};

if (values.help) console.log(usage);
else {
  await main().catch((error: Error) => {
    console.error(error.message); // findings and missing sources are told in full by their message
    process.exitCode = 1;
  });
}
