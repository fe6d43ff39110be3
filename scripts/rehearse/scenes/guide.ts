import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { pythonTool } from '../../python.ts';
import { NotSeen, see } from '../../walkthroughs/scenario.ts';
import type { Cloud } from '../cloud.ts';
import { prefix } from '../stage.ts';
import type { Scene } from './scene.ts';

const guide = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'deploy.md'), 'utf8');

/** Lines for the shell that speak to AWS itself; who signs in to a real account cannot be rehearsed. */
const lines = [...guide.matchAll(/^ *```sh\n([\s\S]*?)^ *```$/gm)]
  .flatMap(([, block = '']) => block.split('\n').map((line) => line.trim()))
  .filter((line) => /^(aws (?!configure |sso )|curl )/.test(line));

const words = (line: string): string[] =>
  [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, one, two, bare]) => one ?? two ?? bare ?? '');

const run = promisify(execFile);

/** The guide's own names, by those of the stage that is rehearsed. */
const hereNames = (cloud: Cloud, token: string, known: ReadonlyMap<string, string>): [RegExp, string][] => [
  [/voronka-prod/g, prefix],
  [/crm\.example\.com/g, 'voronka.example'],
  [/eu-central-1_AbC123/g, String(cloud.outputs.AccessIssuer).split('/').at(-1) ?? ''],
  [/arn:aws:acm:\S+:certificate\/1/g, known.get('certificate') ?? ''],
  [/https:\/\/api\.example\.com/g, cloud.api],
  [/3f1c…/g, known.get('subject') ?? ''],
  [/\$VORONKA_TOKEN/g, token],
];

/** What later lines of the guide speak of: an answer of this one. */
const answerOf = (line: string, text: string): [name: string, value: string] | undefined => {
  if (line.includes('request-certificate'))
    return ['certificate', String((JSON.parse(text) as { CertificateArn?: string }).CertificateArn)];
  if (line.includes('admin-create-user')) return ['subject', text.trim()];
  return undefined;
};

export const guideFollowed: Scene = {
  name: 'every line of the guide that speaks to AWS',
  async play(cloud) {
    const folder = join(cloud.emulator.folder, 'operator');
    mkdirSync(folder, { recursive: true });
    for (const [, file = ''] of lines.join('\n').matchAll(/file:\/\/(\S+)/g))
      writeFileSync(join(folder, file), '{"key":"of nobody"}');
    const programs: Readonly<Record<string, string>> = { aws: await pythonTool('awscli'), curl: 'curl' };
    const env = { ...process.env, ...cloud.emulator.environment, AWS_PAGER: '' };
    const token = await cloud.tokenOf('admin');
    const known = new Map<string, string>();
    for (const line of lines) {
      const here = hereNames(cloud, token, known).reduce(
        (text, [there, name]) => text.replace(there, name),
        line,
      );
      const [program = '', ...args] = words(here);
      const given = program === 'curl' ? ['--silent', '--fail-with-body', ...args] : args;
      const { stdout } = await run(programs[program] ?? program, given, { cwd: folder, env }).catch(
        (error) => {
          throw new NotSeen(`${line}: ${error.stderr || error.stdout || error.message}`);
        },
      );
      const answer = answerOf(line, stdout);
      if (answer !== undefined) known.set(...answer);
    }
    await cloud.putSecrets(); // the guide's were of nobody
    see('lines with an answer that later ones need', [...known.keys()].sort(), ['certificate', 'subject']);
    return `${lines.length} lines: ${[
      ...new Set(
        lines.map((line) =>
          words(line)
            .slice(0, 2)
            .join(' ')
            .replace(/^curl .*/, 'curl'),
        ),
      ),
    ].join(', ')}`;
  },
};
