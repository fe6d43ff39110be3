import { InTheWay } from '../plainly.ts';
import type { Driver } from '../walkthroughs/scenario.ts';
import { playClimate } from './climate.ts';
import { playCoffee } from './coffee.ts';
import { playFootwear } from './footwear.ts';
import { playFurniture } from './furniture.ts';
import { playIndustrial } from './industrial.ts';
import { playClients } from './industrial-clients.ts';
import { playServices } from './industrial-services.ts';
import { type OfDemo, together } from './together.ts';

/** Fills a pack's company through its API with deals and two weeks of their history. @returns what was made, a line each */
export type Demo = (driver: Pick<Driver, OfDemo>, end: Date) => Promise<string[]>;

/** The demo data of each pack. */
export const demos: Readonly<Record<string, Demo>> = {
  industrial: async (driver, end) =>
    (
      await together(driver, [
        (own) => playIndustrial(own, end),
        (own) => playServices(own, end),
        (own) => playClients(own, end),
      ])
    ).flat(),
  climate: playClimate,
  furniture: playFurniture,
  coffee: playCoffee,
  footwear: playFootwear,
};

/**
 * The packs that a command line names: `climate,coffee`; all that have demo data where it names none.
 *
 * @throws naming those that there are
 */
export const namedPacks = (names: string | undefined): string[] => {
  const chosen = names === undefined ? Object.keys(demos) : names.split(',').map((name) => name.trim());
  const unknown = chosen.filter((name) => demos[name] === undefined);
  if (unknown.length > 0)
    throw new InTheWay(
      `--pack ${unknown.join(',')}: no demo data; there is some of ${Object.keys(demos).join(', ')}`,
    );
  return chosen;
};

/** Plays the history of packs' companies side by side, in one time. @returns a line a deal */
export const playDemos = async (
  chosen: readonly string[],
  driver: Pick<Driver, OfDemo>,
  end: Date,
): Promise<string[]> =>
  (
    await together(
      driver,
      chosen.flatMap((name) => demos[name] ?? []).map((demo) => (own) => demo(own, end)),
    )
  ).flat();
