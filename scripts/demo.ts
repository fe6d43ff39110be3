import { parseArgs } from 'node:util';
import { synthesize } from '../infra/synthesize.ts';
import { createClock } from '../local/clock.ts';
import { startRuntime } from '../local/runtime.ts';
import { startTable } from '../local/table/process.ts';
import { seedPeople } from './people.ts';
import { endPlainly } from './plainly.ts';
import { localDriver } from './walkthroughs/local-driver.ts';
import { local, printLocal } from './walkthroughs/scenario.ts';
import { called, lasting, type Walkthrough, walkthroughs } from './walkthroughs/walkthroughs.ts';

const help = `npm run demo [-- <walk-through> or <pack>]
Plays walk-throughs through the HTTP API under the virtual clock and checks every line.
  --dynamodb  keeps the table in DynamoDB Local too, as npm start does; without it the table's other adapter stands in
              for it, in this process, which passes the same tests and takes a third of the time
Walk-throughs: ${Object.keys(walkthroughs).join(', ')} (default: all)`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { help: { type: 'boolean' }, dynamodb: { type: 'boolean', default: false } },
});
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
const started = performance.now();
const secondsSince = (since: number): string => ((performance.now() - since) / 1000).toFixed(1);
// What every company needs alike is made once: the templates, and a DynamoDB Local that has a table for each.
const [{ templates }, server] = await Promise.all([
  synthesize({ bundle: false, nag: false }),
  values.dynamodb ? startTable({ inMemory: true }) : undefined,
]);

/** Plays one walk-through in a company of its own. @returns whether every line holds */
const play = async (walkthrough: Walkthrough, prefix: string): Promise<boolean> => {
  const { zone, begins } = walkthrough;
  const clock = createClock({ now: local(zone, begins) });
  const runtime = await startRuntime({
    templates,
    clock,
    table: server === undefined ? 'memory' : { endpoint: server.endpoint, prefix },
  });
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
  const seconds = secondsSince(began);
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
  if (await play(walkthrough, `demo-${place}-`)) held += 1;
}
if (chosen.length > 1)
  console.log(
    `\n${held} of ${chosen.length} walk-throughs hold, in ${secondsSince(started)} s with all that they need.`,
  );
await server?.stop();
process.exit(held === chosen.length ? 0 : 1);
