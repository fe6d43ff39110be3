import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { synthesize } from '../../infra/synthesize.ts';
import { createClock } from '../../local/clock.ts';
import { startRuntime } from '../../local/runtime.ts';
import { seedPeople } from '../people.ts';
import { localDriver } from '../walkthroughs/local-driver.ts';
import { type Driver, local } from '../walkthroughs/scenario.ts';
import type { Walkthrough } from '../walkthroughs/walkthroughs.ts';
import { printOf } from './print.ts';
import { rowsOf } from './rows.ts';

/** A moment at which something happened by itself, or at which the company stood after somebody's acts; and how it stood then. */
export type Stop = { readonly at: string; readonly print: readonly string[] };

/** One letting-by of time in a walk-through: to when, and what there was on the way. */
export type Passage = { readonly to: string; readonly stops: readonly Stop[] };

/** How a walk-through went on the local runtime, for another host to be held against, step by step. */
export type Score = { readonly begins: string; readonly passages: readonly Passage[] };

/** Plays a walk-through on the local runtime and writes down how the company stood at every moment that changed it. */
export const score = async ({ zone, begins, lines }: Walkthrough): Promise<Score> => {
  const clock = createClock({ now: local(zone, begins) });
  const { templates } = await synthesize({ bundle: false, nag: false });
  const runtime = await startRuntime({ templates, clock });
  const client = new DynamoDBClient({
    endpoint: runtime.urls.table,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  try {
    await seedPeople(runtime.table);
    const passages: Passage[] = [];
    let last = '';
    const stand = async (): Promise<Stop | undefined> => {
      const print = printOf(await rowsOf(client, String(runtime.environment.TABLE_NAME)));
      const text = print.join('\n');
      if (text === last) return undefined;
      last = text;
      return { at: clock.now().toISOString(), print };
    };
    const inner = localDriver(runtime);
    const driver: Driver = {
      ...inner,
      async advanceTo(to) {
        const target = new Date(to).getTime();
        const stops: Stop[] = [];
        const stop = async () => {
          const stood = await stand();
          if (stood !== undefined) stops.push(stood);
        };
        await clock.settle();
        await stop();
        for (let next = clock.next(); next !== undefined && next <= target; next = clock.next()) {
          await clock.advanceTo(next);
          await stop();
        }
        await clock.advanceTo(target);
        await stop();
        passages.push({ to, stops });
      },
    };
    for (const { at, play } of lines(driver)) {
      await driver.advanceTo(local(zone, at));
      await play();
    }
    return { begins: local(zone, begins), passages };
  } finally {
    client.destroy();
    await runtime.stop();
  }
};
