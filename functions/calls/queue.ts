import type * as z from 'zod';
import { Call } from '../../schemas/call.ts';
import type { Deal } from '../../schemas/deal.ts';
import { instantOf } from '../../schemas/time.ts';
import { idOf } from '../shared/new-id.ts';
import { ConditionFailed, type Table, type Write } from '../shared/table/port.ts';
import { callKey, callOf, callRow } from './rows.ts';

const mostBytes = 32_768;

export type Asked = {
  readonly provider: string;
  readonly kind: string;
  /** what it is asked for: the same occasion is one call, however often it is queued */
  readonly occasion: string;
  readonly pack: string;
  /** the deal it is about, where it is about one */
  readonly deal?: Pick<Deal, 'id' | 'number' | 'pipeline'> | undefined;
  /** for people; no personal data */
  readonly about: string;
  readonly input: Readonly<Record<string, unknown>>;
};

export type Queued = { readonly call: Call; readonly write: Write };

/** The id of the call of an occasion. */
export const callIdOf = ({
  provider,
  kind,
  occasion,
}: Pick<Asked, 'provider' | 'kind' | 'occasion'>): string => idOf('call', provider, kind, occasion);

/**
 * A call of an outside system, with the write that queues it: put into the transaction of what it follows from, it is made
 * if and only if that came about. The write fails where the occasion has its call already.
 */
export const queueCall = (
  { provider, kind, occasion, pack, deal, about, input }: Asked,
  now: Date,
): Queued => {
  const bytes = Buffer.byteLength(JSON.stringify(input));
  if (bytes > mostBytes)
    throw new Error(
      `call ${provider}/${kind}: its input has ${bytes} bytes, ${mostBytes} are kept; name what is large instead of copying it`,
    );
  const at = instantOf(now);
  const call = Call.parse({
    id: callIdOf({ provider, kind, occasion }),
    provider,
    kind,
    pack,
    ...(deal === undefined ? {} : { pipeline: deal.pipeline, deal: deal.id, dealNumber: deal.number }),
    about,
    input,
    state: 'queued',
    attempts: 0,
    failures: 0,
    history: [],
    resent: 0,
    createdAt: at,
    changedAt: at,
  } satisfies z.input<typeof Call>);
  return { call, write: { put: callRow(call), if: { absent: true } } };
};

/** Queues a call outside a transaction. @returns the call of the occasion, which may have been made long before */
export const callOnce = async (table: Table, asked: Asked, now: Date): Promise<Call> => {
  const { call, write } = queueCall(asked, now);
  try {
    await table.write(write);
    return call;
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
    const row = await table.get(callKey(call.id), { consistent: true });
    return row === undefined ? call : callOf(row);
  }
};

/** The call of an occasion, if one was queued. */
export const callFor = async (
  table: Table,
  occasion: Pick<Asked, 'provider' | 'kind' | 'occasion'>,
): Promise<Call | undefined> => {
  const row = await table.get(callKey(callIdOf(occasion)), { consistent: true });
  return row === undefined ? undefined : callOf(row);
};
