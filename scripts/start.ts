import { mkdir, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { synthesize } from '../infra/synthesize.ts';
import { keptClock } from '../local/clock-kept.ts';
import { startRuntime } from '../local/runtime.ts';
import { openState } from '../local/state/state.ts';
import { packs } from '../statemachines/packs/index.ts';
import { namedPacks, playDemos } from './demo/index.ts';
import { tourOf } from './demo/tour.ts';
import { liveText } from './live.ts';
import { seedPeople } from './people.ts';
import { endPlainly } from './plainly.ts';
import { readSpan } from './span.ts';
import { localDriver } from './walkthroughs/local-driver.ts';
import { NotSeen } from './walkthroughs/scenario.ts';

const help = `npm start [-- options]
Runs Voronka on this machine: API, sign-in, mail viewer, state machines, with a demo company of each pack.

  --dir <folder>    where the state is kept        (default .voronka)
  --port <number>   the API's port; the next five are sign-in, mail, clock, AWS and sandboxes (default 4000)
  --speed <number>  how many times faster than real time the clock runs        (default 1)
  --pack <names>    the packs whose companies get demo deals, such as climate,coffee (default: all)
  --empty           people only, no demo deals
  --fresh           forget the kept state first`;

endPlainly();
const { values } = parseArgs({
  options: {
    help: { type: 'boolean' },
    dir: { type: 'string', default: '.voronka' },
    port: { type: 'string', default: '4000' },
    speed: { type: 'string', default: '1' },
    pack: { type: 'string' },
    empty: { type: 'boolean', default: false },
    fresh: { type: 'boolean', default: false },
  },
});
if (values.help === true) {
  console.log(help);
  process.exit(0);
}
const port = Number(values.port);
const speed = Number(values.speed);
if (!Number.isInteger(port) || port < 1 || port > 65_530) {
  console.error(`--port ${values.port}: give a number between 1 and 65530`);
  process.exit(2);
}
if (!(speed > 0 && speed <= 100_000)) {
  console.error(`--speed ${values.speed}: give a number above 0, at most 100000`);
  process.exit(2);
}

const filled = values.empty ? [] : namedPacks(values.pack);

process.env.LOG_LEVEL ??= 'warn'; // the live lines below tell what the functions' own logs would
const began = performance.now();
const dir = resolve(values.dir, 'state');
/** What this command remembers: the time, how far the clock runs ahead, and whether the demo companies were put in. */
const open = async (fresh: boolean) => {
  if (fresh) await rm(dir, { recursive: true, force: true });
  await mkdir(dir, { recursive: true });
  return openState(join(dir, 'start.sqlite'));
};
let kept = await open(values.fresh);
if (kept.get('seeding') === true) {
  // Ended while the demo companies' history was played, of which nobody has seen anything yet: played anew, from nothing.
  kept.close();
  kept = await open(true);
}
const isSeeded = kept.get('seeded') === true;
const ahead = Number(kept.get('aheadMs') ?? 0);
const now = new Date(Date.now() + ahead);
const clock = keptClock({
  now: isSeeded || values.empty ? now : new Date(now.getTime() - 15 * 86_400_000),
  state: kept,
});

const { templates } = await synthesize({ bundle: false, nag: false });
const runtime = await startRuntime({
  templates,
  clock,
  dir,
  ports: { api: port, signin: port + 1, mail: port + 2, aws: port + 4, sandboxes: port + 5 },
});
if (isSeeded && values.pack !== undefined)
  console.log(`--pack ${values.pack}: this folder was filled before and stays as it is; --fresh begins anew`);
if (!isSeeded) {
  await seedPeople(runtime.table);
  if (filled.length > 0) {
    console.log(`filling the demo companies (${filled.join(', ')}): two weeks of history …`);
    kept.set('seeding', true);
    await playDemos(filled, localDriver(runtime), now);
  }
  kept.atomically(() => {
    kept.set('seeded', true);
    kept.delete('seeding');
  });
}
if (clock.now() < now) await clock.advanceTo(now);
clock.follow(speed);

/** Where clients of the demo company look: by a person of it, if it is here. */
const tour = await tourOf(localDriver(runtime)).catch((error: unknown) => {
  if (error instanceof NotSeen) return undefined; // nobody of that company works here
  throw error;
});

const remember = () => kept.set('aheadMs', clock.now().getTime() - Date.now());

/** Lets a person wind the clock on: `curl -X POST 'http://localhost:4003/advance?by=5h'`. */
const winder = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const answer = (status: number, body: unknown) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(`${JSON.stringify(body)}\n`);
  };
  if (request.method !== 'POST' || url.pathname !== '/advance') {
    const here = request.headers.host ?? 'localhost';
    answer(200, { now: clock.now(), advance: `curl -X POST 'http://${here}/advance?by=5h'` });
    return;
  }
  const by = readSpan(url.searchParams.get('by') ?? '');
  if (by === undefined) {
    answer(400, { error: `by=${url.searchParams.get('by') ?? ''}: give a span such as 90s, 30m, 5h, 14d` });
    return;
  }
  const from = clock.now();
  clock.stand();
  clock
    .advance(by)
    .then(() => answer(200, { from, now: clock.now() }))
    .catch((error: unknown) => answer(500, { error: String(error) }))
    .finally(() => {
      clock.follow(speed);
      remember();
    });
});
winder.listen(port + 3, '127.0.0.1');

console.log(`
Voronka runs                     (${((performance.now() - began) / 1000).toFixed(1)} s)
  API        ${runtime.urls.api}/v1/openapi.json
  sign-in    ${runtime.urls.signin}
  mail       ${runtime.urls.mail}   (letters that left; at /_in one comes)
  clock      http://localhost:${port + 3}
  sandboxes  ${runtime.urls.sandboxes}   (payments, parcels and messages: what they hold, and faults on command)
  states     ${runtime.urls.sfn}   (Step Functions, for the AWS CLI and SDK)${
    tour === undefined
      ? ''
      : `

The pages of two clients: open one, pay, and let the other's parcel move in the sandbox of CDEK
  to pay     ${tour.pay}
  a parcel   ${tour.parcel}`
  }
ready
`);
runtime.onLine((line) => {
  const text = liveText(line, packs[0]?.zone ?? 'UTC');
  if (text !== undefined) console.log(text);
});

const stop = async () => {
  remember();
  winder.close();
  await runtime.stop();
  kept.close();
  process.exit(0);
};
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
