import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { goldenFolder, goldenName, printed } from '../statemachines/compile/golden.ts';
import { type Machine, machines } from '../statemachines/machines.ts';

const help = `Prints the state machine of a stage in Amazon States Language.

  npm run asl -- <pack>/<pipeline> <stage>   one machine
  npm run asl -- --list                      every machine there is
  npm run asl -- --golden                    rewrites the golden files of the compiler's tests
`;

type Answer = Readonly<{ ok: boolean; text: string }>;

/** What the command says to its arguments. */
export const answer = (words: readonly string[], all: readonly Machine[]): Answer => {
  const [path, stage] = words;
  if (path === undefined) return { ok: false, text: help };
  const paths = [...new Set(all.map(pathOf))];
  const stages = all.filter((machine) => pathOf(machine) === path);
  if (stages.length === 0)
    return { ok: false, text: `"${path}" is no pipeline; pipelines are ${paths.join(', ')}\n` };
  const found = stages.find((machine) => machine.stage === stage);
  if (found) return { ok: true, text: printed(found) };
  const given = stage === undefined ? 'name a stage' : `"${stage}" is no stage`;
  return {
    ok: false,
    text: `${given} of ${path}; stages are ${stages.map((machine) => machine.stage).join(', ')}\n`,
  };
};

const list = (all: readonly Machine[]): string =>
  all.map((machine) => `${pathOf(machine)} ${machine.stage}  ${machine.title}\n`).join('');

const pathOf = ({ pack, pipeline }: Machine): string => `${pack}/${pipeline}`;

const rewriteGolden = (all: readonly Machine[]): string => {
  mkdirSync(goldenFolder, { recursive: true });
  const names = new Set(all.map(goldenName));
  for (const machine of all) writeFileSync(new URL(goldenName(machine), goldenFolder), printed(machine));
  const stale = readdirSync(goldenFolder).filter((name) => !names.has(name));
  for (const name of stale) rmSync(new URL(name, goldenFolder));
  return `${all.length} machines written, ${stale.length} removed\n`;
};

const main = (): void => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      list: { type: 'boolean' },
      golden: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const said: Answer = values.help
    ? { ok: true, text: help }
    : values.list
      ? { ok: true, text: list(machines()) }
      : values.golden
        ? { ok: true, text: rewriteGolden(machines()) }
        : answer(positionals, machines());
  (said.ok ? process.stdout : process.stderr).write(said.text);
  if (!said.ok) process.exitCode = 1;
};

if (import.meta.main) main();
