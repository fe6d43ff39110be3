import { type App, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { type Machine, machines } from './machines.ts';
import { packStackName, type Stage } from './stage.ts';

/**
 * The stack of a pack's machines, `voronka-<stage>-<pack>`: CloudFormation takes 500 resources a stack, a machine is three
 * of them, and a machine that moved to another stack would be replaced and its runs ended. It knows the main stack by
 * names alone, so that neither holds the other back.
 *
 * @throws where a stage is called as the stack of another stage's pack would be
 */
export const packStack = (app: App, stage: Stage, pack: string, compiled: readonly Machine[]): Stack => {
  if (stage.name.endsWith(`-${pack}`))
    throw new Error(
      `context stage: "${stage.name}" ends with the pack ${pack}, and its stack would be the one of a stage's pack; give another name`,
    );
  const stack = new Stack(app, `Pack-${pack}`, {
    stackName: packStackName(stage.prefix, pack),
    description: `Sales and service processes of a company: the stages of the pack ${pack}`,
    terminationProtection: stage.prod,
    tags: { product: 'voronka', stage: stage.name },
  });
  // A scope of the pack's name: no logical id is in two stacks, so that one names a resource of the app.
  machines(new Construct(stack, pack), stage, pack, compiled);
  return stack;
};
