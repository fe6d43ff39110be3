import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cfnLint } from './cfn-lint.ts';
import { isInstalled } from './python.ts';

/** A template of one machine in JSONata, whose task below a Parallel state waits that long. */
const template = (timeout: unknown): string => {
  const task = {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Arguments: { FunctionName: 'f' },
    TimeoutSeconds: timeout,
    End: true,
  };
  const branch = { StartAt: 'Wait', States: { Wait: task } };
  const definition = {
    QueryLanguage: 'JSONata',
    StartAt: 'Both',
    States: { Both: { Type: 'Parallel', Branches: [branch], End: true } },
  };
  const Properties = {
    RoleArn: 'arn:aws:iam::123456789012:role/runs',
    DefinitionString: JSON.stringify(definition),
  };
  const file = join(mkdtempSync(join(tmpdir(), 'voronka-lint-')), 'template.json');
  writeFileSync(
    file,
    JSON.stringify({ Resources: { Machine: { Type: 'AWS::StepFunctions::StateMachine', Properties } } }),
  );
  return file;
};

// The tool is fetched by `npm run synth -- --lint` alone: tests need neither Python nor a network.
test.skipIf(!isInstalled('cfn-lint'))(
  'a time-out may be an expression, and nothing else that is no number',
  async () => {
    const [expression, number, word] = ['{% $states.input.seconds %}', 60, 'soon'].map(template);

    expect(await cfnLint([expression ?? '', number ?? ''])).toEqual([]);
    expect((await cfnLint([word ?? ''])).join('\n')).toMatch(/E3601:'soon' is not valid .*TimeoutSeconds/);
  },
);
