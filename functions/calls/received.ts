import type * as z from 'zod';
import type { Deal } from '../../schemas/deal.ts';
import { Received } from '../../schemas/received.ts';
import { instantOf } from '../../schemas/time.ts';
import { BadInput } from '../shared/errors.ts';
import { idOf } from '../shared/new-id.ts';
import { ConditionFailed, type Table, type Write } from '../shared/table/port.ts';
import { receivedRow } from './rows.ts';

const mostBytes = 65_536;

/** What came in, once it is verified. */
export type Said = {
  readonly provider: string;
  readonly kind: string;
  /** the provider's own name for it; where it has none, a digest of what it said */
  readonly externalId: string;
  readonly pack?: string | undefined;
  readonly deal?: Pick<Deal, 'id' | 'number'> | undefined;
  readonly raw: string;
};

/**
 * What an outside system said, with the write that stores it. The write fails where it has been stored before.
 *
 * @throws {BadInput} if it is too large to keep
 */
export const storeReceived = (
  { provider, kind, externalId, pack, deal, raw }: Said,
  now: Date,
): { received: Received; write: Write } => {
  if (Buffer.byteLength(raw) > mostBytes)
    throw new BadInput(`${Buffer.byteLength(raw)} bytes given, at most ${mostBytes} are kept`);
  const at = instantOf(now);
  const received = Received.parse({
    id: idOf('received', provider, kind, externalId),
    provider,
    kind,
    externalId,
    ...(pack === undefined ? {} : { pack }),
    ...(deal === undefined ? {} : { deal: deal.id, dealNumber: deal.number }),
    raw,
    state: 'received',
    attempts: 0,
    at,
    changedAt: at,
  } satisfies z.input<typeof Received>);
  return { received, write: { put: receivedRow(received), if: { absent: true } } };
};

/** Stores what came in. @returns whether it is new: what was stored before is acted upon, or was */
export const keepReceived = async (
  table: Table,
  said: Said,
  now: Date,
): Promise<{ received: Received; isNew: boolean }> => {
  const { received, write } = storeReceived(said, now);
  try {
    await table.write(write);
    return { received, isNew: true };
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
    return { received, isNew: false };
  }
};
