import * as z from 'zod';

/** What an entry of the ledger says: money in, money given back, money spent, goods gone. */
export const LedgerKind = z.enum(['payment', 'refund', 'cost', 'shipment']);
export type LedgerKind = z.infer<typeof LedgerKind>;
