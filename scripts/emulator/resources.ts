import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { CloudFormationClient, DescribeStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { synthesize } from '../../infra/synthesize.ts';
import type { ResourceFinding } from '../../local/template/emulator.ts';
import { python } from '../python.ts';
import { clientOf, deployed, type Emulator } from './scripted.ts';

type Resources = Readonly<
  Record<string, { readonly Type: string; readonly Properties?: Readonly<Record<string, unknown>> }>
>;
type Template = { readonly Resources: Resources };

/** What is left of a template without some resources and whatever refers to them. */
const without = (all: Resources, out: ReadonlySet<string>): Resources => {
  const gone = new Set(out);
  for (let before = -1; before !== gone.size; ) {
    before = gone.size;
    for (const [id, resource] of Object.entries(all)) {
      const text = JSON.stringify(resource);
      if ([...gone].some((other) => text.includes(`{"Ref":"${other}"}`) || text.includes(`["${other}",`)))
        gone.add(id);
    }
  }
  return Object.fromEntries(Object.entries(all).filter(([id]) => !gone.has(id)));
};

/** Deploys all that the emulator takes, leaving out one resource that it refuses after another; their types and its words. */
const deployedInPart = async (
  emulator: Emulator,
  accountOf: (n: number) => string,
  template: Template,
  unknown: ReadonlySet<string>,
): Promise<{ readonly refused: ReadonlyMap<string, string>; readonly account: string }> => {
  const refused = new Map<string, string>();
  for (let n = 0; n < 60; n += 1) {
    const account = accountOf(n);
    const Resources = without(template.Resources, new Set([...unknown, ...refused.keys()]));
    try {
      await deployed(emulator, account, 'app', { Resources }, 180);
      return { refused, account };
    } catch (error) {
      const [, id = '', reason = ''] = /Resource (\w+) failed: (.*)/s.exec((error as Error).message) ?? [];
      if (!(id in Resources)) throw error;
      refused.set(id, reason);
    }
  }
  throw new Error(`the emulator refuses too much: ${[...refused.values()].join('; ')}`);
};

/** What the emulator makes of each resource type of the app's templates, by deploying them and by reading its source. */
export const resources = async (
  emulator: Emulator,
  accountOf: (n: number) => string,
): Promise<Record<string, ResourceFinding>> => {
  const { templates } = await synthesize({ stage: 'dev', bundle: false, nag: false });
  // As if they were one stack: no logical id is in two of them.
  const template: Template = {
    Resources: Object.assign({}, ...templates.map(({ Resources }) => Resources)) as Resources,
  };
  const all = Object.entries(template.Resources);
  const used = Map.groupBy(all, ([, { Type }]) => Type);
  const words = JSON.parse(
    execFileSync(python(), [join(import.meta.dirname, 'reads.py'), ...used.keys()], { encoding: 'utf8' }),
  ) as Record<string, readonly string[] | null>;

  const unknown = new Set(all.filter(([, { Type }]) => words[Type] === null).map(([id]) => id));
  const { refused, account } = await deployedInPart(emulator, accountOf, template, unknown);
  const cloudFormation = new CloudFormationClient(clientOf(emulator, account));
  const { StackResources = [] } = await cloudFormation.send(
    new DescribeStackResourcesCommand({ StackName: 'app' }),
  );
  cloudFormation.destroy();
  const stands = new Set(
    StackResources.filter((one) => one.ResourceStatus === 'CREATE_COMPLETE').map(
      (one) => one.LogicalResourceId,
    ),
  );

  return Object.fromEntries(
    [...used].sort().map(([type, list]): [string, ResourceFinding] => {
      const read = words[type];
      const given = [...new Set(list.flatMap(([, { Properties = {} }]) => Object.keys(Properties)))].sort();
      return [
        type,
        {
          known: read != null,
          made: list.filter(([id]) => stands.has(id)).length,
          of: list.length,
          refused: [...new Set(list.flatMap(([id]) => refused.get(id) ?? []))],
          given,
          unread: read == null ? [] : given.filter((name) => !read.includes(name)),
        },
      ];
    }),
  );
};
