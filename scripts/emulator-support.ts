import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Case } from '../local/states/case.ts';
import { casesIn } from '../local/states/cases-in.ts';
import { type Departure, type Measured, measured, measuredFile } from '../local/template/emulator.ts';
import { play, skipped } from './emulator/cases.ts';
import { fields } from './emulator/fields.ts';
import { resources } from './emulator/resources.ts';
import { isLost, tried } from './emulator/run.ts';
import { type Emulator, type Scripted, scripted } from './emulator/scripted.ts';
import { startEmulator } from './rehearse/emulator.ts';

const usage = `node scripts/emulator-support.ts [folder of recorded cases]

Measures, in about three minutes, what the emulator of rehearsals (MiniStack) does with everything that the app's templates
use: fields of states, by small machines; resource types, by a deployment and by its source; and, where a folder is given,
recorded cases. Needs Python 3.10+; everything stays on loopback. Writes local/template/golden/emulator.json, from which
node local/template/support-doc.ts writes docs/local-support.md.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { help: { type: 'boolean', default: false } },
});

const tally = (words: readonly string[]): Record<string, number> =>
  Object.fromEntries([...Map.groupBy(words, (word) => word)].map(([word, list]) => [word, list.length]));

/** Plays what can be played; a departure is one that was seen three times. */
const playAll = async (
  emulator: Emulator,
  functions: Scripted,
  accountOf: (n: number) => string,
  cases: readonly Case[],
): Promise<Measured['cases']> => {
  const agreed: string[] = [];
  const departed: Departure[] = [];
  const queue = cases.filter((one) => skipped(one) === undefined);
  let accounts = 0;
  const worker = async (): Promise<void> => {
    for (let one = queue.shift(); one !== undefined; one = queue.shift()) {
      const given = one;
      const how = await tried<string[]>(
        async () => {
          const found = await play(emulator, functions, accountOf(accounts++), given);
          return found.some(isLost) ? 'lost' : found;
        },
        (found) => found.length === 0,
      );
      if (how.length === 0) agreed.push(one.topic);
      else departed.push({ topic: one.topic, name: one.name, how: how[0] ?? '' });
    }
  };
  await Promise.all([1, 2, 3].map(worker));
  return {
    recorded: cases.length,
    skipped: tally(cases.flatMap((one) => skipped(one) ?? [])),
    agreed: tally(agreed.sort()),
    departed: departed.sort((a, b) => `${a.topic}/${a.name}`.localeCompare(`${b.topic}/${b.name}`)),
  };
};

const main = async ([folder]: readonly string[]): Promise<void> => {
  const kept = existsSync(measuredFile) ? measured() : undefined;
  const home = mkdtempSync(join(tmpdir(), 'voronka-emulator-'));
  const emulator = await startEmulator(home);
  const functions = await scripted(emulator);
  // An account for everything that is tried: nothing of one is in the way of another.
  const accounts = (first: number) => (n: number) => String(first * 1_000_000_000 + n);
  try {
    const found: Measured = {
      emulator: emulator.version,
      fields: await fields(emulator, functions, accounts(200)),
      resources: await resources(emulator, accounts(300)),
      cases:
        folder === undefined
          ? (kept?.cases ?? { recorded: 0, skipped: {}, agreed: {}, departed: [] })
          : await playAll(emulator, functions, accounts(400), casesIn(folder)),
    };
    writeFileSync(measuredFile, `${JSON.stringify(found, undefined, 2)}\n`);
    const gaps = Object.values(found.fields).filter((finding) => finding !== true).length;
    console.log(
      `${found.emulator}: ${Object.keys(found.fields).length} fields and calls, ${gaps} of them otherwise`,
    );
    const refusing = Object.values(found.resources).filter(({ made, of }) => made < of).length;
    console.log(`${Object.keys(found.resources).length} resource types, ${refusing} not wholly taken`);
    console.log(`recorded cases: ${found.cases.departed.length} come out otherwise`);
    console.log(`written to ${measuredFile}; now node local/template/support-doc.ts`);
  } finally {
    await functions.close();
    await emulator.stop();
    rmSync(home, { recursive: true, force: true });
  }
};

if (values.help) console.log(usage);
else await main(positionals);
