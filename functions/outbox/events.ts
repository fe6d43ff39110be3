import { may } from '../access/rights.ts';
import { readEvents } from '../events/read.ts';
import { Forbidden } from '../shared/errors.ts';
import { theTable } from '../shared/ports.ts';
import type { Call } from '../shared/serve.ts';

/** GET /v1/events: those of the pipelines that the reader may follow; numbers of others are passed over. */
export const listEvents = async ({ query, reader, now }: Call<'events.list'>) => {
  if (!may(reader, 'view', 'events'))
    throw new Forbidden(
      `your roles (${reader.user.roles.join(', ')}) have no right to view (events); an administrator gives rights`,
    );
  const { items, next, more } = await readEvents(query.after, query.limit, { table: theTable(), now });
  return {
    items: items.filter(
      ({ type, pipeline }) =>
        (query.type === undefined || query.type.includes(type)) && may(reader, 'view', 'events', pipeline),
    ),
    next,
    more,
  };
};
