import * as z from 'zod';
import { DomainEvent } from '../../schemas/event.ts';
import { EntityId } from '../../schemas/ids.ts';
import { clock } from '../shared/clock.ts';
import { about } from '../shared/log.ts';
import { observed } from '../shared/observed.ts';
import { theCompany, theTable } from '../shared/ports.ts';
import { carry, type Executors, leave } from './carry.ts';
import { type Takers, take } from './take.ts';
import { wakeWorker } from './wake.ts';

const attempt = z.int().positive();
const Asked = z.union([
  z
    .object({
      detail: DomainEvent.extend({
        type: z.literal('call.queued'),
        data: z.looseObject({ call: EntityId, attempt }),
      }),
    })
    .transform(({ detail }) => ({ call: detail.data.call, attempt: detail.data.attempt, deal: detail.deal })),
  z
    .object({
      detail: DomainEvent.extend({
        type: z.literal('outside.received'),
        data: z.looseObject({ received: EntityId, attempt }),
      }),
    })
    .transform(({ detail }) => ({
      received: detail.data.received,
      attempt: detail.data.attempt,
      deal: detail.deal,
    })),
  z
    .object({
      detail: DomainEvent.extend({
        type: z.literal('call.given-up'),
        data: z.looseObject({ call: EntityId }),
      }),
    })
    .transform(({ detail }) => ({ givenUp: detail.data.call, deal: detail.deal })),
  z.strictObject({ call: EntityId, attempt }),
  z.strictObject({ received: EntityId, attempt }),
]);

/**
 * The handler of a worker: makes the calls of its providers, and acts upon what they say.
 *
 * @param does.other - what else it is called for; told by whether it knows the event
 */
export const worker = (does: {
  readonly calls?: Executors;
  readonly takes?: Takers;
  readonly other?: (event: unknown) => Promise<boolean>;
}) =>
  observed(async (event: unknown): Promise<void> => {
    if ((await does.other?.(event)) === true) return;
    const asked = Asked.parse(event);
    const doing = { table: theTable(), company: await theCompany(), now: clock.now(), wake: wakeWorker };
    await about('deal' in asked && asked.deal !== undefined ? { deal: asked.deal } : {}, () =>
      'givenUp' in asked
        ? leave(asked.givenUp, { ...doing, executors: does.calls ?? {} })
        : 'call' in asked
          ? carry(asked.call, asked.attempt, { ...doing, executors: does.calls ?? {} })
          : take(asked.received, asked.attempt, { ...doing, takers: does.takes ?? {} }),
    );
  });

/** A worker that only makes calls. */
export const carrier = (calls: Executors) => worker({ calls });

/** A worker that only acts upon what comes in. */
export const taker = (takes: Takers) => worker({ takes });
