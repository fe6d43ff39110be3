import type { Company, Product } from '../../schemas/contact.ts';
import type { PortEvent } from '../../schemas/event.ts';
import { instantOf } from '../../schemas/time.ts';
import { companies, type Kind, products } from '../contacts/kinds.ts';
import { add, change, findOne } from '../contacts/store.ts';
import { clock } from '../shared/clock.ts';
import { idOf } from '../shared/new-id.ts';
import { theTable } from '../shared/ports.ts';
import { markRow, type Occasion } from './marker.ts';

type Loaded = Extract<PortEvent, { type: 'nomenclature.loaded' }>;
type Kept = { readonly id: string; readonly name: string; readonly version: number };

/** Adds what is new and changes what differs, known by its guid of 1C. */
const upsert = async <T extends Kept>(kind: Kind<T>, by: string, guid: string, fresh: T): Promise<void> => {
  const table = theTable();
  const before = await findOne(table, kind, by, guid);
  if (before === undefined) {
    await add(table, kind, fresh);
    return;
  }
  const after: T = { ...before, ...fresh, id: before.id, version: before.version, ...kept(kind, before) };
  const differs = (Object.keys(fresh) as (keyof T)[]).some(
    (name) => name !== 'changedAt' && JSON.stringify(after[name]) !== JSON.stringify(before[name]),
  );
  if (differs) await change(table, kind, before, { ...after, version: before.version + 1 });
};

const kept = <T extends Kept>(kind: Kind<T>, before: T): Partial<T> =>
  Object.fromEntries(
    Object.entries(before).filter(
      ([name]) => kind.kept.includes(name) || name === 'extra' || name.startsWith('holding'),
    ),
  ) as Partial<T>;

/**
 * Articles and companies as 1C has them. A load may be too long for one transaction: each of them is written by itself,
 * the mark that all are taken last, and a load that broke off is simply taken again.
 */
export const loadNomenclature = async (load: Loaded, occasion: Occasion): Promise<void> => {
  const changedAt = instantOf(clock.now());
  for (const { guid1c, name, unit, price, currency } of load.products) {
    const product: Product = {
      id: idOf('1c', guid1c),
      name,
      unit,
      price,
      currency,
      guid1c,
      version: 1,
      changedAt,
    };
    await upsert(products, 'product.guid1c', guid1c, product);
  }
  for (const { guid1c, name, taxNumber } of load.companies) {
    const company: Company = {
      id: idOf('1c', guid1c),
      name,
      ...(taxNumber === undefined ? {} : { taxNumber }),
      guid1c,
      debtTotal: 0,
      wonTotal: 0,
      extra: {},
      version: 1,
      changedAt,
    };
    await upsert(companies, 'company.guid1c', guid1c, company);
  }
  await theTable().write({ put: markRow(occasion) });
};
