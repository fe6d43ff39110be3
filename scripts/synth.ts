import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeGolden } from '../infra/summary-golden.ts';
import { synthesize } from '../infra/synthesize.ts';
import { cfnLint } from './cfn-lint.ts';

const usage = `npm run synth -- [--stage dev,prod] [--out cdk.out] [--lint] [--golden]

Synthesizes the CloudFormation templates of each stage with bundled functions, checks it by cdk-nag (AwsSolutions) and by
CloudFormation's schemas, and prints how large each function is, its data included. Needs no AWS account. Exits with 1 on a finding.

  --stage   the stages, by commas; the assembly that stays in --out is the first one's
  --lint    checks the templates by cfn-lint too, every rule at errors and warnings; needs Python 3.10+
  --golden  takes the present template as the one that is meant (infra/golden), and does nothing else`;

const { values } = parseArgs({
  options: {
    stage: { type: 'string', default: 'dev,prod' },
    out: { type: 'string', default: 'cdk.out' },
    lint: { type: 'boolean', default: false },
    golden: { type: 'boolean', default: false },
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

const functionsOf = (template: Record<string, unknown>): LambdaFunction[] =>
  Object.values(template.Resources as Record<string, LambdaFunction>).filter(
    ({ Type }) => Type === 'AWS::Lambda::Function',
  );

/** One folder for all stages: what is bundled for one is there for the next, and the code does not know its stage. */
const synthesizeAll = async (stages: readonly string[], out: string): Promise<string[]> => {
  const files: string[] = [];
  for (const stage of stages.toReversed()) {
    const { names, templates, warnings } = await synthesize({ stage, outdir: out });
    for (const warning of warnings) console.warn(warning);
    for (const [at, template] of templates.entries()) {
      const name = names[at] ?? stage;
      const file = join(out, 'templates', `${name}.json`);
      mkdirSync(join(out, 'templates'), { recursive: true });
      writeFileSync(file, JSON.stringify(template, undefined, 1));
      files.push(file);
      if (stage === stages[0]) {
        for (const one of functionsOf(template)) {
          const size = kilobytes(out, one).toFixed(0).padStart(6);
          console.log(`${(one.Properties.FunctionName ?? '?').padEnd(28)}${size} kB`);
        }
      }
      const count = Object.keys(template.Resources as object).length;
      const bytes = JSON.stringify(template).length;
      console.log(
        `${name.padEnd(28)}${String(count).padStart(4)} of 500 resources, ${(bytes / 1024).toFixed(0)} kB; cdk-nag finds nothing; ${file}`,
      );
    }
  }
  return files;
};

const main = async (): Promise<number> => {
  if (values.golden) {
    for (const file of await writeGolden()) console.log(file);
    return 0;
  }
  const files = await synthesizeAll(values.stage.split(','), values.out);
  if (!values.lint) return 0;
  const findings = await cfnLint(files);
  for (const finding of findings) console.error(finding);
  console.log(
    `cfn-lint: ${findings.length === 0 ? 'nothing found' : `${findings.length} findings`} in ${files.join(', ')}`,
  );
  return findings.length === 0 ? 0 : 1;
};

if (values.help) console.log(usage);
else {
  process.exitCode = await main().catch((error: Error) => {
    console.error(error.message); // findings and missing sources are told in full by their message
    return 1;
  });
}
