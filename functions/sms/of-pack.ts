import type { SmsSettings } from '../../schemas/integrations/sms.ts';
import type { OutgoingMessage } from '../../schemas/message.ts';
import type { Pack } from '../../schemas/pack.ts';
import type { Company } from '../access/company.ts';

/** The pack whose message it is, where that pack writes to phones by gateways of its own; otherwise an adapter elsewhere does. */
export const packOfSms = (
  { channel, pack }: Pick<OutgoingMessage, 'channel' | 'pack'>,
  { packs }: Pick<Company, 'packs'>,
): { pack: Pack; settings: SmsSettings } | undefined => {
  const found = channel === 'sms' ? packs.find(({ id }) => id === pack) : undefined;
  const settings = found?.integrations?.sms;
  return found === undefined || settings === undefined ? undefined : { pack: found, settings };
};
