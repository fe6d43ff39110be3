import { parseArgs } from 'node:util';
import { endPlainly } from './plainly.ts';
import { clear } from './rehearse/clear.ts';
import { deploy, open, prepare, remove } from './rehearse/cloud.ts';
import { diagnose } from './rehearse/diagnose.ts';
import { cloudDriver } from './rehearse/driver.ts';
import { startEmulator } from './rehearse/emulator.ts';
import { ownFolder } from './rehearse/folder.ts';
import { gaps } from './rehearse/gaps.ts';
import { rehearseHelp, rehearseOptions } from './rehearse/options.ts';
import { startProviders } from './rehearse/providers.ts';
import { scenes } from './rehearse/scenes/scenes.ts';
import { score } from './rehearse/score.ts';
import { cleared } from './rehearse/teardown.ts';
import { local, moscow } from './walkthroughs/scenario.ts';
import { walkthroughs } from './walkthroughs/walkthroughs.ts';

endPlainly();
const { values } = parseArgs({ options: rehearseOptions });
if (values.help === true) {
  console.log(rehearseHelp);
  process.exit(0);
}
process.env.LOG_LEVEL ??= 'error';

const began = performance.now();
const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`;
const wanted = (name: string): boolean => values.only === undefined || name.includes(values.only);

/** Does one part of the preparation and says how long it took. */
const part = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
  const since = performance.now();
  const done = await work();
  console.log(`  ${name.padEnd(58)}${seconds(since)}`);
  return done;
};

// One company's: a step of the score takes a second there. Those of the others are played on this machine.
const rehearsed = Object.entries(walkthroughs).filter(([name]) => name.startsWith('industrial/'));
const named = rehearsed.filter(([name, { title }]) => wanted(`${name} ${title}`));
const gapOf = (name: string) => gaps.find(({ skips }) => skips?.includes(name));
const chosen = named.filter(([name]) => gapOf(name) === undefined);
const skipped = named.filter(([name]) => gapOf(name) !== undefined);
const chosenScenes = scenes.filter(({ name }) => wanted(name));
if (named.length + chosenScenes.length === 0) {
  const names = [...rehearsed.map(([, { title }]) => title), ...scenes.map(({ name }) => name)];
  console.error(
    `--only ${values.only}: in none of the names, which are\n${names.map((name) => `  ${name}`).join('\n')}`,
  );
  process.exit(2);
}

const results: { name: string; passed: boolean; took: string; said: string }[] = [];
/** Tries one thing and goes on, whatever comes of it. */
const tried = async (name: string, play: () => Promise<string>): Promise<boolean> => {
  const since = performance.now();
  try {
    const said = await play();
    results.push({ name, passed: true, took: seconds(since), said });
    console.log(`✓ ${name.padEnd(76)}${seconds(since).padStart(7)}\n    ${said}`);
    return true;
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    results.push({ name, passed: false, took: seconds(since), said });
    console.log(`✗ ${name.padEnd(76)}${seconds(since).padStart(7)}\n    ${said}`);
    return false;
  }
};

const emulator = await part('the emulator starts', () => startEmulator(ownFolder()));
const providers = await startProviders();
try {
  const scores = await part('the walk-throughs are played on this machine', async () => {
    const played = [];
    for (const [, one] of chosen) played.push({ ...one, score: await score(one) });
    return played;
  });
  await part('the app is synthesized', () => prepare(emulator, providers));
  const outputs = await part('npm run deploy', () =>
    deploy(emulator, ['--admin', 'first@rehearsal.example']),
  );
  const cloud = await part('people, aliases', () => open(emulator, providers, outputs));

  console.log(`\n${emulator.version} at ${emulator.url}`);
  for (const { title, zone, begins, lines, score } of scores) {
    await clear(cloud);
    await cloud.setClock(local(zone, begins));
    const driver = cloudDriver(cloud, score, (await cloud.letters()).length);
    await tried(`walk-through ${title}`, async () => {
      let count = 0;
      for (const { at, event, play } of lines(driver)) {
        try {
          await driver.advanceTo(local(zone, at));
          await play();
        } catch (error) {
          throw new Error(`${at} ${event}: ${error instanceof Error ? error.message : error}`, {
            cause: error,
          });
        }
        count += 1;
      }
      const stops = score.passages.flatMap((passage) => passage.stops).length;
      return `${count} lines; at ${stops} moments the tables said the same as on the local runtime, row by row`;
    });
  }
  for (const [name, { title }] of skipped)
    console.log(`– walk-through ${title}: skipped\n    ${emulator.version}: ${gapOf(name)?.what}`);
  if (scores.length === 0) await cloud.setClock(moscow('2026-03-24 09:00'));
  for (const { name, play } of chosenScenes) await tried(name, () => play(cloud));

  if (results.some(({ passed }) => !passed))
    for (const line of await diagnose(cloud)) console.log(`  ${line}`);
  if (values.keep === true) {
    const exports = Object.entries(emulator.environment).map(([name, value]) => `${name}=${value}`);
    console.log(`\nkept: ${emulator.url}, API ${cloud.api}; end it with Ctrl+C. In another terminal:`);
    console.log(`  export ${exports.join(' ')}\n  npm run ops -- queues --stage rehearsal`);
    await new Promise((ended) => process.once('SIGINT', ended));
  }
  await tried('npm run deploy -- --remove takes everything down', async () => {
    await remove(emulator);
    return cleared(cloud);
  });
} finally {
  await emulator.stop();
  await providers.stop();
}

console.log(`\nWhat ${emulator.version} does not do, and what stood in for it:`);
for (const { what, instead } of gaps) console.log(`– ${what}\n    ${instead}`);
const failed = results.filter(({ passed }) => !passed);
console.log(
  `\n${results.length - failed.length} of ${results.length} passed, ${skipped.length} skipped, ${gaps.length} gaps of the emulator stood in for, in ${seconds(began)}.` +
    (failed.length > 0 ? ` Its log: ${emulator.log}` : ''),
);
process.exit(failed.length > 0 ? 1 : 0);
