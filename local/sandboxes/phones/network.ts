import type { Clock } from '../../clock.ts';
import type { Held } from '../sandbox.ts';

/** Where a message is, on the way from a gateway to a phone. */
export type Way = 'queued' | 'sent' | 'delivered' | 'undelivered' | 'expired';

export type Kept = {
  readonly id: string;
  readonly number: string;
  readonly text: string;
  readonly from: string;
  readonly at: Date;
  readonly callbackUrl?: string | undefined;
  way: Way;
};

/** Numbers that end so never get a message. */
const switchedOff = '0000';

/**
 * The phones behind a gateway: a message is with the operator after two seconds and on the phone after five, by the clock.
 *
 * @param told - called at every step of a message
 */
export const createNetwork = (clock: Clock, told: (message: Kept) => void) => {
  const kept: Kept[] = [];
  const goes = (message: Kept, way: Way): void => {
    if (message.way === 'delivered' || message.way === 'undelivered' || message.way === 'expired') return;
    message.way = way;
    told(message);
  };
  return {
    kept,
    /** @param stays - it is taken and never gets anywhere */
    take(message: Omit<Kept, 'way' | 'at'>, { stays = false } = {}): Kept {
      const taken: Kept = { ...message, at: clock.now(), way: 'queued' };
      kept.unshift(taken);
      if (!stays) {
        const since = clock.now().getTime();
        clock.at(since + 2_000, () => goes(taken, 'sent'));
        clock.at(since + 5_000, () =>
          goes(taken, taken.number.endsWith(switchedOff) ? 'undelivered' : 'delivered'),
        );
      }
      return taken;
    },
    /** Says at once what becomes of a message. @throws RangeError for one that is not there */
    decide(id: string, way: Way): void {
      const message = kept.find((one) => one.id === id);
      if (message === undefined) throw new RangeError(`message ${id}: none of that number was taken`);
      goes(message, way);
    },
    held: (): readonly Held[] => [
      {
        title: `Phones (numbers that end in ${switchedOff} are switched off)`,
        columns: ['at', 'from', 'to', 'text', 'is'],
        rows: kept.map(({ at, from, number, text, way }) => [at.toISOString(), from, number, text, way]),
        commands: kept.map(({ id, way }) =>
          way === 'queued' || way === 'sent'
            ? [
                { title: 'Arrives', command: { id, way: 'delivered' } },
                { title: 'Gets lost', command: { id, way: 'undelivered' } },
              ]
            : [],
        ),
      },
    ],
  };
};
export type Network = ReturnType<typeof createNetwork>;

/** The command of both gateways beside faults. */
export const decided =
  (network: Network) =>
  ({ id, way }: Readonly<Record<string, unknown>>): unknown => {
    if (way !== 'delivered' && way !== 'undelivered' && way !== 'expired')
      throw new RangeError(
        `give { fault, times }, { clear: true } or { id, way: delivered | undelivered | expired }`,
      );
    network.decide(String(id), way);
    return { id, way };
  };
