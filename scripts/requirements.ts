import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { industrial } from '../statemachines/packs/industrial/index.ts';
import { claimed, requirements } from '../statemachines/packs/industrial/requirements.ts';
import { idsOfPage, idsOfSource } from './requirements/ids.ts';
import { problemsOf, tableOf } from './requirements/judge.ts';
import { runTests } from './requirements/run-tests.ts';
import { saidBy } from './requirements/said.ts';

const help = `Prints every requirement of the industrial pack, where the pack says it, and the tests that prove it.

  npm run requirements                      runs those tests; fails if one of ${claimed.join(', ')} is not proven
  npm run requirements -- --list            without running them
  npm run requirements -- --against <folder>  also holds our list against the ids that the folder's markdown defines
`;

const root = fileURLToPath(new URL('..', import.meta.url));

/** Test files by the requirements that their titles name. */
const mentions = (): Map<string, string[]> =>
  new Map(
    globSync('{schemas,functions,statemachines,infra,local,scripts}/**/*.test.ts', { cwd: root })
      .filter((file) => !file.startsWith(join('scripts', 'requirements'))) // titles quoted there prove nothing
      .sort()
      .map((file) => [file, idsOfSource(readFileSync(join(root, file), 'utf8'))] as const)
      .flatMap(([file, ids]) => (ids.length === 0 ? [] : [[file, ids] as [string, string[]]])),
  );

const definedIn = (folder: string): string[] => {
  const pages = globSync('**/*.md', { cwd: folder });
  if (pages.length === 0) throw new Error(`--against: no markdown in ${folder}`);
  return pages.flatMap((page) => idsOfPage(readFileSync(join(folder, page), 'utf8')));
};

const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: {
      list: { type: 'boolean' },
      against: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    process.stdout.write(help);
    return;
  }
  const mentioned = mentions();
  const findings = {
    requirements,
    claimed,
    said: saidBy(industrial),
    mentioned,
    proofs: values.list ? undefined : await runTests([...mentioned.keys()], root),
    against: values.against === undefined ? undefined : definedIn(values.against),
  };
  process.stdout.write(`${tableOf(findings)}\n`);
  const problems = problemsOf(findings);
  const proven = Object.keys(requirements).filter((id) =>
    claimed.some((prefix) => id.startsWith(`${prefix}-`)),
  );
  if (problems.length === 0) {
    process.stdout.write(`\n${proven.length} requirements of ${claimed.join(' and ')}, none without proof\n`);
    return;
  }
  process.stderr.write(
    `\n${problems.length} problems:\n${problems.map((problem) => `  ${problem}\n`).join('')}`,
  );
  process.exitCode = 1;
};

if (import.meta.main) await main();
