import { instantOf } from '../../schemas/time.ts';
import type { Company } from '../access/company.ts';
import type { Reader } from '../access/rights.ts';
import { favouriteKey } from '../shared/keys.ts';
import { theTable } from '../shared/ports.ts';
import type { Call } from '../shared/serve.ts';
import type { Context } from './context.ts';
import { seenCard } from './seen.ts';

/** PUT /v1/deals/{id}/favourite: everybody has favourites of their own. */
export const addFavourite = async (call: Call<'deals.favourite'>) => {
  const { params, reader, now } = call;
  await seenCard(params.id, call);
  await theTable().write({
    put: {
      ...favouriteKey(reader.user.id, params.id),
      row: 'favourite',
      deal: params.id,
      at: instantOf(now),
    },
  });
  return { favourite: true };
};

/** DELETE /v1/deals/{id}/favourite, also of a deal the reader no longer sees */
export const dropFavourite = async ({ params, reader }: Call<'deals.unfavourite'>) => {
  await theTable().write({ remove: favouriteKey(reader.user.id, params.id) });
  return { favourite: false };
};

const hasDesk = ({ packs }: Company, pipeline: string): boolean =>
  packs.some(({ desks }) => desks.some((desk) => desk.kind === 'favourites' && desk.pipeline === pipeline));

/** Whether a deal is a favourite of the reader's, where the company has a desk of such. */
export const withFavourite = async (
  deal: string,
  { company, pipeline, reader }: Pick<Context, 'company' | 'pipeline'> & { reader: Reader | undefined },
): Promise<{ favourite?: boolean }> =>
  reader === undefined || !hasDesk(company, pipeline.id)
    ? {}
    : { favourite: (await theTable().get(favouriteKey(reader.user.id, deal))) !== undefined };
