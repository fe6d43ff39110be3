import { isDeepStrictEqual } from 'node:util';
import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { App, Stack } from 'aws-cdk-lib/core';
import { expect, test } from 'vitest';
import { asked } from '../scripts/rehearse/cloud.ts';
import { gaps } from '../scripts/rehearse/gaps.ts';
import { leaveOut, rehearsalOf } from './rehearsal.ts';
import { synthesize } from './synthesize.ts';

const wanted = (context: Record<string, string>) => rehearsalOf(new App({ context }));

test('a stage asks for nothing unless it is a rehearsal', () => {
  expect(wanted({ stage: 'prod' })).toEqual({ without: [] });
  expect(
    wanted({ stage: 'rehearsal', 'voronka:patience': '2', 'voronka:without': 'A::B::C,D::E::F/Metrics' }),
  ).toEqual({
    patience: 2,
    without: ['A::B::C', 'D::E::F/Metrics'],
  });
});

test.each([
  'voronka:patience',
  'voronka:without',
  'voronka:around',
  'voronka:sandboxes',
  'voronka:publicUrl',
])('%s is refused for a stage with real deals', (key) => {
  expect(() => wanted({ stage: 'prod', [key]: '2' })).toThrow('give -c stage=rehearsal with them');
});

test.each(['0', '-1', '2.5', 'soon', '10000'])('a patience of %s is refused', (seconds) => {
  expect(() => wanted({ stage: 'rehearsal', 'voronka:patience': seconds })).toThrow(
    `voronka:patience: "${seconds}" given; whole seconds from 1 to 9999 are a patience`,
  );
});

test('what an emulator does not know is left out, a whole type or what has a property', () => {
  const stack = new Stack(new App(), 'Test');
  const threshold = { comparisonOperator: 'GreaterThanThreshold', evaluationPeriods: 1, threshold: 1 };
  new CfnQueue(stack, 'Queue');
  new CfnAlarm(stack, 'Plain', { ...threshold, metricName: 'Errors', namespace: 'AWS/Lambda' });
  new CfnAlarm(stack, 'Sum', { ...threshold, metrics: [{ id: 'a', expression: '1' }] });

  leaveOut(stack, ['AWS::SQS::Queue', 'AWS::CloudWatch::Alarm/Metrics']);

  expect(stack.node.children.map(({ node }) => node.id)).toEqual(['Plain']);
});

test('a rehearsal deploys the app as it is: only the machines wait otherwise, and what is unknown there is missing', async () => {
  const resourcesOf = async (context: Record<string, string>) => {
    const { templates } = await synthesize({ stage: 'rehearsal', bundle: false, nag: false, context });
    return Object.assign({}, ...templates.map(({ Resources }) => Resources)) as Record<
      string,
      { Type: string }
    >;
  };
  const usual = await resourcesOf({});

  const { 'voronka:sandboxes': _, 'voronka:publicUrl': __, ...context } = asked('http://127.0.0.1:4005');
  const rehearsed = await resourcesOf(context);

  const absent = Object.entries(usual).filter(([id]) => !(id in rehearsed));
  const types = gaps.flatMap(({ leaveOut = [] }) => leaveOut.map((one) => one.split('/')[0]));
  expect(absent.filter(([, { Type }]) => !types.includes(Type))).toEqual([]);
  const other = Object.entries(rehearsed).filter(([id, one]) => !isDeepStrictEqual(one, usual[id]));
  expect(new Set(other.map(([, { Type }]) => Type))).toEqual(new Set(['AWS::StepFunctions::StateMachine']));
});

test('in a rehearsal alone providers are called at the sandboxes', async () => {
  const environmentsOf = async (context: Record<string, string>) => {
    const { templates } = await synthesize({ stage: 'rehearsal', bundle: false, nag: false, context });
    return JSON.stringify(templates).match(/"ENDPOINT_CDEK":"[^"]*"/g) ?? [];
  };

  expect(await environmentsOf({})).toEqual([]);
  expect(new Set(await environmentsOf({ 'voronka:sandboxes': 'http://127.0.0.1:4005' }))).toEqual(
    new Set(['"ENDPOINT_CDEK":"http://127.0.0.1:4005/cdek"']),
  );
});
