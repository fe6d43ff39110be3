import { parseArgs } from 'node:util';
import { synthesize } from '../infra/synthesize.ts';
import { createClock } from '../local/clock.ts';
import { startRuntime } from '../local/runtime.ts';
import { seedPeople } from './people.ts';
import { endPlainly } from './plainly.ts';
import { localDriver } from './walkthroughs/local-driver.ts';
import { moscow, printMoscow } from './walkthroughs/scenario.ts';
import { walkthroughs } from './walkthroughs/walkthroughs.ts';

const help = `npm run demo [-- <walk-through>]
Plays a walk-through through the HTTP API under the virtual clock and checks every line.
Walk-throughs: ${Object.keys(walkthroughs).join(', ')} (default: the first)`;

const { values, positionals } = parseArgs({ allowPositionals: true, options: { help: { type: 'boolean' } } });
if (values.help === true) {
  console.log(help);
  process.exit(0);
}
const [name = 'industrial/goods'] = positionals;
const chosen = walkthroughs[name];
if (chosen === undefined) {
  console.error(`no walk-through "${name}"; there are ${Object.keys(walkthroughs).join(', ')}`);
  process.exit(2);
}

endPlainly();
process.env.LOG_LEVEL ??= 'error';
const clock = createClock({ now: moscow(chosen.begins) });
const { templates } = await synthesize({ bundle: false, nag: false });
const runtime = await startRuntime({ templates, clock });
await seedPeople(runtime.table);
const driver = localDriver(runtime);
console.log(`${chosen.title}\n`);
const began = performance.now();
let failed = false;
for (const { at, event, play } of chosen.lines(driver)) {
  const time = printMoscow(moscow(at));
  try {
    await driver.advanceTo(moscow(at));
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
console.log(
  `\n${failed ? 'Stopped' : 'Every line holds'}: seven virtual weeks in ${seconds} s, ${total} state transitions.`,
);
await runtime.stop();
process.exit(failed ? 1 : 0);
