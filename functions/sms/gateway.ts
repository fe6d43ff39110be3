import * as z from 'zod';
import type { SmsGateway } from '../../schemas/integrations/sms.ts';
import { publicUrl } from '../shared/public-url.ts';
import { NotConfigured, secretOf } from '../shared/secret.ts';
import type { SmsProvider } from './provider.ts';
import { SmsAeroAccount, smsAero } from './smsaero.ts';
import { SmscAccount, smsc } from './smsc.ts';
import { SnsAccount, sns } from './sns.ts';

/** What an operator writes for a pack: an account with each gateway in use, and a word that nobody guesses for their calls to us. */
export const SmsAccounts = z.object({
  smsaero: SmsAeroAccount.optional(),
  smsc: SmscAccount.optional(),
  sns: SnsAccount.optional(),
  callbackToken: z
    .string()
    .regex(/^[A-Za-z0-9_-]{16,80}$/)
    .optional(),
});
export type SmsAccounts = z.infer<typeof SmsAccounts>;

/** The accounts of a pack; none where nobody wrote any. */
export const smsAccountsOf = async (pack: string): Promise<SmsAccounts> => {
  try {
    return (await secretOf('sms', z.record(z.string(), SmsAccounts)))[pack] ?? {};
  } catch (error) {
    if (error instanceof NotConfigured) return {};
    throw error;
  }
};

/** A gateway by the pack's account, and where it is to tell us of a message; nothing where there is no account. */
export const gatewayFor = async (
  name: SmsGateway,
  pack: string,
): Promise<{ provider: SmsProvider; callbackUrl?: string } | undefined> => {
  const accounts = await smsAccountsOf(pack);
  const { callbackToken } = accounts;
  switch (name) {
    case 'smsaero':
      return accounts.smsaero === undefined
        ? undefined
        : {
            provider: smsAero(accounts.smsaero),
            ...(callbackToken === undefined
              ? {}
              : { callbackUrl: publicUrl(`/v1/webhooks/sms/${pack}/smsaero/${callbackToken}`) }),
          };
    case 'smsc':
      return accounts.smsc === undefined ? undefined : { provider: smsc(accounts.smsc) };
    case 'sns':
      return { provider: sns(accounts.sns ?? {}) }; // what it lets in is the function's role
    default:
      return name satisfies never;
  }
};
