import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Measured, measured } from './emulator.ts';
import { supportPage, supportSection, used } from './support-doc.ts';
import { usedFields } from './used-fields.ts';

test('docs/local-support.md says what the loader does, and of all that the templates use, here and in the emulator', async () => {
  const section = supportSection(await used(), measured());

  expect(
    readFileSync(supportPage, 'utf8').includes(section),
    'write it again: node local/template/support-doc.ts',
  ).toBe(true);
});

test('a resource type and a property that nobody has measured say so', () => {
  const found: Measured = {
    emulator: 'Emulator 1',
    fields: {},
    resources: {
      'AWS::SQS::Queue': {
        known: true,
        made: 1,
        of: 2,
        refused: ['no more'],
        given: ['QueueName', 'FifoQueue'],
        unread: ['FifoQueue'],
      },
      'AWS::Events::Archive': { known: false, made: 0, of: 1, refused: [], given: [], unread: [] },
    },
    cases: { recorded: 0, skipped: {}, agreed: {}, departed: [] },
  };
  const properties = {
    'AWS::SQS::Queue': ['QueueName', 'FifoQueue', 'Tags'],
    'AWS::Events::Archive': [],
    'AWS::SNS::Topic': [],
  };

  const lines = supportSection({ properties, fields: ['Task.Next'] }, found).split('\n');

  const cellOf = (start: string) => lines.find((line) => line.startsWith(`| \`${start}\``))?.split(' | ')[2];
  expect(cellOf('AWS::SQS::Queue')).toBe(
    '**partly**, 1 of 2; no more; not read: `FifoQueue`; not measured: `Tags`',
  );
  expect(cellOf('AWS::Events::Archive')).toBe('**no**: a template with it is refused');
  expect(cellOf('AWS::SNS::Topic')).toBe('not measured');
  expect(cellOf('AWS::KMS::Key')).toBe('–');
  expect(lines).toContain('| `Task.Next` | yes | not measured |');
});

test('fields of branches, rules and expressions are found, each once', () => {
  const task = {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
    TimeoutSeconds: '{% $max($states.input.all) %}',
    Retry: [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['Other'], MaxAttempts: 0 }],
    Arguments: { token: '{% $states.context.Task.Token %}' },
    End: true,
  };
  const both = { Type: 'Parallel', Branches: [{ StartAt: 'A', States: { A: task } }], End: true };

  expect(usedFields([{ StartAt: 'Both', States: { Both: both } }])).toEqual([
    '$max',
    '$states.context.Task.Token',
    'Parallel.Branches',
    'Parallel.End',
    'Parallel.Type',
    'Task.Arguments',
    'Task.End',
    'Task.Resource, token',
    'Task.Retry',
    'Task.Retry[].ErrorEquals',
    'Task.Retry[].MaxAttempts',
    'Task.TimeoutSeconds (expression), token',
    'Task.Type',
    'machine.StartAt',
    'machine.States',
  ]);
});
