import type { Product } from '../../schemas/contact.ts';
import { instantOf } from '../../schemas/time.ts';
import { idOf, newId } from '../shared/new-id.ts';
import { behind, pageOf } from '../shared/page.ts';
import { theTable } from '../shared/ports.ts';
import type { Call } from '../shared/serve.ts';
import { namesOf, products } from './kinds.ts';
import { mustHave } from './rights.ts';
import { add } from './store.ts';

/** POST /v1/products */
export const createProduct = async ({ body, reader, now, key }: Call<'products.create'>) => {
  mustHave(reader, 'create', 'product');
  const product: Product = {
    ...body,
    id: key === undefined ? newId() : idOf(key),
    unit: body.unit ?? 'pcs',
    version: 1,
    changedAt: instantOf(now),
  };
  return add(theTable(), products, product);
};

/** GET /v1/products, by name */
export const listProducts = async ({ query, reader }: Call<'products.list'>) => {
  mustHave(reader, 'view', 'product');
  const listed = { index: 'g1', pk: namesOf('product') } as const;
  return pageOf(theTable(), { ...listed, ...behind(query.cursor) }, query.limit, (rows) =>
    rows.map(products.of),
  );
};
