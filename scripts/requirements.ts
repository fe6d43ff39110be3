import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { packs } from '../statemachines/packs/index.ts';
import { claimed } from './requirements/claimed.ts';
import { idsOfPage, idsOfSource } from './requirements/ids.ts';
import { problemsOf, tableOf } from './requirements/judge.ts';
import { later } from './requirements/later.ts';
import { requirements } from './requirements/list.ts';
import { runTests } from './requirements/run-tests.ts';
import { saidByAll } from './requirements/said.ts';

const help = `Prints every requirement of every company, where its pack says it, and the tests that prove it.

  npm run requirements                      runs those tests; fails if one of ${claimed.join(', ')} is not proven
  npm run requirements -- --list            without running them
  npm run requirements -- --only CL         those whose ids begin so, as if they were claimed
  npm run requirements -- --against <folder>  also holds our list against the ids that the folder's markdown defines
`;

const root = fileURLToPath(new URL('..', import.meta.url));

/** Test files and what is written in them. */
const sources = (): [string, string][] =>
  globSync('{schemas,functions,statemachines,infra,local,scripts}/**/*.test.ts', { cwd: root })
    .filter((file) => !file.startsWith(join('scripts', 'requirements'))) // titles quoted there prove nothing
    .sort()
    .map((file) => [file, readFileSync(join(root, file), 'utf8')]);

const definedIn = (folder: string): string[] => {
  const pages = globSync('**/*.md', { cwd: folder });
  if (pages.length === 0) throw new Error(`--against: no markdown in ${folder}`);
  return pages.flatMap((page) => idsOfPage(readFileSync(join(folder, page), 'utf8')));
};

const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: {
      list: { type: 'boolean' },
      only: { type: 'string' },
      against: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    process.stdout.write(help);
    return;
  }
  const meant = (id: string): boolean => values.only === undefined || id.startsWith(`${values.only}-`);
  const those = <T>(of: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(of).filter(([id]) => meant(id)));
  const written = sources();
  const mentioned = new Map(
    written
      .map(([file, source]) => [file, idsOfSource(source).filter(meant)] as const)
      .filter(([, ids]) => ids.length > 0),
  );
  const left = those(later);
  const seams = new Map(
    Object.values(left).map(({ seam }) => [
      seam,
      written.flatMap(([file, source]) => (source.includes(seam) ? [file] : [])),
    ]),
  );
  const files = [...new Set([...mentioned.keys(), ...[...seams.values()].flat()])].sort();
  const prefixes = values.only === undefined ? claimed : [values.only];
  const listed = those(requirements);
  const findings = {
    requirements: listed,
    claimed: prefixes,
    said: new Map([...saidByAll(packs)].filter(([id]) => meant(id))),
    later: left,
    seams,
    mentioned,
    proofs: values.list ? undefined : await runTests(files, root),
    against: values.against === undefined ? undefined : definedIn(values.against).filter(meant),
  };
  process.stdout.write(`${tableOf(findings)}\n`);
  const problems = problemsOf(findings);
  const proven = Object.keys(listed).filter((id) => prefixes.some((prefix) => id.startsWith(`${prefix}-`)));
  if (problems.length === 0) {
    process.stdout.write(`\n${proven.length} requirements of ${prefixes.join(', ')}, none without proof\n`);
    return;
  }
  process.stderr.write(
    `\n${problems.length} problems:\n${problems.map((problem) => `  ${problem}\n`).join('')}`,
  );
  process.exitCode = 1;
};

if (import.meta.main) await main();
