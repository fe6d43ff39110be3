import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { synthesize } from '../../infra/synthesize.ts';
import { chanceFrom } from './chance.ts';
import type { History } from './history.ts';
import { momentsFrom, play } from './play.ts';

const help = `node local/faults/soak.ts [--kills 40] [--a-run 8] [--seed 1]
Plays walk-through 9.1 again and again against a runtime that is killed at random moments, and compares each history
with that of a runtime which was left alone. Ends with 1 at the first that differs.`;

const { values } = parseArgs({
  options: {
    help: { type: 'boolean' },
    kills: { type: 'string', default: '40' },
    'a-run': { type: 'string', default: '8' },
    seed: { type: 'string', default: '1' },
  },
});
if (values.help === true) {
  console.log(help);
  process.exit(0);
}
const numbers = [values.kills, values['a-run'], values.seed].map(Number);
if (!numbers.every((number) => Number.isInteger(number) && number > 0)) {
  console.error(`--kills, --a-run and --seed are whole numbers above 0\n\n${help}`);
  process.exit(2);
}
const [kills = 0, aRun = 0, seed = 0] = numbers;

/** Facts that only one of the two has. */
const differences = (one: History, other: History): string[] => {
  const lines = ({ rows, letters, runs }: History) => [
    ...Object.entries(rows).flatMap(([kind, some]) => some.map((row) => `${kind} ${row}`)),
    ...letters.map((letter) => `letter ${letter}`),
    ...runs.map((run) => `run ${run}`),
  ];
  const [left, right] = [lines(one), lines(other)];
  return [
    ...left.filter((line) => !right.includes(line)).map((line) => `- ${line}`),
    ...right.filter((line) => !left.includes(line)).map((line) => `+ ${line}`),
  ];
};

const folder = mkdtempSync(join(tmpdir(), 'voronka-soak-'));
const templates = join(folder, 'templates.json');
writeFileSync(templates, JSON.stringify((await synthesize({ bundle: false, nag: false })).templates));

const undisturbed = await play(templates);
if (undisturbed.failed !== undefined) throw undisturbed.failed.error;
console.log('undisturbed: every line holds');

let done = 0;
let failed = false;
for (let run = seed; done < kills && !failed; run += 1) {
  const { history, kills: made, failed: broken } = await play(templates, momentsFrom(chanceFrom(run), aRun));
  done += made.length;
  failed = broken !== undefined || !isDeepStrictEqual(history, undisturbed.history);
  const during = made.map(({ line, during: what }) => `${line + 1}: ${what.split('?')[0]}`);
  console.log(`${failed ? '✗' : '✓'} seed ${run}: ${made.length} kills (${during.join('; ')})`);
  if (broken !== undefined) console.log(`${broken.event}:`, broken.error);
  if (failed) console.log(differences(undisturbed.history, history).slice(0, 40).join('\n'));
}
rmSync(folder, { recursive: true, force: true });
console.log(failed ? 'something was lost or happened twice' : `${done} kills, nothing lost, nothing twice`);
process.exit(failed ? 1 : 0);
