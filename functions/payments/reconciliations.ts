import { Reconciliation } from '../../schemas/reconciliation.ts';
import { mayDoToAll } from '../access/rights.ts';
import { Forbidden } from '../shared/errors.ts';
import { reconciliationsKey } from '../shared/keys.ts';
import { theTable } from '../shared/ports.ts';
import { contentOf } from '../shared/rows.ts';
import type { Call } from '../shared/serve.ts';

/** As many days as are shown. */
const shown = 31;

/** GET /v1/payments/reconciliations: for who sees every payment of a company. */
export const listReconciliations = async ({ query, reader, company }: Call<'payments.reconciliations'>) => {
  const packs = company.packs.filter(
    ({ id, pipelines, integrations }) =>
      integrations?.robokassa !== undefined &&
      (query.pack === undefined || query.pack === id) &&
      pipelines.some((pipeline) => mayDoToAll(reader, 'view', 'payment', pipeline.id)),
  );
  if (packs.length === 0)
    throw new Forbidden(
      `your roles (${reader.user.roles.join(', ')}) may not see every payment of ${query.pack ?? 'a company'}`,
    );
  const pages = await Promise.all(
    packs.map(({ id }) =>
      theTable().query({
        pk: reconciliationsKey(id),
        descending: true,
        limit: shown,
        ...(query.from === undefined ? {} : { sk: { from: query.from } }),
      }),
    ),
  );
  const items = pages.flatMap((page) => page.items.map((item) => Reconciliation.parse(contentOf(item))));
  return { items: items.sort((one, other) => (one.day < other.day ? 1 : -1)).slice(0, shown) };
};
