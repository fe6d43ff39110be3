import type { Hour, SmsGateway, SmsSettings } from '../../schemas/integrations/sms.ts';
import type { Money } from '../../schemas/money.ts';
import type { Pack } from '../../schemas/pack.ts';
import { TimeOfDay } from '../../schemas/time.ts';
import type { Company } from '../access/company.ts';
import type { QuietHours } from './quiet.ts';

/** By whom a number is reached, and what a part costs where the company knows it. */
export type Route = { readonly by: readonly SmsGateway[]; readonly price?: Money | undefined };

/** The gateways of a number, the first first; none where no prefix fits. */
export const routeOf = (number: string, { routes }: Pick<SmsSettings, 'routes'>): Route =>
  [...routes]
    .sort((one, other) => other.prefix.length - one.prefix.length)
    .find(({ prefix }) => number.startsWith(prefix)) ?? { by: [] };

/** Whose turn it is after a gateway that did not take a message. */
export const gatewayAfter = (gateway: SmsGateway, { by }: Route): SmsGateway | undefined =>
  by.includes(gateway) ? by[by.indexOf(gateway) + 1] : undefined;

const timeOf = (hour: Hour, pack: Pack, company: Company): TimeOfDay => {
  if (typeof hour === 'string') return hour;
  const hours = ((Math.trunc(Number(company.setting(pack, hour.setting))) % 24) + 24) % 24;
  return TimeOfDay.parse(`${String(hours).padStart(2, '0')}:00`);
};

/** The hours in which a company disturbs nobody, as they are now. */
export const quietOf = ({ quiet }: Pick<SmsSettings, 'quiet'>, pack: Pack, company: Company): QuietHours => ({
  from: timeOf(quiet.from, pack, company),
  to: timeOf(quiet.to, pack, company),
});
