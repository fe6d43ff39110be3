import * as z from 'zod';
import { DealId, EntityId } from '../../schemas/ids.ts';
import { shippedKey } from '../shared/keys.ts';
import type { Table } from '../shared/table/port.ts';

const Pointer = z.looseObject({ deal: DealId, parcel: EntityId });

export type Found = { readonly deal: DealId; readonly parcel: string };

/** The parcel of one of the carrier's ids, or of our number within an account as `<pack>/<number>`: the first that is known. */
export const parcelBy = async (table: Table, ...names: readonly string[]): Promise<Found | undefined> => {
  for (const name of names) {
    const row = await table.get(shippedKey('cdek', name), { consistent: true });
    const found = Pointer.safeParse(row).data;
    if (found !== undefined) return { deal: found.deal, parcel: found.parcel };
  }
  return undefined;
};
