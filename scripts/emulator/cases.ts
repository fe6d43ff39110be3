import { SFNClient } from '@aws-sdk/client-sfn';
import type { Case } from '../../local/states/case.ts';
import { bindStandIns, departure } from '../../local/states/match.ts';
import { ended, machine, start } from './run.ts';
import { clientOf, type Decide, type Emulator, type Scripted } from './scripted.ts';

type Stub = NonNullable<Case['lambda']>[string];

/** Why a recorded case cannot be played by functions alone; `undefined` when it can. */
export const skipped = ({ services, deeds, lambda }: Case): string | undefined => {
  if (services !== undefined) return 'answers of a service other than Lambda';
  if (deeds !== undefined) return 'calls from outside';
  return Object.values(lambda ?? {}).some((stub) => typeof stub === 'object' && 'failure' in stub)
    ? 'an invocation that itself fails'
    : undefined;
};

const decided =
  (stub: Stub): Decide =>
  (event) => {
    if (stub === 'echo') return { return: event };
    if ('return' in stub) return { return: stub.return };
    if ('raise' in stub) return { raise: stub.raise };
    if ('failure' in stub) throw new Error('not played: see skipped');
    return { ...decided(stub.then)(event, 0), after: stub.delaySeconds };
  };

/** How status, output and error of a recorded case depart from the recording; empty when they do not. */
export const play = async (
  emulator: Emulator,
  functions: Scripted,
  account: string,
  recorded: Case,
): Promise<string[]> => {
  const sfn = new SFNClient(clientOf(emulator, account));
  // Its own account keeps each case's functions apart; the recording's is in ARNs that the case hands over.
  const here = `${clientOf(emulator, account).region}:${account}`;
  const given = JSON.parse(JSON.stringify(recorded).replaceAll('us-east-1:111111111111', here)) as Case;
  if (given.lambda !== undefined) {
    await functions.make(
      account,
      Object.fromEntries(Object.entries(given.lambda).map(([name, stub]) => [name, decided(stub)])),
    );
  }
  const { expected, input } = given;
  const bound = new Map<string, string>();
  departure(expected.events?.[0]?.input, input, bound);
  bindStandIns(expected.events?.[0]?.input, input, bound);
  try {
    const run = await start(sfn, await machine(sfn, given.definition), input);
    const actual = await ended(sfn, run, 15);
    const told = actual.error === undefined ? '' : ` (${actual.error}: ${actual.cause})`;
    const status = departure(expected.status, actual.status, bound, 'status');
    return [
      status === undefined ? undefined : status + told,
      expected.output === undefined
        ? undefined
        : departure(expected.output, actual.output as never, bound, 'output'),
      expected.error === undefined ? undefined : departure(expected.error, actual.error, bound, 'error'),
    ].filter((found) => found !== undefined);
  } catch (error) {
    return [`refused: ${(error as Error).message}`];
  } finally {
    sfn.destroy();
  }
};
