import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { App, Stack } from 'aws-cdk-lib/core';
import { expect, test } from 'vitest';
import { leaveOut, rehearsalOf } from './rehearsal.ts';

const asked = (context: Record<string, string>) => rehearsalOf(new App({ context }));

test('a stage asks for nothing unless it is a rehearsal', () => {
  expect(asked({ stage: 'prod' })).toEqual({ without: [] });
  expect(
    asked({ stage: 'rehearsal', 'voronka:patience': '2', 'voronka:without': 'A::B::C,D::E::F/Metrics' }),
  ).toEqual({
    patience: 2,
    without: ['A::B::C', 'D::E::F/Metrics'],
  });
});

test.each(['voronka:patience', 'voronka:without', 'voronka:around'])(
  '%s is refused for a stage with real deals',
  (key) => {
    expect(() => asked({ stage: 'prod', [key]: '2' })).toThrow('give -c stage=rehearsal with them');
  },
);

test.each(['0', '-1', '2.5', 'soon', '10000'])('a patience of %s is refused', (seconds) => {
  expect(() => asked({ stage: 'rehearsal', 'voronka:patience': seconds })).toThrow(
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
