import type { DynamoDBBatchResponse } from 'aws-lambda';
import * as z from 'zod';
import type { DomainEvent } from '../../schemas/event.ts';
import { number } from '../events/number.ts';
import { clock } from '../shared/clock.ts';
import { type About, about, log } from '../shared/log.ts';
import { count } from '../shared/metrics.ts';
import { observed } from '../shared/observed.ts';
import { theTable } from '../shared/ports.ts';
import { type Change, changeOf } from '../shared/table/records.ts';
import { nudge } from '../webhooks/nudge.ts';
import { follow } from './follow.ts';
import { measuredBy } from './measured.ts';
import { nameOf, obey } from './obey.ts';
import { publish } from './publish.ts';
import { type Order, ordersOf } from './stream.ts';

const Batch = z.object({
  Records: z.array(z.looseObject({ dynamodb: z.looseObject({ SequenceNumber: z.string() }) })),
});

type Taken = { change: Change; sequence: string };

const ofDeal = 'D#';

/** The deal that a changed row belongs to. */
const aboutRow = (pk: string): About => (pk.startsWith(ofDeal) ? { deal: pk.slice(ofDeal.length) } : {});

/** Changes of one deal in order, deals beside each other; answers the first place at which each chain broke. */
const inOrder = async (taken: readonly Taken[], events: DomainEvent[]): Promise<string | undefined> => {
  for (const { change, sequence } of taken) {
    let at: Order | undefined;
    try {
      for (const order of ordersOf(change)) {
        at = order;
        if (order.do === 'publish') events.push(order.event);
        else if (order.do === 'follow') await follow(order);
        else await obey(order);
      }
      for (const { measure, of } of measuredBy(change)) count(measure, of);
    } catch (error) {
      log.error(
        at === undefined ? { change: change.key, error } : { order: at.do, of: nameOf(at), error },
        'a change was not carried out by the workflow and will be given again',
      );
      return sequence;
    }
  }
  return undefined;
};

/**
 * The workflow's consumer of the table's stream: stops and starts runs, answers task tokens, puts domain events on the
 * bus and numbers them for other systems. Every order may be repeated, so a batch that failed in part is given again from its first failure.
 */
export const handler = observed(async (event: unknown): Promise<DynamoDBBatchResponse> => {
  const { Records } = Batch.parse(event);
  const chains = new Map<string, Taken[]>();
  for (const record of Records) {
    const change = changeOf(record);
    const chain = chains.get(change.key.pk) ?? [];
    chain.push({ change, sequence: record.dynamodb.SequenceNumber });
    chains.set(change.key.pk, chain);
  }
  const events: DomainEvent[] = [];
  const broken = (
    await Promise.all([...chains].map(([pk, chain]) => about(aboutRow(pk), () => inOrder(chain, events))))
  ).filter((sequence) => sequence !== undefined);
  const first = Records.find((record) => broken.includes(record.dynamodb.SequenceNumber));
  // Published also when a part failed: what came before the failure is not given again.
  const given = { table: theTable(), now: clock.now() };
  await Promise.all([publish(events), number(events, given)]);
  await nudge(events, given);
  return {
    batchItemFailures: first === undefined ? [] : [{ itemIdentifier: first.dynamodb.SequenceNumber }],
  };
});
