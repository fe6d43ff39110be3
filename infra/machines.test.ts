import { expect, test } from 'vitest';
import { aPack, ofType, resourcesOf } from './testing.ts';

test('a stage is a machine with a version and the alias live', async () => {
  const resources = await resourcesOf();

  const machines = ofType(resources, 'AWS::StepFunctions::StateMachine');
  const versions = ofType(resources, 'AWS::StepFunctions::StateMachineVersion');
  const aliases = ofType(resources, 'AWS::StepFunctions::StateMachineAlias');

  expect(machines.map(([, { Properties }]) => Properties.StateMachineName)).toEqual([
    'voronka-dev-goods-quote',
    'voronka-dev-goods-won',
  ]);
  expect(versions.map(([, { Properties }]) => Properties.StateMachineArn)).toEqual(
    machines.map(([id]) => ({ Ref: id })),
  );
  expect(aliases.map(([, { Properties }]) => [Properties.Name, Properties.RoutingConfiguration])).toEqual(
    versions.map(([id]) => ['live', [{ StateMachineVersionArn: { Ref: id }, Weight: 100 }]]),
  );
});

test('a definition keeps its places, and is told what stands for those it has', async () => {
  const [[, quote] = [], [, won] = []] = ofType(await resourcesOf(), 'AWS::StepFunctions::StateMachine');

  expect(JSON.parse(String(quote?.Properties.DefinitionString))).toEqual({
    Comment: 'Goods: quote',
    ...aPack.machines[0]?.definition,
  });
  expect(Object.keys(quote?.Properties.DefinitionSubstitutions ?? {})).toEqual(['Step']);
  expect(Object.keys(won?.Properties.DefinitionSubstitutions ?? {})).toEqual(['Bus']);
});

test('a changed definition is a new version beside the old one, an unchanged one is not', async () => {
  const versions = async (made: typeof aPack) =>
    ofType(await resourcesOf(made), 'AWS::StepFunctions::StateMachineVersion').map(([id]) => id);
  const changed = {
    ...aPack,
    machines: aPack.machines.map((one) =>
      one.id === 'goods-won' ? { ...one, comment: 'Goods: over' } : one,
    ),
  };

  const [quoteBefore, wonBefore] = await versions(aPack);
  const [quoteAfter, wonAfter] = await versions(changed);

  expect(quoteAfter).toBe(quoteBefore);
  expect(wonAfter).not.toBe(wonBefore);
});

test('versions are kept in prod when a successor takes their place', async () => {
  const versions = ofType(await resourcesOf(aPack, 'prod'), 'AWS::StepFunctions::StateMachineVersion');

  expect(versions.map(([, { DeletionPolicy }]) => DeletionPolicy)).toEqual(['Retain', 'Retain']);
});

test('a machine bears the labels that the console filters by', async () => {
  const [[, quote] = []] = ofType(await resourcesOf(), 'AWS::StepFunctions::StateMachine');

  expect(quote?.Properties.Tags).toEqual([
    { Key: 'pack', Value: 'industrial' },
    { Key: 'pipeline', Value: 'goods' },
    { Key: 'pipeline-stage', Value: 'quote' },
  ]);
});
