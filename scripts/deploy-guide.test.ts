import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { expect, test } from 'vitest';
import { MigrationPlan } from '../schemas/migration.ts';
import { findingsOf } from './deploy/checks.ts';
import { deployOptions } from './deploy/options.ts';
import { restoreOptions } from './deploy/restore-options.ts';
import { settingsOf } from './deploy/settings.ts';
import { migrateOptions } from './migrate/options.ts';
import { smokeOptions } from './smoke/options.ts';
import { tokenOptions } from './token/options.ts';

const guide = readFileSync(join(import.meta.dirname, '../docs/deploy.md'), 'utf8');
const { scripts } = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

/** Every line of every block for the shell. */
const lines = [...guide.matchAll(/^ *```sh\n([\s\S]*?)^ *```$/gm)]
  .flatMap(([, block = '']) => block.split('\n'))
  .map((line) => line.trim())
  .filter((line) => line !== '');

const words = (text: string): string[] =>
  [...text.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, one, two, bare]) => one ?? two ?? bare ?? '');

const options: Record<string, ParseArgsOptionsConfig> = {
  deploy: deployOptions,
  migrate: migrateOptions,
  restore: restoreOptions,
  smoke: smokeOptions,
  token: tokenOptions,
};

/** Our own commands: the script, and what it is told. Those in the text count as well. */
const ours = [...lines, ...[...guide.matchAll(/`(npm run [^`\n]+)`/g)].map(([, line = '']) => line)].flatMap(
  (line) =>
    [...line.matchAll(/npm run (?:--silent )?(\w+)(?: -- ([^)]*))?/g)].map(([, script = '', rest = '']) => ({
      script,
      args: words(rest),
    })),
);

test('the guide has commands to be held against the scripts', () => {
  expect(new Set(ours.map(({ script }) => script))).toEqual(new Set(Object.keys(options)));
  expect(ours.length).toBeGreaterThan(15);
});

test.each(ours.map((one) => [one.script, one.args] as const))(
  'npm run %s %j is understood',
  (script, args) => {
    expect(scripts[script]).toBe(`node scripts/${script}.ts`);

    const { values } = parseArgs({
      args: [...args],
      options: options[script],
      allowPositionals: script === 'migrate',
    });
    if (script === 'deploy')
      expect(
        findingsOf({
          given: values,
          settings: settingsOf(values, {}),
          node: 'v24.0.0',
          region: 'eu-central-1',
        }),
      ).toEqual([]);
  },
);

test('the plan of the guide is one, for a pipeline that there is', async () => {
  const { packs } = await import('../statemachines/packs/index.ts');
  const [, json = ''] = /```json\n([\s\S]*?)```/.exec(guide) ?? [];

  const plan = MigrationPlan.parse(JSON.parse(json));

  const pipeline = packs.flatMap(({ pipelines }) => pipelines).find(({ id }) => id === plan.pipeline);
  const stages = Object.keys(pipeline?.stages ?? {});
  for (const [from, { to }] of Object.entries(plan.stages))
    expect(stages).toEqual(expect.arrayContaining([from, to]));
});

const inClient: Record<string, () => Promise<object>> = {
  'cognito-idp': () => import('@aws-sdk/client-cognito-identity-provider'),
  sesv2: () => import('@aws-sdk/client-sesv2'),
};

/** Of services whose client is no dependency, or that the CLI alone has. */
const spelledByHand = [
  'acm describe-certificate',
  'acm request-certificate',
  'configure sso',
  'secretsmanager put-secret-value',
  'ssm get-parameters-by-path',
  'sso login',
];

test('calls of the AWS CLI are operations that their services have', async () => {
  const calls = [
    ...new Set(lines.flatMap((line) => [...line.matchAll(/^aws (\S+ \S+)/g)].map(([, call = '']) => call))),
  ];

  const unknown: string[] = [];
  for (const call of calls) {
    const [service = '', operation = ''] = call.split(' ');
    const client = await inClient[service]?.();
    const name = `${operation.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase())}Command`;
    if (client === undefined ? !spelledByHand.includes(call) : !(name in client)) unknown.push(call);
  }
  expect(unknown).toEqual([]);
  expect(calls).toEqual(expect.arrayContaining(spelledByHand));
});

test('secrets, outputs and the role that the guide names are those of the app', async () => {
  const { synthesize } = await import('../infra/synthesize.ts');
  const { templates } = await synthesize({ stage: 'prod', bundle: false, nag: false });
  const text = JSON.stringify(templates[0]);

  const secrets = [...guide.matchAll(/--secret-id (\S+)/g)].map(([, id = '']) => id);
  expect(secrets).toHaveLength(4);
  for (const secret of secrets) expect(text).toContain(`"Name":"${secret}"`);
  const outputs = Object.keys((templates[0] as { Outputs: object }).Outputs);
  for (const named of ['AccessIssuer', 'ApiUrl'])
    expect(outputs.some((output) => output.startsWith(named) && guide.includes(`\`${named}\``))).toBe(true);
});
