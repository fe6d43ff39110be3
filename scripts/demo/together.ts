import type { Driver } from '../walkthroughs/scenario.ts';

/** What a demo company is filled with: its API, its time, its files. */
export type OfDemo = 'call' | 'advanceTo' | 'put';

type Waiting = { readonly to: number; readonly go: () => void; readonly fail: (why: unknown) => void };

/**
 * Plays several histories in one time, which never goes back: when all of them wait for time to go by, it goes to where
 * the first is expected, who plays on alone until waiting again.
 */
export const together = async <T>(
  driver: Pick<Driver, OfDemo>,
  plays: readonly ((driver: Pick<Driver, OfDemo>) => Promise<T>)[],
): Promise<T[]> => {
  const waiting: Waiting[] = [];
  let playing = plays.length;
  const pass = (): void => {
    if (waiting.length === 0 || waiting.length < playing) return;
    waiting.sort((one, other) => one.to - other.to);
    const next = waiting.shift() as Waiting;
    driver.advanceTo(new Date(next.to).toISOString()).then(next.go, next.fail);
  };
  const own = {
    ...driver,
    advanceTo: (to: string) =>
      new Promise<void>((go, fail) => {
        waiting.push({ to: Date.parse(to), go, fail });
        pass();
      }),
  };
  return Promise.all(
    plays.map(async (play) => {
      const made = await play(own);
      playing -= 1;
      pass();
      return made;
    }),
  );
};
