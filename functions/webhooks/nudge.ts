import type { DomainEvent } from '../../schemas/event.ts';
import { instantOf } from '../../schemas/time.ts';
import { callKey, callOf, callRow } from '../calls/rows.ts';
import { fed } from '../events/fed.ts';
import { ConditionFailed, type Table } from '../shared/table/port.ts';
import { callOfWebhook, webhookOf, webhooksOf } from './rows.ts';

/** Queues what carries a webhook's events, where it has come to rest; one that is under way will look once more itself. */
export const queueAnew = async (webhook: string, table: Table, now: Date): Promise<void> => {
  const row = await table.get(callKey(callOfWebhook(webhook)), { consistent: true });
  if (row === undefined) return;
  const call = callOf(row);
  if (call.state !== 'done') return;
  try {
    await table.write({
      put: callRow({ ...call, state: 'queued', changedAt: instantOf(now) }),
      if: { equals: { state: call.state, attempts: call.attempts } },
    });
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error; // somebody else has
  }
};

/** Has webhooks hear of events that were just numbered: also of those given again, since the first time may have ended here. */
export const nudge = async (
  events: readonly DomainEvent[],
  { table, now }: { readonly table: Table; readonly now: Date },
): Promise<void> => {
  const types = new Set(events.flatMap((event) => fed(event)?.type ?? []));
  if (types.size === 0) return;
  const { items } = await table.query({ pk: webhooksOf, consistent: true });
  const hearing = items
    .map(webhookOf)
    .filter(({ state, types: of }) => state === 'on' && of.some((one) => types.has(one)));
  await Promise.all(hearing.map(({ id }) => queueAnew(id, table, now)));
};
