import type { Executor } from '../../calls/carry.ts';
import { publicUrl } from '../../shared/public-url.ts';
import { accountOf } from '../cdek/account.ts';
import { keepSubscribed } from '../cdek/webhooks.ts';
import { cdekOf } from '../opened.ts';

/** Where CDEK calls a pack. */
export const webhookUrl = (token: string): string => publicUrl(`/v1/webhooks/cdek/${token}`);

/** Looks whether CDEK still tells us of changes, and has it do so again where it has stopped. */
export const webhooks: Executor = async ({ pack }) => {
  const cdek = await cdekOf(pack);
  const account = await accountOf(pack);
  const made = await keepSubscribed(cdek, webhookUrl(account?.webhookToken ?? ''));
  return { as: 'done', answer: made.length === 0 ? 'all there' : `made anew: ${made.join(', ')}` };
};
