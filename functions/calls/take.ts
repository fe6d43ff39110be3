import { saidLength } from '../../schemas/call.ts';
import type { Deal } from '../../schemas/deal.ts';
import type { Received } from '../../schemas/received.ts';
import { instantOf } from '../../schemas/time.ts';
import { oneLine } from '../notify/letter.ts';
import { VoronkaError } from '../shared/errors.ts';
import { log } from '../shared/log.ts';
import { count } from '../shared/metrics.ts';
import { ConditionFailed, type Table } from '../shared/table/port.ts';
import { retryAt } from './backoff.ts';
import type { Doing } from './carry.ts';
import { receivedKey, receivedOf, receivedRow } from './rows.ts';
import { tellPeople } from './tell-people.ts';
import type { Wake } from './wake.ts';

type About = { readonly deal?: Pick<Deal, 'id' | 'number'> | undefined };

/** What came of something that came in. */
export type Taken =
  | ({ readonly as: 'taken' } & About)
  /** it says nothing new, or nothing of ours */
  | ({ readonly as: 'ignored'; readonly problem?: string } & About)
  /** it cannot be acted upon; whoever says so has told the people who have to know */
  | ({ readonly as: 'refused'; readonly problem: string } & About)
  /** not now; tried again for a day */
  | { readonly as: 'later'; readonly problem: string };

/** Acts upon what came in. It may be called again after it acted: what it writes is under a key of `received`. */
export type Taker = (received: Received, doing: Doing) => Promise<Taken>;
export type Takers = Readonly<Record<string, Taker>>;

export type Taking = Doing & {
  readonly takers: Takers;
  wake(provider: string, at: Date, wake: Wake): Promise<void>;
};

const soonestMs = 60_000;

const read = async (id: string, table: Table): Promise<Received | undefined> => {
  const row = await table.get(receivedKey(id), { consistent: true });
  return row === undefined ? undefined : receivedOf(row);
};

const write = async (before: Received, after: Received, { table }: Taking): Promise<boolean> => {
  try {
    await table.write({
      put: receivedRow(after),
      if: { equals: { state: before.state, attempts: before.attempts } },
    });
    return true;
  } catch (error) {
    if (error instanceof ConditionFailed) return false; // another call was faster
    throw error;
  }
};

const taken = async (received: Received, { takers, ...doing }: Taking): Promise<Taken> => {
  const taker = takers[received.kind];
  if (taker === undefined)
    return {
      as: 'later',
      problem: `this release does not know "${received.kind}" of ${received.provider}; it knows ${Object.keys(takers).join(', ') || 'nothing'}`,
    };
  try {
    return await taker(received, { table: doing.table, company: doing.company, now: doing.now });
  } catch (error) {
    log.warn(
      { received: received.id, kind: received.kind, error },
      'what came in could not be acted upon now',
    );
    return {
      as: 'later',
      problem:
        error instanceof VoronkaError
          ? `${error.name}: ${error.message}`
          : `an unforeseen error: ${error instanceof Error ? error.name : typeof error}; the log has it`,
    };
  }
};

const giveUp = async (
  received: Received,
  problem: string,
  { table, company, now }: Taking,
): Promise<void> => {
  const { provider, id, pack = company.packs[0]?.id ?? '' } = received;
  await tellPeople(
    pack,
    {
      occasion: `received:${id}`,
      subject: {
        ru: `Сообщение от ${provider} не удалось обработать`,
        en: `What ${provider} said could not be acted upon`,
        ro: `Mesajul de la ${provider} nu a putut fi prelucrat`,
      },
      body: {
        ru: `${received.kind} ${received.externalId}: ${problem}. Оно сохранено в исходящих и входящих.`,
        en: `${received.kind} ${received.externalId}: ${problem}. It is kept in the outbox view.`,
        ro: `${received.kind} ${received.externalId}: ${problem}. Este păstrat în lista de trimiteri.`,
      },
    },
    { table, company, now },
  );
};

/**
 * Has what came in acted upon; what fails is tried again for a day with backoff, and then told of.
 *
 * @param n - 1 for what has just come in
 */
export const take = async (id: string, n: number, taking: Taking): Promise<void> => {
  const { now, table, wake } = taking;
  const received = await read(id, table);
  if (received === undefined || received.state !== 'received' || n > received.attempts + 1) return;
  if (n <= received.attempts) {
    // A repeated call: it failed then, and the wake-up may not have been made.
    const at = Math.max(Date.parse(received.nextAttemptAt ?? received.changedAt), now.getTime() + soonestMs);
    return wake(received.provider, new Date(at), { received: id, attempt: received.attempts + 1 });
  }
  const outcome = await taken(received, taking);
  count(outcome.as === 'taken' || outcome.as === 'ignored' ? 'CallbacksTaken' : 'CallbacksFailed');
  const { nextAttemptAt: _, problem: __, ...rest } = received;
  const changedAt = instantOf(now);
  if (outcome.as !== 'later') {
    await write(
      received,
      {
        ...rest,
        state: outcome.as,
        ...(outcome.deal === undefined ? {} : { deal: outcome.deal.id, dealNumber: outcome.deal.number }),
        ...('problem' in outcome && outcome.problem !== undefined
          ? { problem: oneLine(outcome.problem).slice(0, saidLength) }
          : {}),
        changedAt,
      },
      taking,
    );
    return;
  }
  const problem = oneLine(outcome.problem).slice(0, saidLength);
  const at = retryAt({ id, failingSince: received.resentAt ?? received.at }, received.attempts + 1, now);
  const failed: Received = { ...rest, attempts: received.attempts + 1, problem, changedAt };
  if (at === undefined) {
    await giveUp(received, problem, taking);
    await write(received, { ...failed, state: 'refused' }, taking);
    return;
  }
  if (await write(received, { ...failed, nextAttemptAt: instantOf(at) }, taking))
    await wake(received.provider, at, { received: id, attempt: failed.attempts + 1 });
};
