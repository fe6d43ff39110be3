import type { DealView } from '../../schemas/api/index.ts';
import { type Driver, personOn } from '../walkthroughs/scenario.ts';
import { touring } from './industrial-clients.ts';

/** The pages of the clients whom a tour of the demo company follows; nothing where the company has no such deals. */
export const tourOf = async (
  driver: Pick<Driver, 'call'>,
): Promise<{ readonly pay: string; readonly parcel: string } | undefined> => {
  const pavel = personOn(driver, 'pavel');
  const { items } = await pavel.ok<{ items: DealView[] }>('GET', '/v1/deals?pipeline=goods&limit=100');
  const linkOf = async (title: string): Promise<string | undefined> => {
    const deal = items.find((one) => one.title === title);
    if (deal === undefined) return undefined;
    return (await pavel.ok<{ link?: string }>('GET', `/v1/deals/${deal.id}/tracking`)).link;
  };
  const [pay, parcel] = await Promise.all([linkOf(touring.pay), linkOf(touring.parcel)]);
  return pay === undefined || parcel === undefined ? undefined : { pay, parcel };
};
