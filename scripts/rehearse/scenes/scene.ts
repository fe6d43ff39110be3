import { setTimeout as pause } from 'node:timers/promises';
import type { DealView } from '../../../schemas/api/index.ts';
import { type Driver, NotSeen, personOn } from '../../walkthroughs/scenario.ts';
import { commandedAt, visited } from '../../walkthroughs/visit.ts';
import { callerOn } from '../caller.ts';
import type { Cloud } from '../cloud.ts';

/** Something tried on the deployed app. Answers what was seen; throws `NotSeen`. */
export type Scene = { readonly name: string; readonly play: (cloud: Cloud) => Promise<string> };

/** Looks until there is something to see. @throws {NotSeen} with the last reason it was not */
export const eventually = async <T>(
  what: string,
  look: () => Promise<T | undefined>,
  seconds = 30,
): Promise<T> => {
  const until = performance.now() + seconds * 1000;
  let reason = 'nothing was seen';
  for (;;) {
    try {
      const seen = await look();
      if (seen !== undefined) return seen;
    } catch (error) {
      if (!(error instanceof NotSeen)) throw error;
      reason = error.message;
    }
    if (performance.now() > until) throw new NotSeen(`${what}: not within ${seconds} s; ${reason}`);
    await pause(100);
  }
};

/** A person at work on the deployed app. */
export const person = (cloud: Cloud, user: string) => personOn({ call: callerOn(cloud) }, user);

/** A fresh deal of the goods pipeline, taken up by Pavel: its first task is open. */
export const takenUp = async (cloud: Cloud, title: string): Promise<string> => {
  const pavel = person(cloud, 'pavel');
  const { id } = await pavel.ok<DealView>('POST', '/v1/deals', {
    pipeline: 'goods',
    title,
    fields: { payerKind: 'legal' },
  });
  await pavel.move(id, 'express-identification');
  await eventually(`the first task of ${title}`, async () =>
    (await pavel.openTasks(id)).length > 0 ? true : undefined,
  );
  return id;
};

/** How clients reach the deployed app, and how providers are told what to do. */
export type Doors = Pick<Driver, 'visit' | 'command'>;

export const doorsOf = (cloud: Cloud): Doors => ({
  command: (sandbox, given) => commandedAt(cloud.providers.url, sandbox, given),
  visit: (address, form) => visited(cloud.api, address, form),
});
