import type { By } from '../../schemas/deal.ts';
import type { Item, Table, Write } from '../shared/table/port.ts';

/** What was said by whom: an adapter's name on the bus, and its own id of the event. */
export type Occasion = { readonly source: string; readonly externalId: string };

const markerKey = ({ source, externalId }: Occasion) => ({ pk: `PORT#${source}#${externalId}`, sk: 'PORT' });

/** Whether this was taken before. */
export const isTaken = async (table: Table, occasion: Occasion): Promise<boolean> =>
  (await table.get(markerKey(occasion), { consistent: true })) !== undefined;

/** The row that says it was taken. */
export const markRow = (occasion: Occasion): Item => ({ ...markerKey(occasion), row: 'port', ...occasion });

/** Marks it as taken; goes into the transaction that takes it. */
export const marking = (occasion: Occasion): Write => ({ put: markRow(occasion), if: { absent: true } });

/** The name a deal remembers it by. */
export const keyOf = ({ source, externalId }: Occasion): string => `${source}:${externalId}`.slice(0, 200);

/** `voronka.port.robokassa` writes as `robokassa`. */
export const adapterOf = ({ source }: Occasion): string =>
  source
    .replace(/^voronka\.port\./, '')
    .replace(/[^a-z0-9-]/g, '-')
    .slice(0, 48) || 'port';

export const byAdapter = (occasion: Occasion): By => ({ system: adapterOf(occasion) });
