import type { Doing } from '../calls/carry.ts';
import { dealKey } from '../shared/keys.ts';
import { dealOf } from '../shared/rows.ts';
import { lost } from './became.ts';
import { goBy, messageNow } from './message.ts';
import { packOfSms } from './of-pack.ts';
import { readPhone } from './phone.ts';
import { routeOf } from './route.ts';

/** Takes a message to a phone that was queued: a call of the first gateway of its number, or at once the next way. */
export const takeSms = async (id: string, doing: Doing): Promise<void> => {
  const message = await messageNow(id, doing.table);
  const ours = message === undefined ? undefined : packOfSms(message, doing.company);
  if (message === undefined || ours === undefined || message.state !== 'queued') return;
  const { pack, settings } = ours;
  const phone = readPhone(message.to, pack.country);
  if (phone?.takesSms !== true)
    return lost(
      message,
      phone === undefined
        ? 'no country has such a number: mend it on the card of the contact'
        : 'this number takes no messages: it is no mobile phone',
      doing,
    );
  const [first] = routeOf(phone.number, settings).by;
  if (first === undefined)
    return lost(message, 'no gateway of this company writes to numbers of this country', doing);
  const row = message.deal === undefined ? undefined : await doing.table.get(dealKey(message.deal));
  await goBy(message, first, { pack: pack.id, deal: row === undefined ? undefined : dealOf(row) }, doing);
};
