import { parseArgs } from 'node:util';
import { synthesize } from '../infra/synthesize.ts';
import { createClock } from '../local/clock.ts';
import { startRuntime } from '../local/runtime.ts';
import { seedPeople } from './people.ts';
import { endPlainly } from './plainly.ts';
import { localDriver } from './walkthroughs/local-driver.ts';
import { local, printLocal } from './walkthroughs/scenario.ts';
import { called, lasting, type Walkthrough, walkthroughs } from './walkthroughs/walkthroughs.ts';

const help = `npm run demo [-- <walk-through> or <pack>]
Plays walk-throughs through the HTTP API under the virtual clock and checks every line.
Walk-throughs: ${Object.keys(walkthroughs).join(', ')} (default: all)`;

const { values, positionals } = parseArgs({ allowPositionals: true, options: { help: { type: 'boolean' } } });
if (values.help === true) {
  console.log(help);
  process.exit(0);
}
const [name] = positionals;
const chosen = called(name);
if (chosen.length === 0) {
  console.error(`no walk-through "${name}"; there are ${Object.keys(walkthroughs).join(', ')}`);
  process.exit(2);
}

endPlainly();
process.env.LOG_LEVEL ??= 'error';
const { templates } = await synthesize({ bundle: false, nag: false });

/** Plays one walk-through in a company of its own. @returns whether every line holds */
const play = async (walkthrough: Walkthrough): Promise<boolean> => {
  const { zone, begins } = walkthrough;
  const clock = createClock({ now: local(zone, begins) });
  const runtime = await startRuntime({ templates, clock });
  await seedPeople(runtime.table);
  const driver = localDriver(runtime);
  console.log(`${walkthrough.title}\n`);
  const began = performance.now();
  let failed = false;
  for (const { at, event, play } of walkthrough.lines(driver)) {
    const instant = local(zone, at);
    const time = printLocal(zone, instant);
    try {
      await driver.advanceTo(instant);
      const seen = await play();
      console.log(`✓ ${time}  ${event}\n                      ${seen}`);
    } catch (error) {
      console.log(
        `✗ ${time}  ${event}\n                      ${error instanceof Error ? error.message : String(error)}`,
      );
      failed = true;
      break;
    }
  }
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const { total } = runtime.engine.transitions();
  const span = lasting(walkthrough, clock.now());
  console.log(
    `\n${failed ? 'Stopped' : 'Every line holds'}: ${span} in ${seconds} s, ${total} state transitions.`,
  );
  await runtime.stop();
  return !failed;
};

let held = 0;
for (const [place, walkthrough] of chosen.entries()) {
  if (place > 0) console.log();
  if (await play(walkthrough)) held += 1;
}
process.exit(held === chosen.length ? 0 : 1);
