import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { synthesize } from '../infra/synthesize.ts';
import { createClock } from '../local/clock.ts';
import { startRuntime } from '../local/runtime.ts';
import { browse, chromiumHere } from './browser/chromium.ts';
import { playClients } from './demo/industrial-clients.ts';
import { tourOf } from './demo/tour.ts';
import { seedPeople } from './people.ts';
import { endPlainly } from './plainly.ts';
import { localDriver } from './walkthroughs/local-driver.ts';

const help = `npm run browser [-- --pictures <folder>]
Opens the pages of two clients of the demo company in Chromium: pays by the keyboard, sees it paid, sees a parcel move. Needs a
Chromium: the command that CHROMIUM names, else chromium, chromium-browser, google-chrome.

  --pictures <folder>  puts a picture of each page there, narrow and wide, by day and by night`;

const { values } = parseArgs({ options: { help: { type: 'boolean' }, pictures: { type: 'string' } } });
if (values.help === true) {
  console.log(help);
  process.exit(0);
}
endPlainly();
process.env.LOG_LEVEL ??= 'error';
const command = chromiumHere();
if (command === undefined) {
  console.log('no Chromium on this machine: skipped');
  process.exit(0);
}

const { templates } = await synthesize({ bundle: false, nag: false });
const end = new Date('2026-02-16T09:00:00Z');
const clock = createClock({ now: new Date('2026-02-01T09:00:00Z') });
const runtime = await startRuntime({ templates, clock, table: 'memory' });
await seedPeople(runtime.table);
const driver = localDriver(runtime);
await driver.command('cdek', { do: 'number', next: '1234567890' });
await playClients(driver, end);
const tour = await tourOf(driver);
if (tour === undefined) throw new Error('the demo company has no deals that the tour follows');
const page = await browse(command);

const failed: string[] = [];
let held = 0;
const must = (what: string, holds: boolean, seen: unknown): void => {
  if (holds) held += 1;
  else failed.push(what);
  console.log(`${holds ? '✓' : '✗'} ${what}${holds ? '' : `: seen ${JSON.stringify(seen)}`}`);
};
const picture = async (name: string): Promise<void> => {
  if (values.pictures === undefined) return;
  await mkdir(values.pictures, { recursive: true });
  await page.picture(join(resolve(values.pictures), `${name}.png`));
};
const text = async (): Promise<string> => String(await page.evaluate('document.body.innerText'));

/** What somebody who does not see the page, or sees it on a phone, would stumble over. */
const barriers = `[
  ...[...document.querySelectorAll('a,button,nav,section')].filter((one) => one.matches('nav') ? !one.ariaLabel
    : one.matches('section') ? one.hasAttribute('aria-labelledby') && !document.getElementById(one.getAttribute('aria-labelledby'))
    : one.innerText.trim() === '').map((one) => 'nameless ' + one.outerHTML),
  ...[...document.querySelectorAll('h1,h2,h3,h4')].filter((one, at, all) => at > 0 && one.tagName[1] - all[at - 1].tagName[1] > 1)
    .map((one) => 'a level left out before ' + one.innerText),
  ...(document.querySelectorAll('h1').length === 1 ? [] : ['not one h1']),
  ...(document.querySelectorAll('main').length === 1 ? [] : ['not one main']),
  ...(document.documentElement.lang === '' ? ['no language'] : []),
  ...[...document.querySelectorAll('button,nav a')].filter((one) => one.getBoundingClientRect().height < 24).map((one) => 'too small ' + one.innerText),
  ...(document.documentElement.scrollWidth > document.documentElement.clientWidth ? ['wider than the window'] : []),
  ...performance.getEntriesByType('resource').map(({ name }) => 'loads ' + name),
]`;

try {
  for (const [name, link] of Object.entries(tour))
    for (const width of [320, 1000])
      for (const scheme of ['light', 'dark'] as const) {
        await page.look(width, scheme);
        await page.open(link);
        const found = await page.evaluate(barriers);
        must(`${name}, ${width} wide, ${scheme}: nothing in the way`, JSON.stringify(found) === '[]', found);
        await picture(`${name}-${width}-${scheme}`);
      }

  await page.look(1000, 'light');
  await page.open(tour.pay);
  const focused = async (): Promise<string> =>
    String(await page.evaluate("document.activeElement?.innerText ?? ''"));
  for (let tabs = 0; tabs < 10 && (await focused()) !== 'Оплатить'; tabs += 1) await page.key('Tab');
  must('the button is reached by the keyboard', (await focused()) === 'Оплатить', await focused());
  await page.leave("document.querySelector('main button').click()");
  must('it leads to the gateway', (await text()).includes('42900'), await text());
  await picture('gateway');
  await page.leave(
    "[...document.querySelectorAll('button')].find((one) => one.innerText.startsWith('Оплатить')).click()",
  );
  await clock.settle();
  await page.open(tour.pay);
  must('and then it is paid', (await text()).includes('Оплачено, спасибо'), await text());
  await picture('paid');

  await page.open(tour.parcel);
  must('the parcel is registered', (await text()).includes('Оформлена в СДЭК'), await text());
  await driver.command('cdek', { do: 'step', order: '1234567890' });
  await page.open(tour.parcel);
  must('it moves at the carrier, and on the page', (await text()).includes('В пути'), await text());
  await picture('parcel');
} finally {
  await page.close();
  await runtime.stop();
}
console.log(`\n${held} passed, ${failed.length} failed`);
process.exit(failed.length === 0 ? 0 : 1);
