import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DefaultStackSynthesizer, type IReusableStackSynthesizer, Validations } from 'aws-cdk-lib/core';
import { api } from '../schemas/api/index.ts';
import { machines } from '../statemachines/machines.ts';
import { type Made, voronka } from './app.ts';

export type Synthesis = {
  /** `dev` where neither this nor the CDK context names one. */
  readonly stage?: string;
  /** Bundle the functions' code; without it a placeholder stands for the code and nothing but this folder is read. */
  readonly bundle?: boolean;
  /** Check the app by cdk-nag's AwsSolutions and by CloudFormation's own schemas. */
  readonly nag?: boolean;
  /** Where to leave the cloud assembly; a folder that is removed again where absent, unless the CDK names one. */
  readonly outdir?: string;
  /** More of the CDK's context, as `-c key=value` gives it. */
  readonly context?: Readonly<Record<string, string>>;
  /** Instead of the routes and machines of the project, for tests. */
  readonly made?: Made;
};

export type Synthesized = {
  /** The main stack's first, then one a pack: in the order in which they are deployed. */
  readonly templates: Record<string, unknown>[];
  /** Of the stacks, in the order of their templates. */
  readonly names: readonly string[];
  /** What the CDK or a check remarks; empty when the app is clean. */
  readonly warnings: readonly string[];
};

/**
 * The app's CloudFormation templates, made in this process and without an AWS account.
 *
 * @throws with the findings in its message if a check refuses the app
 */
export const synthesize = async ({
  stage,
  bundle = true,
  nag = true,
  outdir = process.env.CDK_OUTDIR,
  made,
  context = {},
}: Synthesis): Promise<Synthesized> => {
  const folder = outdir ?? mkdtempSync(join(tmpdir(), 'voronka-'));
  try {
    const app = voronka(made ?? { endpoints: api, machines }, {
      outdir: folder,
      analyticsReporting: false,
      treeMetadata: false,
      builtinCloudFormationValidation: nag,
      // The CLI looks at the bootstrap's version itself; the template stays free of a parameter that only repeats it.
      defaultStackSynthesizer: new DefaultStackSynthesizer({
        generateBootstrapVersionRule: false,
      }) as IReusableStackSynthesizer,
      context: {
        ...context,
        ...(stage === undefined ? {} : { stage }),
        'voronka:bundle': bundle,
        '@aws-cdk/core:validateAgainstDefaultRules': true,
      },
    });
    if (nag) {
      const { AwsSolutionsChecks } = await import('cdk-nag');
      Validations.of(app).addPlugins(new AwsSolutionsChecks(app, { verbose: true }));
    }
    const { stacks } = app.synth();
    return {
      templates: stacks.map(({ template }) => template as Record<string, unknown>),
      names: stacks.map(({ stackName }) => stackName),
      warnings: stacks.flatMap(({ messages }) =>
        messages.map(({ id, entry }) => `${id}: ${String(entry.data)}`),
      ),
    };
  } finally {
    if (outdir === undefined) rmSync(folder, { recursive: true, force: true });
  }
};
