import { industrialGoods } from '../../scripts/walkthroughs/industrial-goods.ts';
import { moscow } from '../../scripts/walkthroughs/scenario.ts';
import { type History, historyOf } from './history.ts';
import { type Kill, type Moment, startHunt } from './hunt.ts';

const begins = moscow('2026-02-02 09:00');

/** Lines of 9.1 a kill may fall into. */
const lines = 34;
/** A line makes some ten calls, each of which is over in some ten milliseconds; an advance takes longer. */
const callsALine = 12;
const longestMs = 60;

/** Moments spread over the walk-through. */
export const momentsFrom = (chance: () => number, kills: number): Moment[] =>
  Array.from({ length: kills }, () => ({
    line: Math.floor(chance() * lines),
    call: Math.floor(chance() * callsALine),
    afterMs: Math.floor(chance() ** 2 * longestMs),
  }));

/** What became of a walk-through: every line seen, or the one that was not. */
export type Played = { history: History; kills: readonly Kill[]; failed?: { event: string; error: unknown } };

/** Plays 9.1 through HTTP against a runtime that is killed at the given moments. */
export const play = async (templates: string, moments: readonly Moment[] = []): Promise<Played> => {
  const hunt = await startHunt({ templates, now: begins, moments });
  try {
    const scenario = industrialGoods(hunt.driver);
    for (const [index, { at, event, play: seen }] of scenario.entries()) {
      hunt.begin(index);
      try {
        await hunt.driver.advanceTo(moscow(at));
        await seen();
      } catch (error) {
        return { history: await historyOf(hunt), kills: hunt.kills, failed: { event, error } };
      }
    }
    return { history: await historyOf(hunt), kills: hunt.kills };
  } finally {
    await hunt.stop();
  }
};
