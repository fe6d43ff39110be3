import { expect, test } from 'vitest';
import { loadTemplate } from './load.ts';
import { parts } from './parts.ts';
import { references } from './references.ts';
import { support } from './support.ts';
import { type Problem, UnsupportedTemplate } from './unsupported.ts';

const queue = (QueueName: unknown, more: object = {}) => ({
  Type: 'AWS::SQS::Queue',
  Properties: { QueueName, ...more },
});

/** The queue names that a template gives its queues, by logical id. */
const names = (template: object, options = {}) =>
  Object.fromEntries(
    loadTemplate(template, options)
      .all('AWS::SQS::Queue')
      .map(({ logicalId, properties }) => [logicalId, properties.QueueName]),
  );

const problemsOf = (template: unknown): readonly Problem[] => {
  try {
    loadTemplate(template);
  } catch (error) {
    if (error instanceof UnsupportedTemplate) return error.problems;
    throw error;
  }
  return [];
};

test('what the runtime does not know stops it, all at once, by name', () => {
  const problems = problemsOf({
    Resources: {
      Cache: { Type: 'AWS::ElastiCache::CacheCluster', Properties: {} },
      Layer: { Type: 'AWS::Lambda::LayerVersion' },
      Own: { Type: 'Custom::Thing' },
      Queue: queue('q', { Colour: 'red' }),
      Mapping: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: { EventSourceArn: 'a', FunctionName: 'f', TumblingWindowInSeconds: 3 },
      },
      Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'WEBSOCKET' } },
    },
  });

  expect(problems.map(({ logicalId, property }) => `${logicalId} ${property}`.trim())).toEqual([
    'Cache',
    'Layer',
    'Own',
    'Queue Colour',
    'Mapping TumblingWindowInSeconds',
    'Api ProtocolType',
  ]);
});

test('an unknown property deep inside is refused too', () => {
  const rule = (target: object) => ({
    Resources: {
      Rule: { Type: 'AWS::Events::Rule', Properties: { Targets: [{ Id: 'a', Arn: 'arn', ...target }] } },
    },
  });

  expect(problemsOf(rule({ Input: '{}' }))).toEqual([]);
  expect(problemsOf(rule({ EcsParameters: {} }))).toMatchObject([
    { logicalId: 'Rule', property: 'Targets.0' },
  ]);
});

test('the message says what to mend', () => {
  expect(() => loadTemplate({ Resources: { Cache: { Type: 'AWS::ElastiCache::CacheCluster' } } })).toThrow(
    'the local runtime cannot run this template; 1 found, see docs/local-support.md for what it runs:\n' +
      '  Cache (AWS::ElastiCache::CacheCluster): this resource type is not known here',
  );
});

const sub = (text: string, own?: object) => ({ 'Fn::Sub': own === undefined ? text : [text, own] });
const dollar = (name: string) => `$${`{${name}}`}`;

test.each([
  ['Ref of a parameter', { Ref: 'Stage' }, 'dev'],
  ['Ref of a pseudo parameter', { Ref: 'AWS::Region' }, 'eu-central-1'],
  ['Ref of a resource', { Ref: 'Bus' }, 'domain'],
  [
    'Fn::GetAtt of an ARN',
    { 'Fn::GetAtt': ['Bus', 'Arn'] },
    'arn:aws:events:eu-central-1:000000000000:event-bus/domain',
  ],
  ['Fn::GetAtt in one text', { 'Fn::GetAtt': 'Bus.Name' }, 'domain'],
  [
    'Fn::Sub with all it can name',
    sub(`${dollar('Stage')}-${dollar('Bus.Name')}-${dollar('own')}-${dollar('!kept')}`, { own: 1 }),
    `dev-domain-1-${dollar('kept')}`,
  ],
  ['Fn::Join of nested parts', { 'Fn::Join': ['-', ['a', { Ref: 'Stage' }]] }, 'a-dev'],
  ['Fn::Select of a Fn::Split', { 'Fn::Select': ['1', { 'Fn::Split': ['/', 'a/b/c'] }] }, 'b'],
  ['Fn::If', { 'Fn::If': ['Prod', 'yes', 'no'] }, 'no'],
  ['Fn::FindInMap', { 'Fn::FindInMap': ['Sizes', { Ref: 'Stage' }, 'size'] }, 'small'],
])('%s is carried out', (_, value, expected) => {
  const template = {
    Parameters: { Stage: { Type: 'String', Default: 'dev' } },
    Conditions: { Prod: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
    Mappings: { Sizes: { dev: { size: 'small' } } },
    Resources: {
      Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'domain' } },
      Queue: queue(value),
    },
  };

  expect(names(template)).toEqual({ Queue: expected });
});

test('a resource exists under its condition, and AWS::NoValue leaves a property out', () => {
  const template = {
    Parameters: { Stage: { Type: 'String', Default: 'dev' } },
    Conditions: {
      Prod: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] },
      NotProd: { 'Fn::Not': [{ Condition: 'Prod' }] },
    },
    Resources: {
      Gone: { ...queue('gone'), Condition: 'Prod' },
      There: { ...queue({ 'Fn::If': ['Prod', 'name', { Ref: 'AWS::NoValue' }] }), Condition: 'NotProd' },
    },
  };

  expect(names(template)).toEqual({ There: undefined });
  expect(names(template, { parameters: { Stage: 'prod' } })).toEqual({ Gone: 'gone' });
});

test('one template imports what another exports', () => {
  const data = {
    Resources: { Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'domain' } } },
    Outputs: { Bus: { Value: { Ref: 'Bus' }, Export: { Name: 'data:Bus' } } },
  };
  const api = { Resources: { Queue: queue({ 'Fn::ImportValue': 'data:Bus' }) } };

  expect(names([api, data])).toEqual({ Queue: 'domain' });
  expect(problemsOf(api)).toMatchObject([{ reason: 'no template exports data:Bus' }]);
});

test('the same logical id in two templates is two resources, each known to its own', () => {
  const one = {
    Resources: {
      Failed: queue(undefined),
      Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'one' } },
    },
  };
  const other = {
    Resources: {
      Failed: queue(undefined),
      Watched: queue('watched', {
        RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['Failed', 'Arn'] }, maxReceiveCount: 3 },
      }),
    },
  };

  const queues = loadTemplate([one, other]).all('AWS::SQS::Queue');

  const [first, second, watched] = queues;
  expect(queues.map(({ logicalId }) => logicalId)).toEqual(['Failed', 'Failed2', 'Watched']);
  expect(first?.arn).not.toBe(second?.arn);
  expect(watched?.properties.RedrivePolicy).toEqual({ deadLetterTargetArn: second?.arn, maxReceiveCount: 3 });
});

test('a reference to nothing, in a circle, or by an unknown function is refused', () => {
  const reasonsOf = (value: unknown) =>
    problemsOf({ Resources: { Queue: queue(value) } }).map(({ reason }) => reason);

  expect(reasonsOf({ Ref: 'Nobody' })[0]).toMatch('"Nobody" is no resource or parameter of the template');
  expect(reasonsOf({ 'Fn::GetAtt': ['Queue', 'Colour'] })[0]).toMatch(
    'known is Ref, Arn, QueueName, QueueUrl',
  );
  expect(reasonsOf({ Ref: 'Queue' })[0]).toMatch('in a circle');
  expect(reasonsOf({ 'Fn::Base64': 'x' })[0]).toMatch('the function Fn::Base64 is not carried out here');
});

test('every type that is known can be referred to, and every one that is run is checked', () => {
  const types = Object.keys(support).filter((type) => support[type]?.as !== 'refused');

  expect(types.filter((type) => references[type] === undefined)).toEqual([]);
  expect(types.filter((type) => support[type]?.as === 'run').sort()).toEqual(Object.keys(parts).sort());
});
