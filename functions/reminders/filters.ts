import type { SavedFilter } from '../../schemas/reminder.ts';
import { BadInput } from '../shared/errors.ts';
import { theTable } from '../shared/ports.ts';
import type { Call } from '../shared/serve.ts';
import { filterKey, filterOf, filterRow } from './rows.ts';

const most = 100;

const filtersOf = async (user: string): Promise<SavedFilter[]> => {
  const { items } = await theTable().query({ pk: filterKey(user, '').pk, limit: most });
  return items.map(filterOf);
};

/** GET /v1/me/filters */
export const listFilters = async ({ reader }: Call<'filters.list'>) => ({
  items: await filtersOf(reader.user.id),
});

/** PUT /v1/me/filters/{id}: a new one, or another in its place. */
export const saveFilter = async ({ params, body, reader }: Call<'filters.save'>) => {
  const kept = await filtersOf(reader.user.id);
  if (kept.length >= most && !kept.some(({ id }) => id === params.id))
    throw new BadInput(`you keep ${most} lists already; remove one first`);
  const filter = { id: params.id, ...body };
  await theTable().write({ put: filterRow(reader.user.id, filter) });
  return filter;
};

/** DELETE /v1/me/filters/{id}; what is not there is gone. */
export const removeFilter = async ({ params, reader }: Call<'filters.remove'>) => {
  await theTable().write({ remove: filterKey(reader.user.id, params.id) });
  return { items: await filtersOf(reader.user.id) };
};
