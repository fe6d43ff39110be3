import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { measures } from '../functions/shared/measures.ts';
import { ofType, type Resource, resourcesOf } from './testing.ts';

let resources: Readonly<Record<string, Resource>>;
let alarms: readonly Readonly<Record<string, unknown>>[];
beforeAll(async () => {
  resources = await resourcesOf();
  alarms = ofType(resources, 'AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties);
});

const runbook = readFileSync(join(import.meta.dirname, '..', 'docs', 'runbook.md'), 'utf8');
/** Pages of the runbook by the alarm they are of. */
const pages = new Map(
  runbook
    .split(/^### /m)
    .slice(1)
    .flatMap((text) => {
      const [title = '', ...lines] = text.split('\n');
      return /^[a-z-]+$/.test(title) ? [[title, lines.join('\n').split(/^## /m)[0] ?? ''] as const] : [];
    }),
);
const idOf = (alarm: Readonly<Record<string, unknown>>) =>
  String(alarm.AlarmName).replace('voronka-dev-', '');

test('every alarm has a page of its own in the runbook, and every page an alarm', () => {
  expect([...pages.keys()].sort()).toEqual(alarms.map(idOf).sort());
});

test('the runbook says of every alarm once how soon somebody has to come', () => {
  const told = [...runbook.matchAll(/^\| \*\*(?:now|within|when).*\| (.+) \|$/gm)].flatMap(([, ids = '']) =>
    ids.split(', '),
  );

  expect(told.sort()).toEqual(alarms.map(idOf).sort());
});

test('alarms over figures of the whole account are said to be', () => {
  const [, said = ''] = /^Four alarms are about[^:]*: ([\s\S]*?)\./m.exec(runbook) ?? [];
  // What is of this installation alone is named after it, or is one of its resources.
  const ours = /"Fn::GetAtt"|"Ref":"(?!AWS::)|voronka-dev|"dev"/;
  const wide = alarms.filter(({ Dimensions, Metrics }) => !ours.test(JSON.stringify([Dimensions, Metrics])));

  expect(said.split(/,\s|\sand\s/).sort()).toEqual(wide.map(idOf).sort());
});

test('the runbook says what each of our own metrics counts', () => {
  expect(measures.filter((measure) => !runbook.includes(`\`${measure}\``))).toEqual([]);
});

test('an alarm names its page', () => {
  const lost = alarms.filter(
    (alarm) => !String(alarm.AlarmDescription).endsWith(` What to do: docs/runbook.md#${idOf(alarm)}`),
  );

  expect(lost).toEqual([]);
});

test.each([...pages])('the page of %s says what it means, where to look and what to do', (_, page) => {
  expect([...page.matchAll(/^\*\*(\w+)\.\*\*/gm)].map(([, part]) => part)).toEqual(['Means', 'Look', 'Do']);
});

test('an alarm rings, and falls silent again, at the one topic', () => {
  const [[topic] = []] = ofType(resources, 'AWS::SNS::Topic');

  for (const alarm of alarms)
    expect([alarm.AlarmActions, alarm.OKActions]).toEqual([[{ Ref: topic }], [{ Ref: topic }]]);
});

test('every function that throws, every queue and every reader of the stream is heard', () => {
  const metrics = JSON.stringify(alarms);

  for (const type of ['AWS::Lambda::Function', 'AWS::SQS::Queue'])
    for (const [id] of ofType(resources, type))
      expect(metrics).toMatch(new RegExp(`"Ref":"${id}"|"Fn::GetAtt":\\["${id}"`));
  expect(alarms.filter(({ MetricName }) => MetricName === 'IteratorAge')).toHaveLength(
    ofType(resources, 'AWS::Lambda::EventSourceMapping').length,
  );
});

test('no alarm adds up more metrics than CloudWatch takes', () => {
  const added = alarms.map(({ Metrics }) => (Array.isArray(Metrics) ? Metrics.length - 1 : 0));

  expect(Math.max(...added)).toBeLessThanOrEqual(10);
  expect(Math.max(...added)).toBeGreaterThan(1);
});

test('the dashboard shows what is counted, what waits, what fails and what costs', () => {
  const [[, dashboard] = []] = ofType(resources, 'AWS::CloudWatch::Dashboard');
  const body = JSON.stringify(dashboard?.Properties.DashboardBody);

  for (const metric of [
    'DealsMoved',
    'ExecutionsStarted',
    'RUNNING_SUM',
    'MatchedEvents',
    'ApproximateAgeOfOldestMessage',
    'CallbacksFailed',
    'CallsPutOff',
    'LettersBounced',
    'IteratorAge',
    '4xx',
    '5xx',
    'Throttles',
    'WriteThrottleEvents',
    'ConsumedCapacity',
    'Invocations',
    'ConsumedWriteCapacityUnits',
  ])
    expect(body).toContain(metric);
});
