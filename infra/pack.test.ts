import { Stack } from 'aws-cdk-lib/core';
import { expect, test } from 'vitest';
import { machines } from '../statemachines/machines.ts';
import { packs } from '../statemachines/packs/index.ts';
import { voronka } from './app.ts';
import { synthesize } from './synthesize.ts';
import { aPack, ofType, type Resource, resourcesOf } from './testing.ts';

/** The stages of {@link aPack}, and one of another pack. */
const twoPacks = {
  ...aPack,
  machines: [
    ...aPack.machines,
    ...aPack.machines.slice(0, 1).map((one) => ({ ...one, id: 'trips-quote', pack: 'tourism' })),
  ],
};

const synthesized = async (stage = 'dev') => {
  const { names, templates } = await synthesize({ bundle: false, nag: false, stage, made: twoPacks });
  return names.map((name, at) => ({
    name,
    resources: templates[at]?.Resources as Readonly<Record<string, Resource>>,
    text: JSON.stringify(templates[at]),
  }));
};

const stacksOf = (stage: string) =>
  voronka(twoPacks, { context: { 'voronka:bundle': false, stage } }).node.children.filter(Stack.isStack);

test('the machines of each pack stand in a stack of their own', async () => {
  const stacks = await synthesized();

  const machines = stacks.map(({ name, resources }) => [
    name,
    ofType(resources, 'AWS::StepFunctions::StateMachine').map(
      ([, { Properties }]) => Properties.StateMachineName,
    ),
  ]);

  expect(machines).toEqual([
    ['voronka-dev', []],
    ['voronka-dev-industrial', ['voronka-dev-goods-quote', 'voronka-dev-goods-won']],
    ['voronka-dev-tourism', ['voronka-dev-trips-quote']],
  ]);
});

test('every stack of a pack waits for the main one, and for no other', () => {
  const [main, ...packs] = stacksOf('dev');

  expect(main?.dependencies).toEqual([]);
  expect(packs.map(({ dependencies }) => dependencies)).toEqual([[main], [main]]);
});

test('a stack of a pack holds its machines with what they need, and nothing else', async () => {
  const [, , tourism] = await synthesized();

  const types = Object.values(tourism?.resources ?? {}).map(({ Type }) => Type);

  expect(types.sort()).toEqual([
    'AWS::IAM::Role',
    'AWS::Logs::LogGroup',
    'AWS::StepFunctions::StateMachine',
    'AWS::StepFunctions::StateMachineAlias',
    'AWS::StepFunctions::StateMachineVersion',
  ]);
});

test('what the machines of a pack are told of the main stack is there under that name', async () => {
  const [main, industrial] = await synthesized();

  const functions = ofType(main?.resources ?? {}, 'AWS::Lambda::Function').map(
    ([, { Properties }]) => Properties.FunctionName,
  );
  const buses = ofType(main?.resources ?? {}, 'AWS::Events::EventBus').map(
    ([, { Properties }]) => Properties.Name,
  );
  const told = ofType(industrial?.resources ?? {}, 'AWS::StepFunctions::StateMachine').map(
    ([, { Properties }]) => JSON.stringify(Properties.DefinitionSubstitutions),
  );

  expect(functions).toContain('voronka-dev-step');
  expect(buses).toEqual(['voronka-dev']);
  expect(told).toEqual([expect.stringContaining(':function:voronka-dev-step"'), '{"Bus":"voronka-dev"}']);
});

test('no stack imports what another exports: each can be changed without the other', async () => {
  const stacks = await synthesized();

  expect(stacks.filter(({ text }) => /"Fn::ImportValue"|"Export"/.test(text))).toEqual([]);
});

test('a logical id is in one stack only', async () => {
  const stacks = await synthesized();

  const all = await resourcesOf(twoPacks);

  const counts = stacks.map(({ resources }) => Object.keys(resources).length);
  expect(Object.keys(all)).toHaveLength(counts.reduce((sum, count) => sum + count, 0));
});

test('prod protects the stacks of its packs as its main one, and each bears the same tags', () => {
  expect(stacksOf('prod').map(({ terminationProtection }) => terminationProtection)).toEqual([
    true,
    true,
    true,
  ]);
  for (const { tags } of stacksOf('dev'))
    expect(tags.tagValues()).toEqual({ product: 'voronka', stage: 'dev' });
});

test('a stage that is called as the stack of a pack would be is refused', async () => {
  await expect(resourcesOf(twoPacks, 'dev-tourism')).rejects.toThrow(
    'context stage: "dev-tourism" ends with the pack tourism',
  );
});

test('every stack of the product is far from what CloudFormation takes', async () => {
  const { names, templates } = await synthesize({ bundle: false, nag: false });

  const sizes = names.map((name, at) => ({
    name,
    resources: Object.keys(templates[at]?.Resources as object).length,
    kilobytes: JSON.stringify(templates[at]).length / 1000,
  }));

  expect(sizes.map(({ name }) => name).sort()).toEqual(
    ['voronka-dev', ...packs.map(({ id }) => `voronka-dev-${id}`)].sort(),
  );
  // 500 resources and a megabyte of template a stack
  expect(sizes.filter(({ resources, kilobytes }) => resources > 400 || kilobytes > 800)).toEqual([]);
});

test('a machine is far from what Step Functions takes', () => {
  const sizes = machines().map(({ id, definition }) => ({
    id,
    kilobytes: JSON.stringify(definition).length / 1000,
  }));

  // a megabyte a definition
  expect(sizes.filter(({ kilobytes }) => kilobytes > 200)).toEqual([]);
});
